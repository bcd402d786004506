import { describe, expect, test } from "vitest";
import {
  checkCondition,
  MAX_CONSTANTS,
  MAX_DEPTH,
  MAX_NODES,
  parseStored,
} from "../../../src/policy/criteria/check.ts";
import { BIG, change, FIELDS, nested, WON } from "./one-of-every-type.ts";

/** condition | path of the fault | part of what was expected */
// biome-ignore format: one row, one line
const REFUSED: readonly [unknown, string, string][] = [
  [null, "", "{ all: […] }"],
  ["won", "", "{ all: […] }"],
  [[], "", "{ all: […] }"],
  [{}, "", "{ all: […] }"],
  [{ not: WON }, "not", "{ all: […] }"],
  [{ all: [] }, "all", "at least one"],
  [{ any: [] }, "any", "at least one"],
  [{ all: WON }, "all", "a list"],
  [{ all: [WON], any: [BIG] }, "any", "only all"],
  [{ all: [WON, { any: [] }] }, "all.1.any", "at least one"],
  [{ all: [WON, null] }, "all.1", "{ all: […] }"],
  [{ ...WON, not: true }, "not", "only field, op, value"],
  [{ field: "stage", op: "EQ", value: "won" }, "field", '"picklist"'],
  [{ field: 5, op: "EQ", value: "won" }, "field", "key of a field"],
  [{ op: "EQ", value: "won" }, "", "key of a field"],
  [{ field: "text", value: "won" }, "", "EQ"],
  [{ field: "text", op: "LIKE", value: "won" }, "op", "STARTS_WITH"],
  [{ field: "text", op: "eq", value: "won" }, "op", "EQ"],
  [{ field: "text", op: "constructor", value: "won" }, "op", "EQ"],
  [{ field: "number", op: "CONTAINS", value: 1 }, "op", "GTE"],
  [{ field: "boolean", op: "GT", value: true }, "op", "EQ"],
  [{ field: "boolean", op: "IN", value: [true] }, "op", "EQ"],
  [{ field: "picklist", op: "LT", value: "won" }, "op", "NOT_IN"],
  [{ field: "picklist", op: "STARTS_WITH", value: "w" }, "op", "NOT_IN"],
  [{ field: "multi_picklist", op: "IN", value: ["won"] }, "op", "CONTAINS"],
  [{ field: "user", op: "GT", value: "u" }, "op", "EQ"],
  [{ field: "text", op: "EQ" }, "", "one value"],
  [{ field: "text", op: "IN" }, "", "a list"],
  [{ field: "text", op: "IN", value: [] }, "value", "at least one"],
  [{ field: "text", op: "NOT_IN", value: [] }, "value", "at least one"],
  [{ field: "text", op: "IN", value: "won" }, "value", "a list"],
  [{ field: "text", op: "IN", value: ["won", 5] }, "value.1", "text"],
  [{ field: "text", op: "IN", value: ["won", null] }, "value.1", "text"],
  [{ field: "text", op: "EQ", value: ["won"] }, "value", "text"],
  [{ field: "text", op: "EQ", value: null }, "value", "text"],
  [{ field: "text", op: "EQ", value: 5 }, "value", "text"],
  [{ field: "text", op: "EQ", value: "a\u0000" }, "value", "text"],
  [{ field: "text", op: "CONTAINS", value: "\ud83d" }, "value", "text"],
  [{ field: "text", op: "IS_NULL", value: "won" }, "value", "no value"],
  [{ field: "text", op: "IS_NOT_NULL", value: null }, "value", "no value"],
  [{ field: "number", op: "EQ", value: "5" }, "value", "a finite number"],
  [{ field: "number", op: "EQ", value: Number.NaN }, "value", "a finite number"],
  [{ field: "number", op: "EQ", value: Number.POSITIVE_INFINITY }, "value", "a finite number"],
  [{ field: "boolean", op: "EQ", value: "true" }, "value", "true or false"],
  [{ field: "date", op: "EQ", value: "2026-02-29" }, "value", "YYYY-MM-DD"],
  [{ field: "date", op: "EQ", value: "2026-12-01T00:00:00Z" }, "value", "YYYY-MM-DD"],
  [{ field: "datetime", op: "EQ", value: "2026-12-01" }, "value", "offset"],
  [{ field: "datetime", op: "EQ", value: "2026-12-01T00:00:00" }, "value", "offset"],
  [{ field: "picklist", op: "EQ", value: "gone" }, "value", '"won"'],
  [{ field: "picklist", op: "IN", value: ["won", "gone"] }, "value.1", '"won"'],
  [{ field: "multi_picklist", op: "CONTAINS", value: ["won"] }, "value", '"won"'],
  [{ field: "multi_picklist", op: "EQ", value: "won" }, "value", "a list"],
  [{ field: "multi_picklist", op: "EQ", value: [] }, "value", "at least one"],
  [{ field: "email", op: "EQ", value: 1 }, "value", "text"],
  [{ field: "lookup", op: "EQ", value: "" }, "value", "a reference"],
  [{ field: "text", op: "IN", value: Array.from({ length: MAX_CONSTANTS + 1 }, () => "a") }, "value", "at most 1000"],
];

describe("SH-32 a condition that is refused when it is written", () => {
  test.each(REFUSED)("SH-32 %j at '%s', expected %s", (input, path, expected) => {
    const faults = checkCondition(input, FIELDS);
    expect(faults.map((fault) => fault.path.join("."))).toEqual([path]);
    expect(faults[0]?.expected).toContain(expected);
    expect(parseStored(input, FIELDS)).toBe("UNREADABLE");
  });

  test("SH-32 names every fault at once", () => {
    const faults = checkCondition(
      { all: [{ ...WON, op: "LT" }, { any: [] }, { field: "gone", op: "GONE" }] },
      FIELDS,
    );
    expect(faults.map((fault) => fault.path.join("."))).toEqual([
      "all.0.op",
      "all.1.any",
      "all.2.field",
      "all.2.op",
    ]);
  });

  test("SH-32 takes trees up to the limits of depth and size, and refuses the next", () => {
    expect(checkCondition(nested(MAX_DEPTH), FIELDS)).toEqual([]);
    expect(checkCondition(nested(MAX_DEPTH + 1), FIELDS)).toHaveLength(1);
    expect(checkCondition(nested(100_000), FIELDS)).toHaveLength(1);
    expect(checkCondition({ any: Array.from({ length: MAX_NODES - 1 }, () => WON) }, FIELDS)).toEqual([]);
    expect(checkCondition({ any: Array.from({ length: MAX_NODES }, () => WON) }, FIELDS)).toHaveLength(1);
    expect(parseStored({ any: Array.from({ length: 50_000 }, () => ({ any: [WON] })) }, FIELDS)).toBe(
      "UNREADABLE",
    );
  });

  test("SH-32 EN-07 what was stored is unreadable once a field is removed, retyped or loses the option", () => {
    const stored = { all: [WON, BIG] };
    expect(parseStored(stored, FIELDS)).toEqual(stored);
    expect(
      parseStored(
        stored,
        FIELDS.filter(({ key }) => key !== "number"),
      ),
    ).toBe("UNREADABLE");
    expect(parseStored(stored, change("number", { type: "TEXT" }))).toBe("UNREADABLE");
    expect(parseStored(stored, change("picklist", { options: ["new"] }))).toBe("UNREADABLE");
    expect(parseStored("{}", FIELDS)).toBe("UNREADABLE");
  });
});
