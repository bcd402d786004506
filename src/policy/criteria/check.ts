import { nearest } from "../../kernel/nearest.ts";
import { isStorable } from "../../kernel/text.ts";
import {
  type Comparison,
  type Condition,
  OPERATORS,
  type Operator,
  type Scalar,
} from "../model/condition.ts";
import type { Field } from "../model/org.ts";
import { arityOf, OPERATORS_OF } from "./criteria.ts";
import { readConstant, type ValueField } from "./field-value.ts";

/** Deeper trees are refused: evaluation recurses. */
export const MAX_DEPTH = 32;

/** Larger trees are refused: every write of a record evaluates every criteria rule of its module. */
export const MAX_NODES = 1_000;

/** Longer lists of one comparison are refused. */
export const MAX_CONSTANTS = 1_000;

/** What of a field decides which comparisons fit it. */
export type CriteriaField = Pick<Field, "key"> & ValueField;

/** One thing wrong with a condition. */
export type ConditionFault = {
  /** From the condition's root: keys and indexes. */
  readonly path: readonly (string | number)[];
  /** Whether the key at the path is wrong, or its value. */
  readonly at: "KEY" | "VALUE";
  readonly message: string;
  readonly expected: string;
};

/** A condition in stored form (DATETIME constants in UTC at fixed width), or everything that is wrong with it. */
export type ReadCondition =
  | { readonly kind: "CONDITION"; readonly condition: Condition }
  | { readonly kind: "FAULTS"; readonly faults: readonly ConditionFault[] };

/**
 * Reads outside input, or what was stored, as a condition over the module's fields (SH-32).
 *
 * Refused: an empty `all`, `any` or list; an unknown key, field or operator; an operator that does not fit the type; a
 * value of the wrong type, an option that the picklist does not offer, a value for `IS_NULL`; more than `MAX_DEPTH`
 * levels, `MAX_NODES` nodes or `MAX_CONSTANTS` in a list. That LOOKUP and USER constants exist is for the caller to ask.
 */
export function readCondition(input: unknown, fields: Iterable<CriteriaField>): ReadCondition {
  const reading: Reading = {
    fields: new Map([...fields].map((field) => [field.key, field])),
    faults: [],
    nodes: 0,
  };
  const condition = readNode(reading, input, [], 1);
  if (condition === null || reading.faults.length > 0) return { kind: "FAULTS", faults: reading.faults };
  return { kind: "CONDITION", condition };
}

/** Everything that is wrong with a condition; nothing when it may be stored. */
export function checkCondition(input: unknown, fields: Iterable<CriteriaField>): readonly ConditionFault[] {
  const read = readCondition(input, fields);
  return read.kind === "FAULTS" ? read.faults : [];
}

/** A stored condition under the fields of now: what does not fit them any more admits nothing (SH-32, EN-07). */
export function parseStored(json: unknown, fields: Iterable<CriteriaField>): Condition | "UNREADABLE" {
  const read = readCondition(json, fields);
  return read.kind === "CONDITION" ? read.condition : "UNREADABLE";
}

type InputPath = readonly (string | number)[];

type Reading = {
  readonly fields: ReadonlyMap<string, CriteriaField>;
  readonly faults: ConditionFault[];
  nodes: number;
};

const COMPARISON_KEYS = ["field", "op", "value"];
const KEYS = ["all", "any", ...COMPARISON_KEYS];
const SHAPE = "{ all: […] }, { any: […] } or { field, op, value }";

function readNode(reading: Reading, input: unknown, path: InputPath, depth: number): Condition | null {
  reading.nodes += 1;
  if (reading.nodes > MAX_NODES) {
    if (reading.nodes === MAX_NODES + 1)
      fail(reading, path, "the condition is too large", `at most ${MAX_NODES} nodes`);
    return null;
  }
  if (depth > MAX_DEPTH)
    return fail(reading, path, "the condition is too deep", `at most ${MAX_DEPTH} levels`);
  if (!isMap(input)) return fail(reading, path, "this is no condition", SHAPE);
  if (Object.hasOwn(input, "all")) return readTree(reading, "all", input, path, depth);
  if (Object.hasOwn(input, "any")) return readTree(reading, "any", input, path, depth);
  if (Object.hasOwn(input, "field") || Object.hasOwn(input, "op"))
    return readComparison(reading, input, path);
  const unknown = Object.keys(input)[0];
  if (unknown === undefined) return fail(reading, path, "an empty condition", SHAPE);
  return failKey(reading, [...path, unknown], unknown, KEYS, SHAPE);
}

function readTree(
  reading: Reading,
  kind: "all" | "any",
  input: Keyed,
  path: InputPath,
  depth: number,
): Condition | null {
  refuseOtherKeys(reading, input, [kind], path);
  const parts = input[kind];
  const here = [...path, kind];
  if (!Array.isArray(parts)) return fail(reading, here, `${quote(kind)} is no list`, "a list of conditions");
  if (parts.length === 0) return fail(reading, here, `${quote(kind)} is empty`, "at least one condition");
  const read: Condition[] = [];
  for (const [index, part] of parts.entries()) {
    if (reading.nodes > MAX_NODES) return null;
    const condition = readNode(reading, part, [...here, index], depth + 1);
    if (condition !== null) read.push(condition);
  }
  return kind === "all" ? { all: read } : { any: read };
}

function readComparison(reading: Reading, input: Keyed, path: InputPath): Comparison | null {
  refuseOtherKeys(reading, input, COMPARISON_KEYS, path);
  const field = readField(reading, input, path);
  const op = readOperator(reading, input, path, field);
  if (field === null || op === null) return null;
  const operand = arityOf(field.type, op);
  const here = [...path, "value"];
  const hasValue = Object.hasOwn(input, "value") && input["value"] !== undefined;
  if (operand === "NOTHING") {
    if (hasValue) return fail(reading, here, `${op} takes no value`, "no value", "KEY");
    return { field: field.key, op };
  }
  if (!hasValue)
    return fail(reading, path, `${op} needs a value`, operand === "LIST" ? "a list of values" : "one value");
  const value =
    operand === "LIST"
      ? readList(reading, field, op, input["value"], here)
      : readOperand(reading, field, op, input["value"], here);
  return value === null ? null : { field: field.key, op, value };
}

function readField(reading: Reading, input: Keyed, path: InputPath): CriteriaField | null {
  const key = Object.hasOwn(input, "field") ? input["field"] : undefined;
  if (typeof key !== "string") {
    const place = key === undefined ? path : [...path, "field"];
    return fail(reading, place, "a comparison names its field", "the key of a field of the module");
  }
  const field = reading.fields.get(key);
  if (field !== undefined) return field;
  const known = [...reading.fields.keys()].map(quote).join(", ");
  return fail(
    reading,
    [...path, "field"],
    `the module has no field ${quote(key)}${hint(reading, key, reading.fields.keys())}`,
    known === "" ? "a field; the module has none" : `one of ${known}`,
  );
}

function readOperator(
  reading: Reading,
  input: Keyed,
  path: InputPath,
  field: CriteriaField | null,
): Operator | null {
  const name = Object.hasOwn(input, "op") ? input["op"] : undefined;
  const fitting = field === null ? OPERATORS : OPERATORS_OF[field.type];
  const expected = `one of ${fitting.join(", ")}`;
  if (name === undefined) return fail(reading, path, 'a comparison names its operator in "op"', expected);
  const op = OPERATORS.find((each) => each === name);
  if (op === undefined)
    return fail(
      reading,
      [...path, "op"],
      `unknown operator ${quote(name)}${hint(reading, String(name), fitting)}`,
      expected,
    );
  if (field === null || fitting.includes(op)) return op;
  return fail(
    reading,
    [...path, "op"],
    `${op} does not fit ${quote(field.key)}, which is ${field.type}`,
    expected,
  );
}

function readList(
  reading: Reading,
  field: CriteriaField,
  op: Operator,
  input: unknown,
  path: InputPath,
): Scalar[] | null {
  if (!Array.isArray(input))
    return fail(reading, path, `${op} on ${field.type} takes a list`, "a list of values");
  if (input.length === 0) return fail(reading, path, "the list is empty", "at least one value");
  if (input.length > MAX_CONSTANTS)
    return fail(reading, path, "the list is too long", `at most ${MAX_CONSTANTS} values`);
  const read = input.map((each, index) => readOperand(reading, field, op, each, [...path, index]));
  return read.includes(null) ? null : (read as Scalar[]);
}

function readOperand(
  reading: Reading,
  field: CriteriaField,
  op: Operator,
  input: unknown,
  path: InputPath,
): Scalar | null {
  if (field.type === "EMAIL") {
    // A part of an address is compared as text.
    if (typeof input === "string" && isStorable(input)) return input;
    return fail(reading, path, unfitMessage(field, op, input), "text");
  }
  const one: ValueField =
    field.type === "MULTI_PICKLIST" ? { type: "PICKLIST", options: field.options } : field;
  const read = readConstant(one, input);
  if (read.kind === "VALUE" && typeof read.value !== "object") return read.value;
  const near = read.kind === "UNFIT" && read.near !== undefined ? hint(reading, ...read.near) : "";
  return fail(
    reading,
    path,
    `${unfitMessage(field, op, input)}${near}`,
    read.kind === "UNFIT" ? read.expected : "one value",
  );
}

function unfitMessage(field: CriteriaField, op: Operator, input: unknown): string {
  return `${quote(input)} does not fit ${op} on ${quote(field.key)}, which is ${field.type}`;
}

function refuseOtherKeys(reading: Reading, input: Keyed, known: readonly string[], path: InputPath): void {
  for (const key of Object.keys(input)) {
    if (!known.includes(key)) failKey(reading, [...path, key], key, known, `only ${known.join(", ")}`);
  }
}

function failKey(
  reading: Reading,
  path: InputPath,
  key: string,
  known: readonly string[],
  expected: string,
): null {
  return fail(reading, path, `unknown key ${quote(key)}${hint(reading, key, known)}`, expected, "KEY");
}

function fail(
  reading: Reading,
  path: InputPath,
  message: string,
  expected: string,
  at: "KEY" | "VALUE" = "VALUE",
): null {
  reading.faults.push({ path, at, message, expected });
  return null;
}

type Keyed = { readonly [key: string]: unknown };

function isMap(input: unknown): input is Keyed {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}

/** More faults than these get no hint: looking for one takes longer than telling the fault. */
const MOST_HINTS = 20;

function hint({ faults }: Reading, name: string, known: Iterable<string>): string {
  const near = faults.length < MOST_HINTS ? nearest(name, known) : null;
  return near === null ? "" : ` (did you mean ${quote(near)}?)`;
}

/** The input as JSON, shortened: a fault is one line. */
function quote(input: unknown): string {
  const text = JSON.stringify(input) ?? String(input);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
