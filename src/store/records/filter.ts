import { InvalidInput, together } from "../../kernel/fault.ts";
import { idOf } from "../../kernel/global-id.ts";
import { didYouMean } from "../../kernel/nearest.ts";
import { type CriteriaField, readCondition } from "../../policy/criteria/check.ts";
import { textConstants } from "../../policy/criteria/criteria.ts";
import type { Comparison, Condition, Operator, Scalar } from "../../policy/model/condition.ts";
import type { Module } from "../../policy/model/org.ts";
import { admitDate } from "../core/admit-date.ts";
import type { Viewer } from "../core/viewer.ts";
import type { OrderTerm, RowTest } from "../reach/query.ts";
import { comparableFields, operandNamed } from "./fields.ts";

/** One comparison as a client writes it; `value` is unread. */
export type RecordComparison = { readonly field: string; readonly op: Operator; readonly value?: unknown };

/** A filter as a client writes it: the condition tree of criteria, with each comparison under `compare`. */
export type RecordFilter = {
  readonly all?: readonly RecordFilter[] | null | undefined;
  readonly any?: readonly RecordFilter[] | null | undefined;
  readonly compare?: RecordComparison | null | undefined;
};

/**
 * Reads a filter: names resolved, values checked, references as ids. It means what criteria mean (SH-32).
 *
 * @throws {InvalidInput} naming the place in the filter.
 */
export function readFilter(viewer: Viewer, module: Module, filter: RecordFilter): RowTest {
  const condition = conditionOf("filter", filter, comparableFields(module));
  admitDatesIn(viewer, comparableFields(module), condition);
  return testOf(viewer, module, condition, []);
}

/** One term of an order as a client writes it. */
export type RecordOrder = { readonly field: string; readonly direction?: "ASC" | "DESC" | null | undefined };

/** More terms than these are refused: each is a column of every cursor. */
const MAX_TERMS = 4;

/**
 * Reads an order.
 *
 * @throws {InvalidInput} naming the term.
 */
export function readOrder(
  viewer: Viewer,
  module: Module,
  order: readonly RecordOrder[],
): readonly OrderTerm[] {
  if (order.length > MAX_TERMS)
    throw new InvalidInput("orderBy", `At most ${MAX_TERMS} terms, not ${order.length}.`);
  return order.map(({ field, direction }, at) => {
    const operand = operandNamed(viewer, module, field);
    if (!operand)
      throw new InvalidInput(
        `orderBy.${at}.field`,
        `The module ${module.key} has no field ${JSON.stringify(field)}.${didYouMean(
          field,
          comparableFields(module).map(({ key }) => key),
        )}`,
      );
    if (order.findIndex((each) => each.field === field) !== at) {
      throw new InvalidInput(`orderBy.${at}.field`, `The order names ${field} twice.`);
    }
    return { operand, isDescending: direction === "DESC" };
  });
}

/**
 * The condition that a filter says over the fields given, constants of LOOKUP and USER as they were written.
 *
 * @param place the input, such as `filter`.
 * @throws {InvalidInput} naming the place in it.
 */
export function conditionOf(
  place: string,
  filter: RecordFilter,
  fields: Iterable<CriteriaField>,
  requirement?: string,
): Condition {
  const read = readCondition(withoutCompare(filter), fields);
  if (read.kind === "CONDITION") return read.condition;
  throw together(
    read.faults.map(
      ({ path, message, expected }) =>
        new InvalidInput(
          placeIn(place, path),
          `${message.charAt(0).toUpperCase()}${message.slice(1)}. Expected ${expected}.`,
          requirement === undefined ? {} : { requirement },
        ),
    ),
  );
}

/** Admits the viewer to the dates that a condition compares with (D20). @throws {Forbidden} */
export function admitDatesIn(viewer: Viewer, fields: Iterable<CriteriaField>, condition: Condition): void {
  const types = new Map([...fields].map(({ key, type }) => [key, type]));
  for (const { field, constant } of textConstants(condition)) {
    const type = types.get(field);
    if (type === "DATE") admitDate(viewer, { day: constant });
    if (type === "DATETIME") admitDate(viewer, { at: Date.parse(constant) });
  }
}

function withoutCompare(filter: RecordFilter): unknown {
  const { all, any, compare } = filter;
  if (all != null) return { all: all.map(withoutCompare) };
  if (any != null) return { any: any.map(withoutCompare) };
  return compare ?? {};
}

/** A place in the condition as a place in the filter that says it. */
export function placeIn(place: string, path: readonly (string | number)[]): string {
  const last = path.at(-1);
  const isInComparison = last === "field" || last === "op" || last === "value" || path.includes("value");
  const at = isInComparison
    ? path.findIndex((part) => part === "field" || part === "op" || part === "value")
    : -1;
  const parts = at === -1 ? path : [...path.slice(0, at), "compare", ...path.slice(at)];
  return [place, ...parts].join(".");
}

function testOf(
  viewer: Viewer,
  module: Module,
  condition: Condition,
  path: readonly (string | number)[],
): RowTest {
  if ("all" in condition) {
    return {
      kind: "ALL",
      tests: condition.all.map((part, at) => testOf(viewer, module, part, [...path, "all", at])),
    };
  }
  if ("any" in condition) {
    return {
      kind: "ANY",
      tests: condition.any.map((part, at) => testOf(viewer, module, part, [...path, "any", at])),
    };
  }
  const operand = operandNamed(viewer, module, condition.field);
  if (!operand)
    throw new InvalidInput(
      placeIn("filter", [...path, "field"]),
      `The module ${module.key} has no field ${condition.field}.`,
    );
  const constants = constantsOf(condition).map((constant) =>
    boundConstant(module, condition, constant, path),
  );
  return { kind: "COMPARE", operand, op: condition.op, constants };
}

function constantsOf({ value }: Comparison): readonly Scalar[] {
  if (value === undefined) return [];
  return typeof value === "object" ? value : [value];
}

/** References come as global ids and are compared as ids; instants of attributes are compared in milliseconds. */
function boundConstant(
  module: Module,
  { field }: Comparison,
  constant: Scalar,
  path: readonly (string | number)[],
): Scalar {
  const type = comparableFields(module).find((each) => each.key === field)?.type;
  if (type === "LOOKUP" || type === "USER") {
    const noun = type === "LOOKUP" ? "Record" : "User";
    const id = idOf(noun, String(constant));
    if (id === null)
      throw new InvalidInput(placeIn("filter", [...path, "value"]), `Expected the global id of a ${noun}.`);
    return id;
  }
  return field === "createdAt" || field === "updatedAt" ? Date.parse(String(constant)) : constant;
}
