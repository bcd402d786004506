import { expect, test } from "vitest";
import { whyKeptOut } from "../../../src/policy/rights/sign-in.ts";
import { NOW, policyOf, type UserRow, userIn } from "../build.ts";

test.each<readonly [string, UserRow, number, ReturnType<typeof whyKeptOut>]>([
  ["AP-20 who is active", {}, NOW, null],
  ["AP-20 who is pending", { status: "PENDING" }, NOW, "NOT_ACTIVE"],
  ["AP-20 who is inactive", { status: "INACTIVE" }, NOW, "NOT_ACTIVE"],
  ["AP-20 a tombstone", { status: "DELETED" }, NOW, "NOT_ACTIVE"],
  ["AP-20 a team user", { license: "TEAM" }, NOW, null],
  ["SA-13 the agent while support is open", { license: "SUPPORT" }, NOW, null],
  ["SA-13 the agent a moment before", { license: "SUPPORT" }, NOW - 1, "NO_SUPPORT_GRANT"],
  ["SA-13 the agent when it ends", { license: "SUPPORT" }, NOW + 9, "NO_SUPPORT_GRANT"],
  ["SA-13 an inactive agent", { license: "SUPPORT", status: "INACTIVE" }, NOW, "NOT_ACTIVE"],
])("%s is kept out for %s", (_, user, now, expected) => {
  const policy = policyOf({
    users: { it: user },
    supportGrants: [{ agent: "it", from: NOW, until: NOW + 9 }],
  });
  expect(whyKeptOut(policy, userIn(policy, "it"), now)).toBe(expected);
});
