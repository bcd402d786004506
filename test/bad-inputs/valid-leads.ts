import { arityOf, OPERATORS_OF } from "../../src/policy/criteria/criteria.ts";
import type { FieldType } from "../../src/policy/model/org.ts";
import type { Dice } from "../random/dice.ts";
import type { Arguments, Making } from "./valid.ts";
import { LEAD_VALUES } from "./world.ts";

/** Values that a new lead takes. */
export function leadValues(dice: Dice): Arguments {
  const keys = dice.sample(Object.keys(LEAD_VALUES), dice.between(0, 4));
  return Object.fromEntries(
    [...new Set(["status", ...keys])].map((key) => [key, dice.pick(LEAD_VALUES[key] ?? [])]),
  );
}

/** A filter on leads. */
export function filterOnLeads(making: Making): unknown {
  return filter(making, { ...ATTRIBUTES, ...FIELDS }, 2);
}

/** A filter on what was written into leads, as a sharing rule may have it: their own fields alone. */
export function filterOnValues(making: Making): unknown {
  return filter(making, FIELDS, 2);
}

type Comparable = Readonly<Record<string, FieldType>>;

/** What a lead can be compared by. */
const ATTRIBUTES: Comparable = {
  id: "LOOKUP",
  key: "TEXT",
  name: "TEXT",
  owner: "USER",
  createdBy: "USER",
  createdAt: "DATETIME",
  updatedAt: "DATETIME",
};

const FIELDS: Comparable = {
  status: "PICKLIST",
  revenue: "NUMBER",
  account: "LOOKUP",
  contact: "USER",
  tags: "MULTI_PICKLIST",
  signedAt: "DATETIME",
  note: "TEXT",
  mail: "EMAIL",
  isHot: "BOOLEAN",
  dueOn: "DATE",
};

function filter(making: Making, comparable: Comparable, levels: number): unknown {
  const { dice } = making;
  if (levels > 1 && dice.chance(0.5)) {
    const parts = Array.from({ length: dice.between(1, 3) }, () => filter(making, comparable, levels - 1));
    return { [dice.pick(["all", "any"])]: parts };
  }
  const field = dice.pick(Object.keys(comparable));
  const type = comparable[field] ?? "TEXT";
  const op = dice.pick(OPERATORS_OF[type]);
  const one = () => constant(making, field, type);
  switch (arityOf(type, op)) {
    case "NOTHING":
      return { compare: { field, op } };
    case "LIST":
      return { compare: { field, op, value: [one()] } };
    case "ONE":
      return { compare: { field, op, value: one() } };
  }
}

function constant({ world, dice }: Making, field: string, type: FieldType): unknown {
  switch (type) {
    case "LOOKUP":
      return dice.pick(world.ids.Record);
    case "USER":
      return dice.pick(world.ids.User);
    case "MULTI_PICKLIST":
      return "hot";
    case "DATETIME":
      return "2026-11-01T08:00:00.000Z";
    case "TEXT":
    case "EMAIL":
    case "NUMBER":
    case "BOOLEAN":
    case "DATE":
    case "PICKLIST":
      return dice.pick(LEAD_VALUES[field] ?? ["lead-1"]);
  }
}
