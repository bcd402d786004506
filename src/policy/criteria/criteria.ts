import { compareText } from "../../kernel/text.ts";
import type { Comparison, Condition, Operator, Scalar } from "../model/condition.ts";
import type { FieldType } from "../model/org.ts";
import type { FieldValue, FieldValues } from "../model/values.ts";

const NULLNESS = ["IS_NULL", "IS_NOT_NULL"] as const;
const IDENTITY = ["EQ", "NE", "IN", "NOT_IN", ...NULLNESS] as const;
const ORDER = ["LT", "LTE", "GT", "GTE"] as const;

/**
 * Which operator fits which type.
 *
 * Options of a picklist have no order, references neither. On MULTI_PICKLIST, `CONTAINS` takes one option and asks
 * whether it is chosen; `EQ` and `NE` take a list and ask whether the same options are chosen, in any order.
 */
export const OPERATORS_OF: Readonly<Record<FieldType, readonly Operator[]>> = {
  TEXT: [...IDENTITY, ...ORDER, "CONTAINS", "STARTS_WITH"],
  EMAIL: [...IDENTITY, ...ORDER, "CONTAINS", "STARTS_WITH"],
  NUMBER: [...IDENTITY, ...ORDER],
  DATE: [...IDENTITY, ...ORDER],
  DATETIME: [...IDENTITY, ...ORDER],
  BOOLEAN: ["EQ", "NE", ...NULLNESS],
  PICKLIST: IDENTITY,
  MULTI_PICKLIST: ["CONTAINS", "EQ", "NE", ...NULLNESS],
  LOOKUP: IDENTITY,
  USER: IDENTITY,
};

/** What `value` of a comparison must be. */
export type Arity = "NOTHING" | "ONE" | "LIST";

export function arityOf(type: FieldType, op: Operator): Arity {
  if (op === "IS_NULL" || op === "IS_NOT_NULL") return "NOTHING";
  if (op === "IN" || op === "NOT_IN") return "LIST";
  return type === "MULTI_PICKLIST" && op !== "CONTAINS" ? "LIST" : "ONE";
}

/**
 * Whether a record's stored values meet the condition: the one evaluator (EN-06).
 *
 * A field without a value meets `IS_NULL` and nothing else, `NE` and `NOT_IN` included; neither does a value of another
 * kind than the constant. Text is compared by code point; -0 is 0. Depth is bounded by `checkCondition`.
 */
export function matches(condition: Condition, values: FieldValues): boolean {
  if ("all" in condition) return condition.all.every((part) => matches(part, values));
  if ("any" in condition) return condition.any.some((part) => matches(part, values));
  const value = Object.hasOwn(values, condition.field) ? (values[condition.field] ?? null) : null;
  return compare(value, condition);
}

function compare(value: FieldValue | null, { op, value: constant }: Comparison): boolean {
  if (op === "IS_NULL") return value === null;
  if (value === null) return false;
  if (op === "IS_NOT_NULL") return true;
  if (typeof value === "object") return compareOptions(value, op, constant);
  const constants = typeof constant === "object" ? constant : [constant];
  if (constants.length === 0 || constants.some((each) => typeof each !== typeof value)) return false;
  const [first] = constants as readonly [Scalar, ...Scalar[]];
  switch (op) {
    case "EQ":
      return value === first;
    case "NE":
      return value !== first;
    case "LT":
      return order(value, first) < 0;
    case "LTE":
      return order(value, first) <= 0;
    case "GT":
      return order(value, first) > 0;
    case "GTE":
      return order(value, first) >= 0;
    case "IN":
      return constants.includes(value);
    case "NOT_IN":
      return !constants.includes(value);
    case "CONTAINS":
      return typeof value === "string" && value.includes(String(first));
    case "STARTS_WITH":
      return typeof value === "string" && value.startsWith(String(first));
  }
}

/** The options chosen in a MULTI_PICKLIST: a set, without repetition in the value and compared without order. */
function compareOptions(chosen: readonly string[], op: Operator, constant: Comparison["value"]): boolean {
  if (op === "CONTAINS") return typeof constant === "string" && chosen.includes(constant);
  if ((op !== "EQ" && op !== "NE") || typeof constant !== "object") return false;
  const wanted: ReadonlySet<Scalar> = new Set(constant);
  const isSame = wanted.size === chosen.length && chosen.every((option) => wanted.has(option));
  return isSame === (op === "EQ");
}

/** Both are of one kind. NaN never gets here: a NUMBER is finite. */
function order(a: Scalar, b: Scalar): number {
  return typeof a === "string" ? compareText(a, String(b)) : Number(a) - Number(b);
}

/** The keys of the fields that the condition reads. */
export function fieldsOf(condition: Condition): ReadonlySet<string> {
  if ("field" in condition) return new Set([condition.field]);
  const parts = "all" in condition ? condition.all : condition.any;
  return new Set(parts.flatMap((part) => [...fieldsOf(part)]));
}

/** A constant that is text, with its place under the condition's root. */
export type TextConstant = {
  readonly field: string;
  readonly constant: string;
  readonly path: readonly (string | number)[];
};

/** Every constant of the tree that is text: those of LOOKUP and USER fields are among them. */
export function textConstants(condition: Condition, path: TextConstant["path"] = []): TextConstant[] {
  if ("all" in condition)
    return condition.all.flatMap((part, index) => textConstants(part, [...path, "all", index]));
  if ("any" in condition)
    return condition.any.flatMap((part, index) => textConstants(part, [...path, "any", index]));
  const { field, value } = condition;
  const here = [...path, "value"];
  if (typeof value === "string") return [{ field, constant: value, path: here }];
  if (typeof value !== "object") return [];
  return value.flatMap((each, index) =>
    typeof each === "string" ? [{ field, constant: each, path: [...here, index] }] : [],
  );
}

/** The same tree with every constant changed: from keys and addresses of a file to ids, and back. */
export function mapConstants(
  condition: Condition,
  change: (constant: Scalar, field: string) => Scalar,
): Condition {
  if ("all" in condition) return { all: condition.all.map((part) => mapConstants(part, change)) };
  if ("any" in condition) return { any: condition.any.map((part) => mapConstants(part, change)) };
  const { field, op, value } = condition;
  if (value === undefined) return { field, op };
  return {
    field,
    op,
    value: typeof value === "object" ? value.map((each) => change(each, field)) : change(value, field),
  };
}

/**
 * A condition that means the same and names no constant that is absent, such as a record that was deleted: a comparison
 * with one is never met, or by every value that there is.
 *
 * @param isAbsent whether a constant of a field equals no value that a record may have.
 */
export function withoutAbsent(
  condition: Condition,
  isAbsent: (constant: Scalar, field: string) => boolean,
): Condition {
  const kept = dropAbsent(condition, isAbsent);
  if (kept !== UNMET) return kept;
  const [field = ""] = fieldsOf(condition);
  return {
    all: [
      { field, op: "IS_NULL" },
      { field, op: "IS_NOT_NULL" },
    ],
  };
}

const UNMET = "UNMET";

function dropAbsent(
  condition: Condition,
  isAbsent: (constant: Scalar, field: string) => boolean,
): Condition | typeof UNMET {
  if ("all" in condition) {
    const parts = condition.all.map((part) => dropAbsent(part, isAbsent));
    const left = parts.filter((part) => part !== UNMET);
    return left.length < parts.length ? UNMET : { all: left };
  }
  if ("any" in condition) {
    const left = condition.any.map((part) => dropAbsent(part, isAbsent)).filter((part) => part !== UNMET);
    return left.length === 0 ? UNMET : { any: left };
  }
  const { field, op, value } = condition;
  if (value === undefined) return condition;
  const constants = typeof value === "object" ? value : [value];
  const left = constants.filter((constant) => !isAbsent(constant, field));
  if (left.length === constants.length) return condition;
  if (left.length > 0 && typeof value === "object") return { field, op, value: left };
  return op === "NE" || op === "NOT_IN" ? { field, op: "IS_NOT_NULL" } : UNMET;
}

/**
 * One text for one way of writing, whatever the order of keys: equal for exact duplicates (SH-38).
 *
 * It compares writing, not meaning: `a or b` and `b or a` differ.
 */
export function canonical(condition: Condition): string {
  if ("all" in condition) return `{"all":[${condition.all.map(canonical).join(",")}]}`;
  if ("any" in condition) return `{"any":[${condition.any.map(canonical).join(",")}]}`;
  const { field, op, value } = condition;
  return JSON.stringify(value === undefined ? { field, op } : { field, op, value });
}
