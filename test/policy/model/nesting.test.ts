import { describe, expect, test } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import { nestingLoop } from "../../../src/policy/model/nesting.ts";
import { type PartyText, partyOf, policyOf } from "../build.ts";

/** a > b > c > d, a > d; e. */
const GROUPS: { readonly [key: string]: readonly PartyText[] } = {
  a: ["group:b", "group:d", "user:ray"],
  b: ["group:c"],
  c: ["group:d", "role:rep"],
  d: [],
  e: [],
};

/** group | its members then | the way from a member down to the group, or none */
const LOOPS: readonly [string, readonly PartyText[], readonly string[] | null][] = [
  ["a", ["group:b"], null],
  ["a", [], null],
  ["d", ["group:e", "user:ray"], null],
  ["e", ["group:a", "group:b"], null],
  // What it has now is not what it will have.
  ["a", ["group:e"], null],
  ["d", ["group:gone"], null],
  ["a", ["group:a"], ["a"]],
  ["b", ["group:a"], ["a", "b"]],
  ["d", ["group:c"], ["c", "d"]],
  ["c", ["user:ray", "group:e", "group:a"], ["a", "b", "c"]],
];

describe("SH-40 a group inside itself", () => {
  const { groups } = policyOf({ groups: GROUPS, roles: { rep: null }, users: { ray: "rep" } });

  test.each(LOOPS)("SH-40 %s with %j: %j", (group, members, expected) => {
    expect(nestingLoop(groups, asId(group), members.map(partyOf))).toEqual(expected);
  });

  test("SH-40 nesting has no limit: 20,000 deep", () => {
    const deep = new Map(
      Array.from({ length: 20_000 }, (_, at) => {
        const id = asId<"Group">(`g${at}`);
        const members = [partyOf(`group:g${at + 1}`)];
        return [id, { id, key: id, name: id, members }];
      }),
    );
    expect(nestingLoop(deep, asId("top"), [partyOf("group:g0")])).toBeNull();
    expect(nestingLoop(deep, asId("g19999"), [partyOf("group:g0")])).toHaveLength(20_000);
  });
});
