import { describe, expect, test } from "vitest";
import { unionOf } from "../../../src/policy/ask/union.ts";
import { hasSeq } from "../../../src/policy/model/owners.ts";
import { audienceOf, isMember, membersOf } from "../../../src/policy/model/party.ts";
import type { Question } from "../../../src/policy/model/policy.ts";
import { namesIn, type PartyText, partyOf, policyOf, type Rows } from "../build.ts";

/** ceo > head > rep > trainee (nobody holds it); chair > clerk. */
const ROWS: Rows = {
  roles: { ceo: null, head: "ceo", rep: "head", trainee: "rep", chair: null, clerk: "chair" },
  users: {
    cid: "ceo",
    hal: "head",
    ray: { role: "rep", reportsTo: "ina" },
    rip: { role: "rep", status: "DELETED", reportsTo: "hal" },
    ina: { role: "head", status: "INACTIVE", reportsTo: "cid" },
    chi: "chair",
    kim: { role: "clerk", reportsTo: "chi" },
    agent: { license: "SUPPORT" },
  },
  groups: { outer: ["group:inner", "user:kim"], inner: ["role:trainee"], none: [] },
};

/** party | members */
const MEMBERS: readonly [PartyText, readonly string[]][] = [
  ["user:ray", ["ray"]],
  ["user:gone", []],
  ["role:rep", ["ray", "rip"]],
  ["role:trainee", []],
  ["role:gone", []],
  ["tree:head", ["hal", "ray", "rip", "ina"]],
  ["tree:trainee", []],
  ["group:outer", ["kim"]],
  ["group:none", []],
  ["group:gone", []],
  ["everyone", ["root", "cid", "hal", "ray", "rip", "ina", "chi", "kim", "agent"]],
];

describe("SH-31 SH-33 the members of a party", () => {
  const policy = policyOf(ROWS);

  test.each(MEMBERS)("SH-31 SH-33 UA-61 %s: %j", (party, members) => {
    const { mask } = membersOf(policy, partyOf(party));
    expect(namesIn(policy, (user) => hasSeq(mask, user.seq))).toEqual(members);
    expect(namesIn(policy, (user) => isMember(policy, partyOf(party), user))).toEqual(members);
  });

  test.each(MEMBERS)("SH-31 %s leads a list to the same users, by roles and lone users", (party, members) => {
    const question = { policy, memo: new Map() } as unknown as Question;
    const { roles, lone } = unionOf(question, [membersOf(policy, partyOf(party))]);
    const led = namesIn(
      policy,
      (user) => lone.includes(user.id) || (user.roleId !== null && roles.includes(user.roleId)),
    );
    expect(led).toEqual(members);
    const twice = [...policy.users.values()].filter(
      (user) => lone.includes(user.id) && user.roleId !== null && roles.includes(user.roleId),
    );
    expect(twice).toEqual([]);
  });
});

/** hierarchy | target | with superiors */
const AUDIENCES: readonly [NonNullable<Rows["hierarchy"]>, PartyText, readonly string[]][] = [
  ["ROLE", "role:trainee", ["cid", "hal", "ray", "rip", "ina"]],
  ["ROLE", "role:rep", ["cid", "hal", "ray", "rip", "ina"]],
  ["ROLE", "tree:rep", ["cid", "hal", "ray", "rip", "ina"]],
  ["ROLE", "role:ceo", ["cid"]],
  ["ROLE", "user:ray", ["cid", "hal", "ray", "ina"]],
  ["ROLE", "user:kim", ["chi", "kim"]],
  ["ROLE", "user:root", ["root"]],
  ["ROLE", "group:outer", ["cid", "hal", "ray", "rip", "ina", "chi", "kim"]],
  ["ROLE", "group:none", []],
  ["ROLE", "everyone", ["root", "cid", "hal", "ray", "rip", "ina", "chi", "kim", "agent"]],
  ["REPORTING", "role:trainee", []],
  ["REPORTING", "role:rep", ["cid", "ray", "rip", "ina"]],
  ["REPORTING", "user:ray", ["cid", "ray", "ina"]],
  ["REPORTING", "user:hal", ["hal"]],
  ["REPORTING", "group:outer", ["chi", "kim"]],
];

describe("SH-35 the audience of a rule", () => {
  test.each(AUDIENCES)("SH-35 SH-25 %s: %s with superiors is %j", (hierarchy, target, audience) => {
    const policy = policyOf({ ...ROWS, hierarchy });
    const mask = audienceOf(policy, partyOf(target), true);
    expect(namesIn(policy, (user) => hasSeq(mask, user.seq))).toEqual(audience);
  });

  test.each(AUDIENCES)("SH-35 %s: %s without superiors is its members", (hierarchy, target) => {
    const policy = policyOf({ ...ROWS, hierarchy });
    expect([...audienceOf(policy, partyOf(target), false)]).toEqual([
      ...membersOf(policy, partyOf(target)).mask,
    ]);
  });

  test("SH-35 asking for the audience does not widen the party", () => {
    const policy = policyOf(ROWS);
    const before = [...membersOf(policy, partyOf("role:rep")).mask];
    audienceOf(policy, partyOf("role:rep"), true);
    expect([...membersOf(policy, partyOf("role:rep")).mask]).toEqual(before);
  });
});
