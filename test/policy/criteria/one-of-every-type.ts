import { type CriteriaField, readCondition } from "../../../src/policy/criteria/check.ts";
import type { Condition } from "../../../src/policy/model/condition.ts";
import { FIELD_TYPES } from "../../../src/policy/model/org.ts";

/** One field of every type, named like the type. */
export const FIELDS: readonly CriteriaField[] = FIELD_TYPES.map((type) => ({
  key: type.toLowerCase(),
  type,
  options: type.endsWith("PICKLIST") ? ["new", "won", "lost"] : [],
}));

export const WON = { field: "picklist", op: "EQ", value: "won" } as const;
export const BIG = { field: "number", op: "GTE", value: 1000 } as const;
export const LINKED = { field: "lookup", op: "IS_NOT_NULL" } as const;

export function read(input: unknown): Condition {
  const outcome = readCondition(input, FIELDS);
  if (outcome.kind === "FAULTS") throw new Error(JSON.stringify(outcome.faults));
  return outcome.condition;
}

/** A comparison that is right whenever the operator fits the field's type. */
export function example(key: string, op: string): unknown {
  const constants: Record<string, unknown> = {
    number: 5,
    boolean: true,
    date: "2026-12-01",
    datetime: "2026-12-01T00:00:00Z",
    picklist: "won",
    multi_picklist: "won",
  };
  const one = constants[key] ?? "x";
  if (op === "IS_NULL" || op === "IS_NOT_NULL") return { field: key, op };
  const isList = op === "IN" || op === "NOT_IN" || (key === "multi_picklist" && op !== "CONTAINS");
  return { field: key, op, value: isList ? [one] : one };
}

export function nested(levels: number): unknown {
  let tree: unknown = WON;
  for (let level = 1; level < levels; level += 1) tree = { all: [tree] };
  return tree;
}

export function change(key: string, to: Partial<CriteriaField>): CriteriaField[] {
  return FIELDS.map((field) => (field.key === key ? { ...field, ...to } : field));
}
