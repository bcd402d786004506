import { describe, expect, test } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import { countIn } from "../../../src/policy/model/owners.ts";
import { audienceOf, membersOf } from "../../../src/policy/model/party.ts";
import { aboveSomebody, misreportsIn } from "../../../src/policy/model/reporting.ts";
import { allows, type PartyText, policyOf, type Rows, recordOf, type UserRow } from "../build.ts";

/** Deeper than any stack, and so many that what is kept for each of them about all of them would not fit. */
const DEPTH = 10_000;

const LAST = DEPTH - 1;

function chain<Value>(link: (at: number) => Value, prefix: string): { readonly [key: string]: Value } {
  return Object.fromEntries(Array.from({ length: DEPTH }, (_, at) => [`${prefix}${at}`, link(at)]));
}

/** Everybody in the role below the one before, and reporting to who has that. */
const roles = chain((at) => (at === 0 ? null : `r${at - 1}`), "r");
const users = chain<UserRow>(
  (at) => ({ role: `r${at}`, ...(at === 0 ? {} : { reportsTo: `u${at - 1}` }) }),
  "u",
);

/** Each group with one person, inside the one before. */
const groups = chain<readonly PartyText[]>(
  (at) => (at === LAST ? [`user:u${at}`] : [`group:g${at + 1}`, `user:u${at}`]),
  "g",
);

describe("SH-40 ten thousand deep", () => {
  test("SH-40 groups: whoever is in the innermost is in all, whoever is in the outermost in none other", () => {
    const policy = policyOf({ roles, users, groups });
    const members = (group: string) =>
      countIn(membersOf(policy, { kind: "GROUP", groupId: asId(group) }).mask);
    expect([members("g0"), members("g5000"), members(`g${LAST}`)]).toEqual([DEPTH, DEPTH - 5_000, 1]);
  });

  test.each<[string, Rows]>([
    ["ROLE", { groups }],
    ["REPORTING", { groups, hierarchy: "REPORTING" }],
  ])("SH-35 SH-40 the superiors of all of them, with the hierarchy %s", (_, rows) => {
    const policy = policyOf({ roles, users, ...rows });
    const audience = (group: string) =>
      countIn(audienceOf(policy, { kind: "GROUP", groupId: asId(group) }, true));
    expect([audience("g0"), audience("g9000"), audience(`g${LAST}`)]).toEqual([DEPTH, DEPTH, DEPTH]);
  });

  test("SH-20 SH-25 SH-40 roles and managers: compiled, compared and asked from both ends", () => {
    const policy = policyOf({ roles, users });
    expect(misreportsIn(policy.org)).toEqual([]);
    expect(aboveSomebody(policy.org, asId(`u${LAST}`)).size).toBe(2 * LAST);
    const { roleTree } = policy;
    const [top, bottom] = [asId<"Role">("r0"), asId<"Role">(`r${LAST}`)];
    expect([
      roleTree.isAbove(top, bottom),
      roleTree.isAbove(bottom, top),
      roleTree.isAbove(top, top),
    ]).toEqual([true, false, false]);
    expect(roleTree.descendants(top)).toHaveLength(LAST);
    expect(allows(policy, "u0", "READ", recordOf(policy, `u${LAST}`))).toBe(true);
    expect(allows(policy, `u${LAST}`, "READ", recordOf(policy, "u0"))).toBe(false);
  });
});
