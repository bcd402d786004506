import { toGlobalId } from "../../src/kernel/global-id.ts";
import type { FieldType, Operator } from "../oracle/file.ts";
import type { Dice } from "../random/dice.ts";
import { OPERATORS } from "../random/values.ts";
import type { Coverage } from "./coverage.ts";
import {
  ATTRIBUTES,
  type Comparable,
  type Lure,
  type Lures,
  pickRecord,
  type Standing,
  standingOf,
} from "./lures.ts";

export type Comparison = { readonly field: string; readonly op: string; readonly value?: unknown };
export type Order = { readonly field: string; readonly direction?: "ASC" | "DESC" };

/** What comparisons are made from. */
type Maker = { readonly dice: Dice; readonly lures: Lures; readonly seen: Coverage };

/** Every field and attribute of the module under every operator that fits it, each with a constant of a hidden record. */
export function everyComparison(make: Maker, module: string): Comparison[] {
  return (make.lures.comparables[module] ?? []).flatMap((comparable) =>
    OPERATORS[comparable.type].map((op) => comparisonWith(make, module, comparable, op, "HIDDEN")),
  );
}

/** Every field and attribute of the module, either way. */
export function everyOrder({ lures }: Maker, module: string): Order[] {
  return (lures.comparables[module] ?? []).flatMap(({ name }) => [
    { field: name, direction: "ASC" as const },
    { field: name, direction: "DESC" as const },
  ]);
}

/** One comparison, now and then a wrong one. */
export function comparisonOf(make: Maker, module: string): Comparison {
  const { dice, lures } = make;
  const comparable = dice.pick(lures.comparables[module] ?? []);
  const op = dice.pick(OPERATORS[dice.chance(0.97) ? comparable.type : "TEXT"]);
  const compared = comparisonWith(make, module, comparable, op, standingOf(dice));
  return dice.chance(0.03)
    ? { ...compared, value: dice.pick([42, "x", null, [], "not an id", true]) }
    : compared;
}

/** A comparison that can be a criterion of a rule: of a field, and often of a lookup. */
export function criterionOf(make: Maker, module: string, standing: Standing): Comparison {
  const { dice, lures } = make;
  const fields = (lures.comparables[module] ?? []).slice(ATTRIBUTES.length);
  const lookups = fields.filter(({ type }) => type === "LOOKUP");
  const field = dice.pick(lookups.length > 0 && dice.chance(0.6) ? lookups : fields);
  return comparisonWith(make, module, field, dice.pick(OPERATORS[field.type]), standing);
}

/** One to three terms. */
export function orderOf({ dice, lures, seen }: Maker, module: string): Order[] {
  const fields = dice.sample(lures.comparables[module] ?? [], dice.pick([1, 1, 2, 3]));
  return fields.map(({ name }): Order => {
    seen.add("RecordOrder.field");
    if (dice.chance(0.3)) return { field: name };
    const direction = dice.chance(0.5) ? "ASC" : "DESC";
    seen.add("RecordOrder.direction");
    seen.add(`SortDirection.${direction}`);
    return { field: name, direction };
  });
}

/** Any text that a hidden record has, or a part of it. */
export function textOf(make: Maker): string {
  const { dice } = make;
  const texts = Object.values(pickRecord(make).constants).filter((each) => typeof each === "string");
  return partOf(dice, dice.pick([...texts, "Root", "rolf@acme.test", "R"]));
}

function comparisonWith(
  make: Maker,
  module: string,
  comparable: Comparable,
  op: Operator,
  standing: Standing,
): Comparison {
  const { dice, seen } = make;
  seen.add("RecordComparison.field");
  seen.add("RecordComparison.op");
  seen.add(`ComparisonOp.${op}`);
  seen.add(`${comparable.type} ${op}`);
  const base = { field: comparable.name, op };
  if (op === "IS_NULL" || op === "IS_NOT_NULL") return base;
  seen.add("RecordComparison.value");
  const one = () => constantOf(make, module, comparable, standing);
  if (comparable.type === "MULTI_PICKLIST") {
    const chosen = one() as readonly string[];
    if (op !== "CONTAINS")
      return { ...base, value: chosen.length > 0 ? chosen : [dice.pick(comparable.options)] };
    return { ...base, value: dice.pick(chosen.length > 0 ? chosen : comparable.options) };
  }
  if (op === "IN" || op === "NOT_IN")
    return { ...base, value: Array.from({ length: dice.between(1, 4) }, one) };
  if (op === "CONTAINS" || op === "STARTS_WITH") return { ...base, value: partOf(dice, String(one()), op) };
  return { ...base, value: one() };
}

/** What such a record has there, or what one might have. */
export function constantOf(
  { dice, lures }: Maker,
  module: string,
  { name, type, options }: Comparable,
  standing: Standing,
): unknown {
  const having = ({ constants }: Lure) => constants[name] !== undefined;
  const records = lures.records[standing].filter((each) => each.module === module && having(each));
  return records.length > 0 ? dice.pick(records).constants[name] : (MADE_UP[type] ?? options[0]);
}

const MADE_UP: Partial<Readonly<Record<FieldType, unknown>>> = {
  TEXT: "made up",
  NUMBER: 0.5,
  BOOLEAN: true,
  DATE: "2026-02-03",
  DATETIME: "2026-02-03T04:05:06.000Z",
  MULTI_PICKLIST: [],
  EMAIL: "made@up.test",
  LOOKUP: toGlobalId("Record", "00000000-0000-7000-8000-000000000000"),
  USER: toGlobalId("User", "00000000-0000-7000-8000-000000000000"),
};

function partOf(dice: Dice, text: string, op: Operator = "CONTAINS"): string {
  const letters = [...text];
  const from = op === "STARTS_WITH" ? 0 : dice.between(0, letters.length);
  return letters.slice(from, dice.between(from, letters.length)).join("");
}
