import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CriteriaField, checkCondition, parseStored } from "../../../src/policy/criteria/check.ts";
import {
  canonical,
  fieldsOf,
  mapConstants,
  matches,
  OPERATORS_OF,
  textConstants,
  withoutAbsent,
} from "../../../src/policy/criteria/criteria.ts";
import { type Condition, OPERATORS } from "../../../src/policy/model/condition.ts";
import { FIELD_TYPES } from "../../../src/policy/model/org.ts";
import type { FieldValue } from "../../../src/policy/model/values.ts";
import { BIG, example, FIELDS, LINKED, read, WON } from "./one-of-every-type.ts";

const ROCKET = "\u{1F680}";
const FULL_WIDTH = "～";

/** field value | comparison | matches */
// biome-ignore format: one row, one line
const COMPARISONS: readonly [FieldValue | null, unknown, boolean][] = [
  ["won", { field: "text", op: "EQ", value: "won" }, true],
  ["Won", { field: "text", op: "EQ", value: "won" }, false],
  ["e\u0301", { field: "text", op: "EQ", value: "\u00e9" }, false],
  ["", { field: "text", op: "EQ", value: "" }, true],
  ["", { field: "text", op: "IS_NULL" }, false],
  ["", { field: "text", op: "IS_NOT_NULL" }, true],
  ["", { field: "text", op: "NE", value: "a" }, true],
  ["", { field: "text", op: "LT", value: "a" }, true],
  ["a", { field: "text", op: "LT", value: "a" }, false],
  ["a", { field: "text", op: "LTE", value: "a" }, true],
  ["B", { field: "text", op: "LT", value: "a" }, true],
  ["10", { field: "text", op: "LT", value: "9" }, true],
  ["a", { field: "text", op: "GT", value: "a" }, false],
  ["aa", { field: "text", op: "GT", value: "a" }, true],
  ["a", { field: "text", op: "GTE", value: "b" }, false],
  [ROCKET, { field: "text", op: "GT", value: FULL_WIDTH }, true],
  [FULL_WIDTH, { field: "text", op: "GT", value: ROCKET }, false],
  ["b", { field: "text", op: "IN", value: ["a", "b"] }, true],
  ["B", { field: "text", op: "IN", value: ["a", "b"] }, false],
  ["b", { field: "text", op: "NOT_IN", value: ["a", "b"] }, false],
  ["c", { field: "text", op: "NOT_IN", value: ["a", "b"] }, true],
  ["100% sure", { field: "text", op: "CONTAINS", value: "0%" }, true],
  ["100 sure", { field: "text", op: "CONTAINS", value: "0%" }, false],
  ["a_b", { field: "text", op: "CONTAINS", value: "_" }, true],
  ["axb", { field: "text", op: "CONTAINS", value: "a_b" }, false],
  ["A", { field: "text", op: "CONTAINS", value: "a" }, false],
  ["a", { field: "text", op: "CONTAINS", value: "" }, true],
  ["acme gmbh", { field: "text", op: "STARTS_WITH", value: "acme" }, true],
  ["the acme", { field: "text", op: "STARTS_WITH", value: "acme" }, false],
  ["\\d", { field: "text", op: "STARTS_WITH", value: "\\" }, true],
  ["ray@acme.test", { field: "email", op: "CONTAINS", value: "@acme." }, true],
  ["ray@acme.test", { field: "email", op: "EQ", value: "Ray@acme.test" }, false],
  [0, { field: "number", op: "EQ", value: -0 }, true],
  [-0, { field: "number", op: "EQ", value: 0 }, true],
  [-0, { field: "number", op: "LT", value: 0 }, false],
  [-0, { field: "number", op: "IN", value: [0] }, true],
  [0, { field: "number", op: "IS_NULL" }, false],
  [0.1, { field: "number", op: "EQ", value: 0.1 }, true],
  [0.30000000000000004, { field: "number", op: "EQ", value: 0.3 }, false],
  [10, { field: "number", op: "GT", value: 9 }, true],
  [9, { field: "number", op: "GTE", value: 9 }, true],
  [9, { field: "number", op: "LTE", value: 8.5 }, false],
  [5, { field: "number", op: "NOT_IN", value: [5] }, false],
  [5, { field: "number", op: "NE", value: 4 }, true],
  [false, { field: "boolean", op: "EQ", value: false }, true],
  [true, { field: "boolean", op: "EQ", value: false }, false],
  [true, { field: "boolean", op: "NE", value: false }, true],
  ["2026-02-28", { field: "date", op: "LT", value: "2026-03-01" }, true],
  ["2026-03-01", { field: "date", op: "LT", value: "2026-03-01" }, false],
  ["2026-12-01T00:00:00.000Z", { field: "datetime", op: "EQ", value: "2026-12-01T01:00:00+01:00" }, true],
  ["2026-12-01T00:00:00.001Z", { field: "datetime", op: "EQ", value: "2026-12-01T00:00:00Z" }, false],
  ["2026-12-01T00:00:00.001Z", { field: "datetime", op: "GT", value: "2026-12-01T00:00:00Z" }, true],
  ["new", { field: "picklist", op: "EQ", value: "new" }, true],
  ["new", { field: "picklist", op: "NE", value: "new" }, false],
  ["new", { field: "picklist", op: "NOT_IN", value: ["won", "lost"] }, true],
  [["new", "won"], { field: "multi_picklist", op: "CONTAINS", value: "won" }, true],
  [["new", "won"], { field: "multi_picklist", op: "CONTAINS", value: "lost" }, false],
  [[], { field: "multi_picklist", op: "CONTAINS", value: "lost" }, false],
  [[], { field: "multi_picklist", op: "IS_NULL" }, false],
  [["won", "new"], { field: "multi_picklist", op: "EQ", value: ["new", "won"] }, true],
  [["won", "new"], { field: "multi_picklist", op: "EQ", value: ["new"] }, false],
  [["won"], { field: "multi_picklist", op: "EQ", value: ["new", "won"] }, false],
  [["won"], { field: "multi_picklist", op: "NE", value: ["new", "won"] }, true],
  [["won"], { field: "multi_picklist", op: "NE", value: ["won"] }, false],
  ["record-1", { field: "lookup", op: "IN", value: ["record-1"] }, true],
  ["record-1", { field: "lookup", op: "NE", value: "record-1" }, false],
  ["user-1", { field: "user", op: "EQ", value: "user-1" }, true],
  ["user-1", { field: "user", op: "EQ", value: "user-2" }, false],
];

describe("SH-32 EN-06 a comparison", () => {
  test.each(COMPARISONS)("SH-32 %j under %j is %s", (value, input, expected) => {
    const condition = read(input);
    const field = [...fieldsOf(condition)][0] ?? "";
    expect(matches(condition, { [field]: value })).toBe(expected);
  });

  test.each(FIELDS.flatMap(({ key, type }) => OPERATORS_OF[type].map((op) => [key, op] as const)))(
    "SH-32 null and missing %s match %s only when it is IS_NULL",
    (key, op) => {
      const condition = read(example(key, op));
      expect(matches(condition, { [key]: null })).toBe(op === "IS_NULL");
      expect(matches(condition, {})).toBe(op === "IS_NULL");
    },
  );

  test("SH-32 a field named like a property of every object is missing until it is set", () => {
    const fields: CriteriaField[] = [{ key: "constructor", type: "TEXT", options: [] }];
    const isNull = parseStored({ field: "constructor", op: "IS_NULL" }, fields);
    expect(isNull !== "UNREADABLE" && matches(isNull, {})).toBe(true);
  });

  test.each([
    [5, { field: "x", op: "NE", value: "5" }],
    ["5", { field: "x", op: "NOT_IN", value: [5] }],
    ["5", { field: "x", op: "IN", value: [] }],
    ["5", { field: "x", op: "NOT_IN", value: [] }],
    [["a"], { field: "x", op: "NE", value: "a" }],
    [["a"], { field: "x", op: "NOT_IN", value: ["b"] }],
    ["5", { field: "x", op: "NE" }],
    [true, { field: "x", op: "CONTAINS", value: true }],
  ] satisfies [FieldValue, Condition][])(
    "EN-07 %j never matches %j: another kind admits nothing",
    (value, condition) => {
      expect(matches(condition, { x: value })).toBe(false);
    },
  );
});

describe("SH-32 a tree", () => {
  test.each<[unknown, Record<string, FieldValue>, boolean]>([
    [{ all: [WON, BIG] }, { picklist: "won", number: 1000 }, true],
    [{ all: [WON, BIG] }, { picklist: "won", number: 999 }, false],
    [{ all: [WON, BIG] }, { number: 1000 }, false],
    [{ any: [WON, BIG] }, { number: 1000 }, true],
    [{ any: [WON, BIG] }, { picklist: "lost" }, false],
    [{ all: [WON, { any: [BIG, LINKED] }] }, { picklist: "won", lookup: "r1" }, true],
    [{ all: [WON, { any: [BIG, LINKED] }] }, { picklist: "new", lookup: "r1" }, false],
    [{ any: [{ all: [WON, BIG] }, LINKED] }, { picklist: "won" }, false],
  ])("SH-32 %j on %j is %s", (input, values, expected) => {
    expect(matches(read(input), values)).toBe(expected);
  });

  test("SH-32 is only true with every part of all, and with some part of any", () => {
    const leaf = fc.constantFrom(WON, BIG, LINKED);
    const values = fc.record(
      {
        picklist: fc.constantFrom("new", "won"),
        number: fc.constantFrom(1, 1000),
        lookup: fc.constant("r1"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(leaf, { minLength: 1 }), values, (parts, row) => {
        expect(matches({ all: parts }, row)).toBe(parts.every((part) => matches(part, row)));
        expect(matches({ any: parts }, row)).toBe(parts.some((part) => matches(part, row)));
      }),
      { numRuns: 200 },
    );
  });
});

describe("SH-32 the forms of a condition", () => {
  test("SH-32 every type has operators, every operator a type, and each can be written", () => {
    expect(new Set(FIELD_TYPES.flatMap((type) => OPERATORS_OF[type]))).toEqual(new Set(OPERATORS));
    for (const { key, type } of FIELDS) {
      for (const op of OPERATORS) {
        expect([key, op, checkCondition(example(key, op), FIELDS).length === 0]).toEqual([
          key,
          op,
          OPERATORS_OF[type].includes(op),
        ]);
      }
    }
  });

  test("SH-32 instants are stored as UTC of fixed width, and stored conditions read as themselves", () => {
    const stored = read({ field: "datetime", op: "IN", value: ["2026-12-01T01:00:00+01:00"] });
    expect(stored).toEqual({ field: "datetime", op: "IN", value: ["2026-12-01T00:00:00.000Z"] });
    expect(read(stored)).toEqual(stored);
  });

  test("SH-38 two ways of writing the same tree are one canonical text; another tree is another", () => {
    const text = canonical(read({ all: [{ value: "won", op: "EQ", field: "picklist" }, BIG] }));
    expect(text).toBe(canonical(read({ all: [WON, BIG] })));
    expect(canonical(read({ field: "number", op: "EQ", value: -0 }))).toBe(
      canonical(read({ field: "number", op: "EQ", value: 0 })),
    );
    expect(text).not.toBe(canonical({ all: [BIG, WON] }));
    expect(text).not.toBe(canonical({ any: [WON, BIG] }));
    expect(canonical({ field: "text", op: "EQ", value: "5" })).not.toBe(
      canonical({ field: "text", op: "EQ", value: 5 }),
    );
  });

  test("SH-32 names the fields it reads, once each", () => {
    expect(fieldsOf(read({ all: [WON, { any: [BIG, WON, LINKED] }] }))).toEqual(
      new Set(["picklist", "number", "lookup"]),
    );
  });

  test("BU-02 constants change from keys to ids and nothing else does", () => {
    const tree: Condition = {
      all: [
        { any: [{ field: "lookup", op: "IN", value: ["a", "b"] }] },
        { field: "user", op: "EQ", value: "a" },
        LINKED,
      ],
    };
    expect(
      mapConstants(tree, (constant, field) => (field === "lookup" ? `id-${constant}` : constant)),
    ).toEqual({
      all: [
        { any: [{ field: "lookup", op: "IN", value: ["id-a", "id-b"] }] },
        { field: "user", op: "EQ", value: "a" },
        LINKED,
      ],
    });
  });
});

describe("withoutAbsent", () => {
  const GONE = "gone";
  const isAbsent = (constant: unknown) => constant === GONE;
  const text = fc.constantFrom("a", "b", GONE);
  const comparison: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({ field: fc.constantFrom("x", "y"), op: fc.constantFrom("EQ", "NE"), value: text }),
    fc.record({
      field: fc.constantFrom("x", "y"),
      op: fc.constantFrom("IN", "NOT_IN"),
      value: fc.uniqueArray(text, { minLength: 1 }),
    }),
    fc.record({ field: fc.constantFrom("x", "y"), op: fc.constantFrom("IS_NULL", "IS_NOT_NULL") }),
  );
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3 },
      comparison,
      fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    ),
  }));
  const FIELDS_OF_TEXT: readonly CriteriaField[] = ["x", "y"].map((key) => ({
    key,
    type: "LOOKUP",
    options: [],
  }));

  test("BU-02 means the same for every value that there is, names nothing absent, and may be stored", () => {
    const value = fc.constantFrom("a", "b", "c", null);
    fc.assert(
      fc.property(condition, fc.record({ x: value, y: value }), (before, values) => {
        const after = withoutAbsent(before, isAbsent);
        expect(matches(after, values)).toBe(matches(before, values));
        expect(textConstants(after).filter(({ constant }) => isAbsent(constant))).toEqual([]);
        expect(checkCondition(after, FIELDS_OF_TEXT)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  test("BU-02 leaves what names nothing absent as it is written", () => {
    fc.assert(
      fc.property(condition, (before) => {
        expect(withoutAbsent(before, () => false)).toEqual(before);
      }),
    );
  });
});
