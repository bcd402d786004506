import { expect, test } from "vitest";
import type { SharingRule } from "../../../src/policy/model/org.ts";
import { isSameCriteria, meaningOf } from "../../../src/policy/rights/rule-meaning.ts";
import { partyOf } from "../build.ts";

type Content = Parameters<typeof meaningOf>[0];

const WON = { field: "status", op: "EQ", value: "won" } as const;
const LOST = { field: "status", op: "EQ", value: "lost" } as const;
const RULE: Content = {
  source: partyOf("role:rep"),
  criteria: { any: [WON, LOST] },
  target: partyOf("user:dan"),
  level: "READ_ONLY",
};

test.each<readonly [string, Partial<Content>, boolean]>([
  ["in nothing", {}, true],
  ["in the order of keys", { criteria: { any: [{ value: "won", op: "EQ", field: "status" }, LOST] } }, true],
  ["in the order of criteria", { criteria: { any: [LOST, WON] } }, false],
  ["in criteria", { criteria: WON }, false],
  ["by having none", { criteria: null }, false],
  ["in source", { source: partyOf("tree:rep") }, false],
  ["in target", { target: partyOf("everyone") }, false],
  ["in level", { level: "READ_WRITE" }, false],
  ["by being unreadable", { criteria: "UNREADABLE" }, false],
])("SH-38 a rule that differs %s is the same: %s", (_, more, expected) => {
  expect(meaningOf({ ...RULE, ...more }) === meaningOf(RULE)).toBe(expected);
});

test("SH-38 what cannot be read has no meaning, so it has no duplicate", () => {
  expect(meaningOf({ ...RULE, criteria: "UNREADABLE" })).toBeNull();
});

test.each<readonly [SharingRule["criteria"], SharingRule["criteria"], boolean]>([
  [WON, { value: "won", field: "status", op: "EQ" }, true],
  [WON, LOST, false],
  [WON, null, false],
  [null, null, true],
  ["UNREADABLE", "UNREADABLE", true],
  ["UNREADABLE", WON, false],
  ["UNREADABLE", null, false],
])("SH-36 the criteria %j and %j are the same: %s", (one, other, expected) => {
  expect(isSameCriteria(one, other)).toBe(expected);
});
