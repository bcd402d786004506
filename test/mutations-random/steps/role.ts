import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { holds } from "../../oracle/oracle.ts";
import { isAncestorRole } from "../../oracle/people.ts";
import type { Facts, RoleRow } from "../facts.ts";
import { addressOf, userId } from "../facts.ts";
import { mayMove } from "../plausible/moving.ts";
import { naming } from "../plausible/naming.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import { isAbove, misreports } from "../plausible/reporting.ts";
import type { Maker } from "../step.ts";

/** How many roles there are about. */
const [FEW, MANY] = [5, 11];

const roleId = ({ id }: RoleRow) => toGlobalId("Role", id);
const ABSENT = toGlobalId("Role", "00000000-0000-7000-8000-000000000000");

/** Nobody names the support agent (SA-06) or a tombstone (UA-61). */
const isPresent = ({ license, status }: Facts["rows"]["users"][number]) =>
  license !== "SUPPORT" && status !== "DELETED";

export const createRole: Maker = ({ facts, dice, number }) => {
  const { roles, users } = facts.rows;
  if (roles.length >= MANY) return null;
  const as = somebodyWith(facts, dice, "MANAGE_ROLES");
  const parent = dice.weighted([
    [8, roleId(dice.pick(roles))],
    [2, null],
    [0.5, ABSENT],
  ]);
  const key = dice.weighted([
    [5, undefined],
    [3, `new-role-${number}`],
    [1, dice.pick(roles).key],
    [0.5, "-no key"],
  ]);
  const manager = dice.chance(0.3) ? dice.pick(users) : null;
  const input = {
    name: `Role ${number}`,
    shareDataWithPeers: dice.chance(0.4),
    ...(parent === null ? {} : { parent }),
    ...(key === undefined ? {} : { key }),
    ...(manager === null ? {} : { forecastManager: userId(manager) }),
  };
  return {
    mutation: "createRole",
    as,
    input,
    select: "role { id key name }",
    expected: firstOf(
      unless(key !== "-no key", "BAD_USER_INPUT"),
      unless(parent !== ABSENT && (manager === null || isPresent(manager)), "NOT_FOUND"),
      unless(holds(facts.file, as, "MANAGE_ROLES", facts.now), "FORBIDDEN"),
      unless(!roles.some((role) => role.key === key), "CONFLICT"),
    ),
    check: (after, { role }) => {
      expect(role.name).toBe(input.name);
      expect(after.file.roles[role.key]).toMatchObject({
        name: input.name,
        shareDataWithPeers: input.shareDataWithPeers,
        ...(manager === null ? {} : { forecastManager: addressOf(manager) }),
      });
      const made = after.rows.roles.find(({ key }) => key === role.key);
      expect(made?.parentId ?? null).toBe(roles.find((each) => roleId(each) === parent)?.id ?? null);
    },
  };
};

export const updateRole: Maker = ({ facts, dice, number }) => {
  const { roles, users } = facts.rows;
  const as = somebodyWith(facts, dice, "MANAGE_ROLES");
  const role = dice.pick(roles);
  const holders = users.filter((user) => user.roleId === role.id);
  const manager = dice.weighted([
    [3, undefined],
    [1, null],
    [4, dice.pick(holders.length > 0 ? holders : users)],
    [0.5, dice.pick(users)],
  ] as const);
  const peers = dice.weighted([
    [3, undefined],
    [4, !role.shareDataWithPeers],
    [0.4, null],
  ] as const);
  const isAbsent = dice.chance(0.04);
  return {
    mutation: "updateRole",
    as,
    input: {
      id: isAbsent ? ABSENT : roleId(role),
      ...(dice.chance(0.3) ? { name: `Role ${number}` } : {}),
      ...(peers === undefined ? {} : { shareDataWithPeers: peers }),
      ...(manager === undefined ? {} : { forecastManager: manager && userId(manager) }),
    },
    select: "role { id }",
    expected: firstOf(
      unless(peers !== null, "BAD_USER_INPUT"),
      unless(!isAbsent && (manager == null || isPresent(manager)), "NOT_FOUND"),
      unless(holds(facts.file, as, "MANAGE_ROLES", facts.now), "FORBIDDEN"),
    ),
    check: (after) => {
      const changed = after.rows.roles.find(({ id }) => id === role.id);
      expect(changed?.shareDataWithPeers).toBe(peers ?? role.shareDataWithPeers);
      const wanted = manager === undefined ? role.forecastManagerId : (manager?.id ?? null);
      expect(changed?.forecastManagerId).toBe(wanted);
    },
  };
};

export const moveRole: Maker = ({ facts, dice }) => {
  const { roles } = facts.rows;
  const as = somebodyWith(facts, dice, "MANAGE_ROLES");
  const role = dice.pick(roles);
  const outside = roles.filter((each) => !isWithin(facts, each, role));
  const parent = dice.weighted([
    [8, dice.pick(outside.length > 0 ? outside : roles)],
    [1.5, null],
    [2, dice.pick(roles)],
  ]);
  const moved = withRoles(facts, (key, entry) => {
    if (key !== role.key) return entry;
    const { parent: _, ...rest } = entry;
    return parent === null ? rest : { ...rest, parent: parent.key };
  });
  const isLoop = parent !== null && isWithin(facts, parent, role);
  return {
    mutation: "moveRole",
    as,
    input: { id: roleId(role), ...(parent === null ? {} : { parent: roleId(parent) }) },
    select: "role { id parent { id } }",
    expected: firstOf(
      unless(holds(facts.file, as, "MANAGE_ROLES", facts.now), "FORBIDDEN"),
      unless(mayMove(facts, as, [], moved), "FORBIDDEN"),
      unless(!isLoop && misreports(facts.file, moved).length === 0, "CONFLICT"),
    ),
    check: (after) => {
      expect(after.rows.roles.find(({ id }) => id === role.id)?.parentId).toBe(parent?.id ?? null);
    },
  };
};

/** Whether a role is another one or below it. */
function isWithin({ file }: Facts, role: RoleRow, other: RoleRow): boolean {
  return role.id === other.id || isAncestorRole(file, other.key, role.key);
}

type RoleEntries = Facts["file"]["roles"];

function withRoles(
  { file }: Facts,
  change: (key: string, entry: RoleEntries[string]) => RoleEntries[string],
): Facts["file"] {
  const roles = Object.entries(file.roles).map(([key, entry]) => [key, change(key, entry)]);
  return { ...file, roles: Object.fromEntries(roles) };
}

export const deleteRole: Maker = ({ facts, dice }) => {
  const { rows, file, now } = facts;
  if (rows.roles.length <= FEW) return null;
  const as = somebodyWith(facts, dice, "MANAGE_ROLES");
  const role = dice.pick(rows.roles);
  const users = rows.users.filter((user) => user.roleId === role.id);
  const children = rows.roles.filter(({ parentId }) => parentId === role.id);
  const others = rows.roles.filter((each) => !isWithin(facts, each, role));
  const above = others.filter((each) => each.id === role.parentId || isAbove(file, each.key, role.key));
  const heir = dice.weighted([
    [6, dice.pick(above.length > 0 ? above : others.length > 0 ? others : rows.roles)],
    [2, dice.pick(rows.roles)],
    [users.length + children.length === 0 ? 6 : 1, null],
  ]);
  const force = dice.chance(0.7);
  const named = naming(
    facts,
    (party) => Object.values(party).includes(role.key) && !("group" in party || "user" in party),
  );
  const gone = withoutRole(facts, role, heir);
  const seesRules = holds(file, as, "MANAGE_DATA_SHARING", now);
  return {
    mutation: "deleteRole",
    as,
    input: { id: roleId(role), ...(heir === null ? {} : { transferTo: roleId(heir) }), force },
    select: "id removedRules",
    events: 1 + named.events + (heir === null ? 0 : users.length + children.length),
    expected: firstOf(
      unless(heir?.id !== role.id, "BAD_USER_INPUT"),
      unless(holds(file, as, "MANAGE_ROLES", now), "FORBIDDEN"),
      unless(heir === null || mayMove(facts, as, users, gone), "FORBIDDEN"),
      unless(named.rules.length === 0 || !force || seesRules, "FORBIDDEN"),
      unless(named.rules.length === 0 || force, "CONFLICT"),
      unless(!named.rules.some(({ status }) => status === "APPLYING"), "RULE_APPLYING"),
      unless(heir !== null || users.length + children.length === 0, "CONFLICT"),
      unless(heir === null || !isWithin(facts, heir, role), "CONFLICT"),
      unless(heir === null || misreports(file, gone).length === 0, "CONFLICT"),
    ),
    check: (after, payload) => {
      expect(payload.removedRules).toHaveLength(named.rules.length);
      expect(Object.keys(after.file.roles).sort()).toEqual(Object.keys(gone.roles).sort());
      for (const user of users) expect(after.file.users[addressOf(user)]?.role ?? heir?.key).toBe(heir?.key);
      named.check(after);
    },
  };
};

/** The file without a role, whose users and child roles go to the heir. */
function withoutRole(facts: Facts, { key }: RoleRow, heir: RoleRow | null): Facts["file"] {
  const { roles, users } = facts.file;
  const parent = heir === null ? {} : { parent: heir.key };
  return {
    ...facts.file,
    roles: Object.fromEntries(
      Object.entries(roles)
        .filter(([each]) => each !== key)
        .map(([each, entry]) => [each, entry.parent === key ? { ...entry, ...parent } : entry]),
    ),
    users: Object.fromEntries(
      Object.entries(users).map(([email, entry]) => [
        email,
        entry.role === key ? { ...entry, role: heir?.key ?? "" } : entry,
      ]),
    ),
  };
}
