import type { Comparison, Criteria, FieldEntry, Value } from "./file.ts";
import { at, sameEmail } from "./people.ts";

/**
 * SH-32: does a record with these values match the tree? A null or missing field matches only `IS_NULL`.
 *
 * @throws when a comparison names an unknown field or an operator the specification gives no meaning for that type.
 */
export function matches(
  fields: Record<string, FieldEntry> | undefined,
  values: Record<string, Value> | undefined,
  criteria: Criteria,
): boolean {
  if ("all" in criteria) {
    for (const child of criteria.all) if (!matches(fields, values, child)) return false;
    return true;
  }
  if ("any" in criteria) {
    for (const child of criteria.any) if (matches(fields, values, child)) return true;
    return false;
  }
  const field = at(fields, criteria.field);
  if (field === undefined) throw new Error(`criteria name an unknown field: ${criteria.field}`);
  return comparisonHolds(field, at(values, criteria.field) ?? null, criteria);
}

function comparisonHolds(field: FieldEntry, value: Value, { op, value: constant }: Comparison): boolean {
  if (op === "IS_NULL") return value === null;
  if (value === null) return false;
  if (op === "IS_NOT_NULL") return true;
  if (constant === undefined || constant === null) throw new Error(`${op} needs a value`);
  switch (op) {
    case "EQ":
      return isEqual(field, value, constant);
    case "NE":
      return !isEqual(field, value, constant);
    case "IN":
      return isOneOf(field, value, constant);
    case "NOT_IN":
      return !isOneOf(field, value, constant);
    case "LT":
      return order(field, value, constant) < 0;
    case "LTE":
      return order(field, value, constant) <= 0;
    case "GT":
      return order(field, value, constant) > 0;
    case "GTE":
      return order(field, value, constant) >= 0;
    case "CONTAINS":
      return contains(field, value, constant);
    case "STARTS_WITH":
      return startsWith(field, value, constant);
  }
}

function isEqual(field: FieldEntry, value: Value, constant: Value): boolean {
  switch (field.type) {
    case "BOOLEAN":
    case "LOOKUP":
      return value === constant;
    case "USER":
      return sameEmail(text(value), text(constant));
    case "MULTI_PICKLIST":
      return isSameSet(list(value), list(constant));
    case "TEXT":
    case "EMAIL":
    case "PICKLIST":
    case "NUMBER":
    case "DATE":
    case "DATETIME":
      return order(field, value, constant) === 0;
  }
}

function isOneOf(field: FieldEntry, value: Value, constants: Value): boolean {
  if (field.type === "MULTI_PICKLIST")
    throw new Error("IN has no meaning for MULTI_PICKLIST in the specification");
  for (const constant of list(constants)) if (isEqual(field, value, constant)) return true;
  return false;
}

function order(field: FieldEntry, value: Value, constant: Value): number {
  switch (field.type) {
    case "TEXT":
    case "EMAIL":
    case "PICKLIST":
      return orderOfCodePoints(codePoints(text(value)), codePoints(text(constant)));
    case "NUMBER":
      return orderOfNumbers(number(value), number(constant));
    case "DATE":
      return orderOfNumbers(dayOf(text(value)), dayOf(text(constant)));
    case "DATETIME":
      return orderOfNumbers(instantOf(text(value)), instantOf(text(constant)));
    case "BOOLEAN":
    case "LOOKUP":
    case "USER":
    case "MULTI_PICKLIST":
      throw new Error(`${field.type} has no order`);
  }
}

/** BU: text comparison is exact by code point, with no wildcards. */
function contains(field: FieldEntry, value: Value, constant: Value): boolean {
  if (field.type === "MULTI_PICKLIST") return list(value).includes(text(constant));
  const whole = textOf(field, value);
  const part = textOf(field, constant);
  for (let start = 0; start + part.length <= whole.length; start++)
    if (isPartAt(whole, part, start)) return true;
  return false;
}

function startsWith(field: FieldEntry, value: Value, constant: Value): boolean {
  const whole = textOf(field, value);
  const part = textOf(field, constant);
  return part.length <= whole.length && isPartAt(whole, part, 0);
}

function isPartAt(whole: number[], part: number[], start: number): boolean {
  for (let index = 0; index < part.length; index++) if (whole[start + index] !== part[index]) return false;
  return true;
}

function textOf(field: FieldEntry, value: Value): number[] {
  if (field.type !== "TEXT" && field.type !== "EMAIL" && field.type !== "PICKLIST") {
    throw new Error(`${field.type} is not text`);
  }
  return codePoints(text(value));
}

function codePoints(value: string): number[] {
  return Array.from(value, (character) => character.codePointAt(0) ?? 0);
}

function orderOfCodePoints(one: number[], other: number[]): number {
  for (let index = 0; index < one.length || index < other.length; index++) {
    const difference = (one[index] ?? -1) - (other[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Doubles: no difference is taken, as it may overflow; negative zero equals zero. */
function orderOfNumbers(one: number, other: number): number {
  if (one < other) return -1;
  return one > other ? 1 : 0;
}

function isSameSet(one: Value[], other: Value[]): boolean {
  return one.every((item) => other.includes(item)) && other.every((item) => one.includes(item));
}

function dayOf(date: string): number {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (parts === null) throw new Error(`not a date: ${date}`);
  return Number(parts[1]) * 10_000 + Number(parts[2]) * 100 + Number(parts[3]);
}

function instantOf(instant: string): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new Error(`not an instant: ${instant}`);
  return ms;
}

function text(value: Value): string {
  if (typeof value !== "string") throw new Error(`not text: ${JSON.stringify(value)}`);
  return value;
}

function number(value: Value): number {
  if (typeof value !== "number") throw new Error(`not a number: ${JSON.stringify(value)}`);
  return value;
}

function list(value: Value): Value[] {
  if (!Array.isArray(value)) throw new Error(`not a list: ${JSON.stringify(value)}`);
  return value;
}
