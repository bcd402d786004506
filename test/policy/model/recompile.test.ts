import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asId, type RoleId, type UserId } from "../../../src/kernel/id.ts";
import { reachOf } from "../../../src/policy/ask/reach.ts";
import { ACTIONS, type Org, type User } from "../../../src/policy/model/org.ts";
import { audienceOf, holdersBelow, membersOf } from "../../../src/policy/model/party.ts";
import { compile, type Policy, questionsOf } from "../../../src/policy/model/policy.ts";
import { CycleError } from "../../../src/policy/model/tree.ts";
import { NOW, orgOf, type PartyText, partyOf } from "../build.ts";

const ORG = orgOf({
  roles: { ceo: null, head: "ceo", rep: "head", clerk: "ceo" },
  users: {
    cid: "ceo",
    hal: { role: "head", reportsTo: "cid" },
    ray: { role: "rep", reportsTo: "hal" },
    rex: "rep",
    sue: "clerk",
  },
  groups: { inner: ["user:sue", "role:rep"], outer: ["group:inner", "tree:head"] },
  modules: { leads: "PRIVATE", deals: "PRIVATE" },
  rules: {
    one: { module: "leads", from: "role:rep", to: "group:inner", level: "READ_WRITE", superiors: true },
    two: { module: "deals", from: "group:outer", to: "role:clerk", level: "READ_ONLY" },
  },
});

const roles = ORG.roles.map(({ id }) => id);
const people = ORG.users.map(({ id }) => id);

const EMAILS = people.flatMap((id) => ["one", "two"].map((name) => `${id}-${name}@x.test`));
EMAILS.push(...ORG.users.flatMap(({ email }) => email ?? []), "nobody@x.test");

/** One change, as a newer snapshot shows it: what did not move is the very same row. */
const change: fc.Arbitrary<(org: Org) => Org> = fc.oneof(
  fc
    .record({
      who: fc.constantFrom(...people),
      roleId: fc.constantFrom(...roles),
      email: fc.constantFrom(null, "one", "two"),
      reportsToId: fc.constantFrom(null, ...people),
      status: fc.constantFrom("ACTIVE", "INACTIVE", "DELETED"),
      only: fc.constantFrom("roleId", "email", "reportsToId", "status"),
    })
    .map(({ who, only, email, ...rest }) => (org: Org) => {
      const to = { ...rest, email: email === null ? null : `${who}-${email}@x.test` };
      return withUser(org, who, { [only]: to[only] });
    }),
  // Two swap their addresses.
  fc.tuple(fc.constantFrom(...people), fc.constantFrom(...people)).map(([one, other]) => (org: Org) => {
    const emails = new Map(org.users.map(({ id, email }) => [id, email]));
    if (!emails.has(one) || !emails.has(other)) return org;
    const swapped = withUser(org, one, { email: emails.get(other) ?? null });
    return withUser(swapped, other, { email: emails.get(one) ?? null });
  }),
  fc.nat(99).map((seq) => (org: Org) => {
    const known = org.users[0];
    const highest = Math.max(...org.users.map((user) => user.seq));
    if (!known) return org;
    const id = asId<"User">(`new-${seq}-${highest}`);
    return { ...org, users: [...org.users, { ...known, id, seq: highest + 1, email: `${id}@x.test` }] };
  }),
  fc.constantFrom(...people).map((who) => (org: Org) => ({
    ...org,
    users: org.users.filter(({ id }) => id !== who || id === org.superAdminId),
  })),
  fc
    .tuple(fc.constantFrom(...roles), fc.constantFrom(null, ...roles))
    .map(([id, parentId]) => (org: Org) => ({
      ...org,
      roles: org.roles.map((role) => (role.id === id ? { ...role, parentId } : role)),
    })),
  fc.boolean().map((isEmpty) => (org: Org) => ({
    ...org,
    groups: org.groups.map((group) => (isEmpty ? { ...group, members: [] } : { ...group })),
  })),
  fc.constant((org: Org) => ({
    ...org,
    rules: org.rules.map((rule) => ({ ...rule, includeSuperiors: true })),
  })),
  fc.constant((org: Org) => ({ ...org, hierarchy: org.hierarchy === "ROLE" ? "REPORTING" : "ROLE" }) as Org),
);

function withUser(org: Org, who: UserId, to: Partial<User>): Org {
  return { ...org, users: org.users.map((user) => (user.id === who ? { ...user, ...to } : user)) };
}

describe("a policy compiled from an older one", () => {
  test("EN-05 EN-09 EN-23 is the one compiled from nothing, however many versions went before", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        let before: Policy | null = compile(ORG);
        let org = ORG;
        for (const each of changes) {
          org = { ...each(org), version: org.version + 1 };
          const [expected, found]: (Policy | CycleError)[] = [
            tried(() => compile(org)),
            tried(() => compile(org, before)),
          ];
          if (expected instanceof CycleError || found instanceof CycleError) {
            expect([expected, found].map((it) => it instanceof CycleError)).toEqual([true, true]);
            continue;
          }
          if (!expected || !found) throw new Error("compiled nothing");
          expect(shown(found)).toEqual(shown(expected));
          before = found;
        }
      }),
      { numRuns: 400 },
    );
  });

  test("EN-23 whose people did not move keeps what was derived from them; whose did, does not", () => {
    const first = compile(ORG);
    const rules = compile({ ...ORG, version: 2, rules: [] }, first);
    expect(rules.membership).toBe(first.membership);
    expect(rules.users).toBe(first.users);
    expect(rules.memo).not.toBe(first.memo);
    const moved = compile(
      { ...withUser(ORG, people[2] as UserId, { roleId: roles[3] as RoleId }), version: 3 },
      rules,
    );
    expect(moved.membership).not.toBe(first.membership);
    const renamed = compile(
      { ...withUser(ORG, people[2] as UserId, { name: "Renamed" }), version: 4 },
      rules,
    );
    expect(renamed.membership).toBe(first.membership);
    expect(moved.reportingTree).toBe(first.reportingTree);
    expect(moved.users.get(people[1] as UserId)).toBe(first.users.get(people[1] as UserId));
    for (const other of [
      { roles: [...ORG.roles] },
      { groups: [...ORG.groups] },
      { hierarchy: "REPORTING" as const },
    ])
      expect(compile({ ...ORG, version: 4, ...other }, first).membership).not.toBe(first.membership);
  });
});

describe("EN-23 after somebody moved from one role to another", () => {
  const before = compile(ORG);
  const moving = (who: string, to: string): Policy =>
    compile({ ...withUser(ORG, asId(who), { roleId: asId(to) }), version: 2 }, before);
  const members = (party: PartyText) => (policy: Policy) => membersOf(policy, partyOf(party));
  const audience = (party: PartyText) => (policy: Policy) => audienceOf(policy, partyOf(party), true);
  const below = (role: string) => (policy: Policy) => holdersBelow(policy, asId(role));

  test.each([
    ["who is in another role", members("role:head")],
    ["everyone", members("everyone")],
    ["who is below another role", below("rep")],
    ["who is above another role", audience("role:head")],
    ["who is above somebody else", audience("user:rex")],
  ])("%s is not asked for anew", (_, ask) => {
    const known = ask(before);
    expect(ask(moving("sue", "rep"))).toBe(known);
  });

  test.each([
    ["who is in the role that was left", members("role:clerk"), "sue", "rep"],
    ["who is in the role that was entered", members("role:rep"), "sue", "rep"],
    ["who is in a role or below it", members("tree:head"), "sue", "rep"],
    ["who is below a role", below("head"), "sue", "rep"],
    ["who is above whoever moved", audience("user:sue"), "sue", "rep"],
    ["who is above a role, when they left", audience("role:rep"), "hal", "clerk"],
  ])("%s is asked for anew", (_, ask, who, to) => {
    const known = ask(before);
    const moved = moving(who, to);
    expect(ask(moved)).not.toEqual(known);
    expect(ask(moved)).toEqual(ask(compile(moved.org)));
  });
});

function tried(make: () => Policy): Policy | CycleError {
  try {
    return make();
  } catch (error) {
    if (error instanceof CycleError) return error;
    throw error;
  }
}

/** Everything that can be asked of a policy. */
function shown(policy: Policy): unknown {
  const { membership, memo, roleTree, reportingTree, nesting, users, usersByEmail, ...rows } = policy;
  const questions = [...policy.users.values()].map((viewer) => questionsOf(policy, viewer, NOW));
  return {
    ...rows,
    users: [...users.values()],
    byId: [...people, "nobody"].map((id) => users.get(asId(id))),
    byEmail: EMAILS.map((email) => [email, usersByEmail.get(email)?.id]),
    up: policy.org.users.map(({ id }) => reportingTree.ancestors(id)),
    down: policy.org.users.map(({ id }) => reportingTree.descendants(id)),
    above: policy.org.roles.map(({ id }) => roleTree.ancestors(id)),
    below: policy.org.roles.map(({ id }) => roleTree.descendants(id)),
    inside: policy.org.groups.map(({ id }) => nesting.closure(id)),
    reaches: questions.map((ask) =>
      policy.org.modules.map((module) => ACTIONS.map((action) => ({ ...reachOf(ask(module, action)) }))),
    ),
  };
}
