import type { Criteria, FieldEntry, FieldType, Operator, Scalar, Value } from "../oracle/file.ts";
import type { Dice } from "./dice.ts";

/**
 * Which operators the random organisations use on which type. The specification leaves the table to the JSON Schema of
 * the file; should that be narrower, narrow this.
 */
export const OPERATORS: Record<FieldType, readonly Operator[]> = {
  TEXT: [
    "EQ",
    "NE",
    "LT",
    "LTE",
    "GT",
    "GTE",
    "IN",
    "NOT_IN",
    "CONTAINS",
    "STARTS_WITH",
    "IS_NULL",
    "IS_NOT_NULL",
  ],
  EMAIL: [
    "EQ",
    "NE",
    "LT",
    "LTE",
    "GT",
    "GTE",
    "IN",
    "NOT_IN",
    "CONTAINS",
    "STARTS_WITH",
    "IS_NULL",
    "IS_NOT_NULL",
  ],
  NUMBER: ["EQ", "NE", "LT", "LTE", "GT", "GTE", "IN", "NOT_IN", "IS_NULL", "IS_NOT_NULL"],
  BOOLEAN: ["EQ", "NE", "IS_NULL", "IS_NOT_NULL"],
  DATE: ["EQ", "NE", "LT", "LTE", "GT", "GTE", "IN", "NOT_IN", "IS_NULL", "IS_NOT_NULL"],
  DATETIME: ["EQ", "NE", "LT", "LTE", "GT", "GTE", "IN", "NOT_IN", "IS_NULL", "IS_NOT_NULL"],
  PICKLIST: ["EQ", "NE", "IN", "NOT_IN", "IS_NULL", "IS_NOT_NULL"],
  MULTI_PICKLIST: ["EQ", "NE", "CONTAINS", "IS_NULL", "IS_NOT_NULL"],
  LOOKUP: ["EQ", "NE", "IN", "NOT_IN", "IS_NULL", "IS_NOT_NULL"],
  USER: ["EQ", "NE", "IN", "NOT_IN", "IS_NULL", "IS_NOT_NULL"],
};

/** Wildcards of LIKE, GLOB and regular expressions, case, accents (composed and not), order beyond the basic plane. */
const TEXTS = [
  ...[
    "",
    "one",
    "One",
    "ONE",
    " one",
    "one ",
    "ones",
    "a",
    "Z",
    "null",
    "true",
    "0",
    "10",
    "9",
    "ß",
    "SS",
    "İ",
    "i",
  ],
  ...["%", "_", "\\", "100%_done", "100xdone", "100%", "a_b", "axb", "a\\b", "a\\\\b", "tail\\", "50%\\_"],
  ...["*", "?", "[a]", "^a", ".*", "'", '"', "';--", "<b>", "$" + "{x}", "line\nbreak", "tab\there"],
  ...[
    "é",
    "e\u0301",
    "héllo🚀",
    "héllo\uff5e",
    "héllo\ue000",
    "héllo\ufffd",
    "🚀",
    "\u{1d49c}",
    "\uffee",
    "東京",
  ],
];

/** Parts of the texts, so that `CONTAINS` and `STARTS_WITH` hit and miss. */
const FRAGMENTS = [
  "",
  "o",
  "one",
  "One",
  "%",
  "_",
  "\\",
  "100%_",
  "a_",
  "a\\",
  "*",
  ".",
  "?",
  "[",
  "é",
  "e",
  "héllo",
  "🚀",
  "'",
];

const EMAILS = [
  "ann@example.test",
  "Ann@Example.test",
  "ann+x@example.test",
  "bob_1@example.test",
  "bobx1@example.test",
];
const EMAIL_FRAGMENTS = ["ann", "Ann", "@example", "_", "%", "+", "bob_", "@"];

const NUMBERS = [
  ...[0, -0, 1, -1, 2, 2.5, -2.5, 10, 9, 1000, 0.1, 0.3, 0.1 + 0.2, 5e-324, -0.000001],
  ...[Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1],
];

/** What values are compared with may be larger than any of them (AP-17). */
const CONSTANTS = [...NUMBERS, 1e21, -1e21, 1e308, -1e308, Number.MAX_SAFE_INTEGER + 1, Number.MAX_VALUE];

const DATES = [
  "2026-11-30",
  "2026-12-01",
  "2026-12-02",
  "2024-02-29",
  "1969-12-31",
  "1970-01-01",
  "2026-09-30",
  "2026-10-01",
];

/** Several spellings of one instant among them. */
const INSTANTS = [
  ...[
    "2026-12-01T12:00:00Z",
    "2026-12-01T12:00:00.000Z",
    "2026-12-01T12:00:00.001Z",
    "2026-12-01T11:59:59.999Z",
  ],
  ...["1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2026-09-30T22:00:00Z", "2026-10-25T00:30:00Z"],
];

export const OPTIONS = ["new", "won", "lost", "New", "a%b", "a_b", "東京"];

/** What a LOOKUP may point to, by module, and whom a USER may name. */
export type Targets = { recordKeys: Record<string, string[]>; users: string[] };

/** A value that is there; for a required field. Undefined when there is nothing a LOOKUP could point to. */
export function presentValue(dice: Dice, field: FieldEntry, targets: Targets): Value | undefined {
  if (field.type === "MULTI_PICKLIST") {
    return dice.sample(
      field.options ?? [],
      field.required === true ? dice.between(1, 3) : dice.between(0, 3),
    );
  }
  const value = field.type === "NUMBER" ? dice.pick(NUMBERS) : scalar(dice, field, targets);
  return field.required === true && value === "" ? "one" : value;
}

function scalar(dice: Dice, field: FieldEntry, targets: Targets): Scalar | undefined {
  switch (field.type) {
    case "TEXT":
      return dice.chance(0.4) ? dice.pick(["", "one", "a_b", "100%_done"]) : dice.pick(TEXTS);
    case "EMAIL":
      return dice.pick(EMAILS);
    case "NUMBER":
      return dice.pick(CONSTANTS);
    case "BOOLEAN":
      return dice.chance(0.5);
    case "DATE":
      return dice.pick(DATES);
    case "DATETIME":
      return dice.pick(INSTANTS);
    case "PICKLIST":
    case "MULTI_PICKLIST":
      return dice.pick(field.options ?? []);
    case "LOOKUP": {
      const keys = targets.recordKeys[field.module ?? ""] ?? [];
      return keys.length === 0 ? undefined : dice.pick(keys);
    }
    case "USER":
      return spelled(dice, dice.pick(targets.users));
  }
}

/** The same address, now and then in another case (UA-22). */
export function spelled(dice: Dice, email: string): string {
  return dice.chance(0.06) ? email.toUpperCase() : email;
}

/** Where the constants of criteria come from: most often from a value that some record has, so that they hit. */
export type Constants = { targets: Targets; valuesOf: (field: string) => Value[] };

/** A tree of comparisons over the module's fields (SH-32), at most four deep. */
export function randomCriteria(
  dice: Dice,
  fields: Record<string, FieldEntry>,
  constants: Constants,
  depth = 0,
): Criteria {
  if (depth < 3 && dice.chance(depth === 0 ? 0.45 : 0.3)) {
    const size = dice.between(1, 3);
    const children = Array.from({ length: size }, () => randomCriteria(dice, fields, constants, depth + 1));
    return dice.chance(0.4) ? { all: children } : { any: children };
  }
  // Every operator of every field is as likely as any other: a type with many of them is not spread thin.
  const leaves = Object.entries(fields).flatMap(([key, entry]) =>
    OPERATORS[entry.type].map((op) => [key, entry, op] as const),
  );
  const [field, entry, op] = dice.pick(leaves);
  if (op === "IS_NULL" || op === "IS_NOT_NULL") return { field, op };
  const value = constantFor(dice, field, entry, op, constants);
  return value === undefined ? { field, op: "IS_NULL" } : { field, op, value };
}

function constantFor(
  dice: Dice,
  field: string,
  entry: FieldEntry,
  op: Operator,
  { targets, valuesOf }: Constants,
): Value | undefined {
  const present = valuesOf(field).filter((value) => value !== null);
  const draw = (): Scalar | undefined => {
    const value = present.length > 0 && dice.chance(0.65) ? dice.pick(present) : undefined;
    return value === undefined || Array.isArray(value) ? scalar(dice, entry, targets) : value;
  };
  if (entry.type === "MULTI_PICKLIST") {
    if (op === "CONTAINS") return dice.pick(entry.options ?? []);
    const chosen = present.filter(Array.isArray).filter((list) => list.length > 0);
    if (chosen.length > 0 && dice.chance(0.65)) return dice.sample(dice.pick(chosen), OPTIONS.length);
    return dice.sample(entry.options ?? [], dice.between(1, 2));
  }
  if (op === "CONTAINS" || op === "STARTS_WITH") {
    if (dice.chance(0.5)) return dice.pick(entry.type === "EMAIL" ? EMAIL_FRAGMENTS : FRAGMENTS);
    return partOf(dice, String(draw()), op === "STARTS_WITH");
  }
  if (op === "IN" || op === "NOT_IN") return listOf(dice, entry.type, draw);
  return draw();
}

/** Some of its characters in a row; whole characters, as half of a pair is no text. */
function partOf(dice: Dice, text: string, fromStart: boolean): string {
  const characters = Array.from(text);
  const start = fromStart ? 0 : dice.between(0, characters.length);
  return characters.slice(start, start + dice.between(0, 5)).join("");
}

/** A list that is not empty and says nothing twice, not even in other words. */
function listOf(dice: Dice, type: FieldType, draw: () => Scalar | undefined): Value | undefined {
  const seen = new Map<string, Scalar>();
  for (let throws = dice.between(1, 4); throws > 0; throws--) {
    const value = draw();
    if (value !== undefined) seen.set(plainSpelling(type, value), value);
  }
  return seen.size === 0 ? undefined : [...seen.values()];
}

/** One spelling for all that is the same thing, so that twins are found however they are written. */
export function plainSpelling(type: FieldType, value: Scalar): string {
  switch (type) {
    case "USER":
      return String(value).toLowerCase();
    case "DATETIME":
      return String(Date.parse(String(value)));
    case "TEXT":
    case "EMAIL":
    case "NUMBER":
    case "BOOLEAN":
    case "DATE":
    case "PICKLIST":
    case "MULTI_PICKLIST":
    case "LOOKUP":
      return JSON.stringify(value);
  }
}
