import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import type { Member, OrganizationFile } from "../../oracle/file.ts";
import { holds } from "../../oracle/oracle.ts";
import { at } from "../../oracle/people.ts";
import { type Facts, versionOf } from "../facts.ts";
import { naming } from "../plausible/naming.ts";
import { isSameParty, type NamedParty, randomParty } from "../plausible/party.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker, Scene, Step } from "../step.ts";

const [FEW, MANY] = [2, 8];

type Group = Facts["rows"]["groups"][number];

const groupId = ({ id }: Group) => toGlobalId("Group", id);

export const createGroup: Maker = (scene) => {
  const { facts, dice, number } = scene;
  if (facts.rows.groups.length >= MANY) return null;
  const as = somebodyWith(facts, dice, "MANAGE_GROUPS");
  const members = randomMembers(scene);
  const taken = facts.rows.groups[0]?.key;
  const key = dice.weighted([
    [5, undefined],
    [3, `new-group-${number}`],
    [taken === undefined ? 0 : 1, taken],
  ]);
  return {
    mutation: "createGroup",
    as,
    input: {
      name: `Group ${number}`,
      members: members.map(({ input }) => input),
      ...(key === undefined ? {} : { key }),
    },
    select: "group { id key }",
    expected: firstOf(
      unless(!hasTwice(members), "BAD_USER_INPUT"),
      unless(
        members.every(({ party }) => party !== null),
        "NOT_FOUND",
      ),
      unless(holds(facts.file, as, "MANAGE_GROUPS", facts.now), "FORBIDDEN"),
      unless(key === undefined || key !== taken, "CONFLICT"),
    ),
    check: (after, { group }) => {
      expect(at(after.file.groups, group.key)).toEqual({
        name: `Group ${number}`,
        members: members.map(({ party }) => party),
      });
    },
  };
};

export const updateGroup: Maker = (scene) => {
  const { facts, dice, number } = scene;
  if (facts.rows.groups.length === 0) return null;
  const as = somebodyWith(facts, dice, "MANAGE_GROUPS");
  const group = dice.pick(facts.rows.groups);
  const members = dice.chance(0.85) ? randomMembers(scene) : null;
  const name = dice.chance(0.3) ? `Group ${number}` : null;
  const present = versionOf(facts, "GROUP", group.id);
  const expectedVersion = dice.weighted([
    [8, present],
    [1, present - 1],
    [1, undefined],
  ]);
  const parties = members?.flatMap(({ party }) => (party === null || party === "everyone" ? [] : [party]));
  const then: OrganizationFile = {
    ...facts.file,
    groups: {
      ...facts.file.groups,
      ...(parties === undefined ? {} : { [group.key]: { name: group.name, members: parties } }),
    },
  };
  return {
    mutation: "updateGroup",
    as,
    input: {
      id: groupId(group),
      ...(members === null ? {} : { members: members.map(({ input }) => input) }),
      ...(name === null ? {} : { name }),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    },
    select: "group { id name }",
    expected: firstOf(
      unless(!hasTwice(members ?? []), "BAD_USER_INPUT"),
      unless(members === null || expectedVersion !== undefined, "BAD_USER_INPUT"),
      unless(
        (members ?? []).every(({ party }) => party !== null),
        "NOT_FOUND",
      ),
      unless(holds(facts.file, as, "MANAGE_GROUPS", facts.now), "FORBIDDEN"),
      unless(members === null || expectedVersion === present, "CONFLICT"),
      unless(!containsItself(then, group.key), "CONFLICT"),
    ),
    check: (after) => {
      expect(at(after.file.groups, group.key)).toEqual({
        name: name ?? group.name,
        members: at(then.groups, group.key)?.members,
      });
    },
  };
};

/** One by one: who is a member already stays one, and who is none stays none. */
function membersStep(scene: Scene, mutation: "addGroupMembers" | "removeGroupMembers"): Step | null {
  const { facts, dice } = scene;
  if (facts.rows.groups.length === 0) return null;
  const as = somebodyWith(facts, dice, "MANAGE_GROUPS");
  const group = dice.pick(facts.rows.groups);
  const before = at(facts.file.groups, group.key)?.members ?? [];
  const members = randomMembers(scene);
  const named = members.flatMap(({ party }) => (party === null || party === "everyone" ? [] : [party]));
  const isIn = (some: readonly Member[], one: Member) => some.some((each) => isDeepStrictEqual(each, one));
  const then =
    mutation === "addGroupMembers"
      ? [...before, ...named.filter((each) => !isIn(before, each))]
      : before.filter((each) => !isIn(named, each));
  const file = {
    ...facts.file,
    groups: { ...facts.file.groups, [group.key]: { name: group.name, members: then } },
  };
  return {
    mutation,
    as,
    input: { id: groupId(group), members: members.map(({ input }) => input) },
    select: "group { id }",
    expected: firstOf(
      unless(members.length > 0 && !hasTwice(members), "BAD_USER_INPUT"),
      unless(
        members.every(({ party }) => party !== null),
        "NOT_FOUND",
      ),
      unless(holds(facts.file, as, "MANAGE_GROUPS", facts.now), "FORBIDDEN"),
      unless(!containsItself(file, group.key), "CONFLICT"),
    ),
    check: (after) => expect(at(after.file.groups, group.key)?.members).toEqual(then),
  };
}

export const addGroupMembers: Maker = (scene) => membersStep(scene, "addGroupMembers");
export const removeGroupMembers: Maker = (scene) => membersStep(scene, "removeGroupMembers");

export const deleteGroup: Maker = ({ facts, dice }) => {
  const { rows, file, now } = facts;
  if (rows.groups.length <= FEW) return null;
  const as = somebodyWith(facts, dice, "MANAGE_GROUPS");
  const group = dice.pick(rows.groups);
  const force = dice.chance(0.65);
  const named = naming(facts, (party) => "group" in party && party.group === group.key);
  const seesRules = holds(file, as, "MANAGE_DATA_SHARING", now);
  return {
    mutation: "deleteGroup",
    as,
    input: { id: groupId(group), force },
    select: "id removedRules",
    events: 1 + named.events,
    expected: firstOf(
      unless(holds(file, as, "MANAGE_GROUPS", now), "FORBIDDEN"),
      unless(named.rules.length === 0 || !force || seesRules, "FORBIDDEN"),
      unless(named.rules.length === 0 || force, "CONFLICT"),
      unless(!named.rules.some(({ status }) => status === "APPLYING"), "RULE_APPLYING"),
    ),
    check: (after, payload) => {
      expect(payload.removedRules).toHaveLength(named.rules.length);
      expect(at(after.file.groups, group.key)).toBeUndefined();
      named.check(after);
    },
  };
};

function randomMembers({ facts, dice }: Scene): readonly NamedParty[] {
  return Array.from({ length: dice.between(0, 3) }, () => randomParty(facts, dice));
}

function hasTwice(members: readonly NamedParty[]): boolean {
  return members.some(({ input }, at) =>
    members.slice(at + 1).some((other) => isSameParty(input as never, other.input as never)),
  );
}

/** SH-40: is there a way from the group through nested groups back to it? */
function containsItself({ groups }: OrganizationFile, key: string): boolean {
  const met = new Set<string>();
  const open = [key];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const member of at(groups, here)?.members ?? []) {
      if (!("group" in member)) continue;
      if (member.group === key) return true;
      if (!met.has(member.group)) open.push(member.group);
      met.add(member.group);
    }
  }
  return false;
}
