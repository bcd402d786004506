import { describe, expect, test } from "vitest";
import {
  liveSupportGrant,
  nextSupportChange,
  supportEnd,
  wasOpenBefore,
} from "../../../src/policy/rights/support-window.ts";
import { NOW, policyOf, type Rows, userIn } from "../build.ts";

type Grants = NonNullable<Rows["supportGrants"]>;
const grant = (from: number, until: number, revokedAt?: number): Grants[number] => ({
  agent: "agent",
  from: NOW + from,
  until: NOW + until,
  ...(revokedAt !== undefined && { revokedAt: NOW + revokedAt }),
});

/** grants | open | next change, both from now */
const WINDOWS: readonly [string, Grants, boolean, number | null][] = [
  ["SA-01 no grant", [], false, null],
  ["SA-01 one millisecond early", [grant(1, 10)], false, 1],
  ["SA-01 at the instant of granting", [grant(0, 10)], true, 10],
  ["SA-03 one millisecond before the end", [grant(-10, 1)], true, 1],
  ["SA-03 at the very instant", [grant(-10, 0)], false, null],
  ["SA-03 after it", [grant(-10, -1)], false, null],
  ["SA-04 revoked before", [grant(-10, 10, -1)], false, null],
  ["SA-04 revoked at the very instant", [grant(-10, 10, 0)], false, null],
  ["SA-04 to be revoked in a millisecond", [grant(-10, 10, 1)], true, 1],
  ["SA-04 revoked after it would have ended anyway", [grant(-10, 5, 8)], true, 5],
  ["SA-05 a new one after an old one", [grant(-10, -5), grant(-1, 7)], true, 7],
  ["SA-05 one to come, after one that ends first", [grant(3, 9), grant(-10, 2)], true, 2],
  ["SA-13 somebody else's", [{ agent: "other", from: NOW - 1, until: NOW + 1 }], false, null],
];

describe("The support agent's window", () => {
  test.each(WINDOWS)("%s", (_title, supportGrants, isOpen, next) => {
    const policy = policyOf({
      users: { agent: { license: "SUPPORT" }, other: { license: "SUPPORT" } },
      supportGrants,
    });
    const agent = userIn(policy, "agent");
    expect(liveSupportGrant(policy, agent, NOW) !== undefined).toBe(isOpen);
    const change = nextSupportChange(policy, agent, NOW);
    expect(change === null ? null : change - NOW).toBe(next);
  });

  test("SA-05 SA-13 EN-09 of two that are open at once the later beginning counts, whatever their order", () => {
    const grants = [grant(-10, 5), grant(-3, 9, 2)];
    for (const supportGrants of [grants, [...grants].reverse()]) {
      const policy = policyOf({ users: { agent: { license: "SUPPORT" } }, supportGrants });
      expect(liveSupportGrant(policy, userIn(policy, "agent"), NOW)?.grantedAt).toBe(NOW - 3);
    }
  });
});

/** granted at | last day | zone | end */
test.each([
  ["the day after begins", "2026-12-01T12:00:00Z", "2026-12-05", "UTC", "2026-12-06T00:00:00Z"],
  ["as the zone has it", "2026-12-01T12:00:00Z", "2026-12-05", "Asia/Kathmandu", "2026-12-05T18:15:00Z"],
  [
    "its days need not begin at midnight",
    "2026-03-01T12:00:00Z",
    "2026-03-28",
    "Asia/Beirut",
    "2026-03-28T22:00:00Z",
  ],
  ["not before a day has passed", "2026-12-01T12:00:00Z", "2026-12-01", "UTC", "2026-12-02T12:00:00Z"],
  ["nor for a day that is over", "2026-12-01T12:00:00Z", "2026-11-01", "UTC", "2026-12-02T12:00:00Z"],
])("SA-02 support ends when %s: from %s to %s in %s until %s", (_, from, day, zone, expected) => {
  expect(new Date(supportEnd(zone, day, Date.parse(from))).toISOString()).toBe(
    new Date(expected).toISOString(),
  );
});

test.each([
  ["while the earlier one was open", [grant(-10, -5), grant(-1, 7)], -6, true],
  ["at the instant of its end", [grant(-10, -5), grant(-1, 7)], -5, false],
  ["when it had been closed", [grant(-10, -5, -8), grant(-1, 7)], -8, false],
  ["when there was none", [grant(-1, 7)], -2, false],
] as const)("SA-13 an earlier window was open %s", (_, supportGrants, instant, expected) => {
  const policy = policyOf({ users: { agent: { license: "SUPPORT" } }, supportGrants });
  const agent = userIn(policy, "agent");
  const present = liveSupportGrant(policy, agent, NOW);
  if (!present) throw new Error("no window is open");
  expect(wasOpenBefore(policy, agent, present, NOW + instant)).toBe(expected);
});
