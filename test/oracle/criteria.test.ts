import { describe, expect, test } from "vitest";
import { matches } from "./criteria.ts";
import type { Criteria, FieldEntry, Value } from "./file.ts";

const OPTIONS = ["a", "b", "c"];
type Sample = [
  type: FieldEntry["type"],
  value: Value,
  op: string,
  constant: Value | undefined,
  holds: boolean,
];

const SAMPLES: Sample[] = [
  ["TEXT", null, "IS_NULL", undefined, true],
  ["TEXT", "", "IS_NULL", undefined, false],
  ["TEXT", null, "NE", "x", false],
  ["TEXT", null, "NOT_IN", ["x"], false],
  ["TEXT", "", "NE", "x", true],
  ["TEXT", "", "CONTAINS", "", true],
  ["TEXT", null, "CONTAINS", "", false],
  ["TEXT", "100xdone", "STARTS_WITH", "100%", false],
  ["TEXT", "axb", "CONTAINS", "a_b", false],
  ["TEXT", "tail\\", "CONTAINS", "\\", true],
  ["TEXT", "\u{1f680}", "GT", "\uff5e", true],
  ["TEXT", "ab", "GT", "a", true],
  ["TEXT", "a", "LT", "a", false],
  ["TEXT", "\u00e9", "EQ", "e\u0301", false],
  ["EMAIL", "Ann@x.test", "EQ", "ann@x.test", false],
  ["USER", "Ann@x.test", "EQ", "ann@x.test", true],
  ["LOOKUP", "Lead-1", "EQ", "lead-1", false],
  ["NUMBER", -0, "EQ", 0, true],
  ["NUMBER", -0, "LT", 0, false],
  ["NUMBER", 0.1 + 0.2, "EQ", 0.3, false],
  ["NUMBER", 1e308, "GT", -1e308, true],
  ["NUMBER", 10, "GT", 9, true],
  ["BOOLEAN", false, "NE", true, true],
  ["DATE", "2026-10-01", "GT", "2026-09-30", true],
  ["DATETIME", "2026-12-01T12:00:00Z", "EQ", "2026-12-01T12:00:00.000Z", true],
  ["DATETIME", "2026-12-01T12:00:00Z", "IN", ["2026-12-01T12:00:00.001Z"], false],
  ["MULTI_PICKLIST", ["a", "b"], "EQ", ["b", "a"], true],
  ["MULTI_PICKLIST", ["a", "b"], "EQ", ["a"], false],
  ["MULTI_PICKLIST", ["a", "b"], "CONTAINS", "b", true],
  ["MULTI_PICKLIST", ["a", "b"], "CONTAINS", "c", false],
  ["MULTI_PICKLIST", [], "IS_NULL", undefined, false],
  ["MULTI_PICKLIST", [], "NE", ["a"], true],
];

describe("SH-32 the oracle compares", () => {
  test.each(SAMPLES)("%s %j %s %j is %s", (type, value, op, constant, expected) => {
    const leaf = { field: "f", op, ...(constant === undefined ? {} : { value: constant }) } as Criteria;
    expect(matches({ f: { type, options: OPTIONS } }, { f: value }, leaf)).toBe(expected);
    if (value === null) expect(matches({ f: { type } }, {}, leaf)).toBe(expected);
  });

  test("what the specification gives no meaning is an error, not an answer", () => {
    expect(() =>
      matches({ f: { type: "NUMBER" } }, { f: 1 }, { field: "f", op: "CONTAINS", value: "1" }),
    ).toThrow(/not text/);
    expect(() => matches({}, {}, { field: "constructor", op: "IS_NULL" })).toThrow(/unknown field/);
  });
});
