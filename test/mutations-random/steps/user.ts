import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { holds } from "../../oracle/oracle.ts";
import { sameEmail } from "../../oracle/people.ts";
import { addressOf, type Facts, rowOf, type UserRow, userId } from "../facts.ts";
import { mayMove } from "../plausible/moving.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import { mayGiveProfile } from "../plausible/profiles.ts";
import { misreports } from "../plausible/reporting.ts";
import type { Maker, Outcome } from "../step.ts";

type Profile = Facts["rows"]["profiles"][number];

export const updateUser: Maker = ({ facts, dice, number }) => {
  const { rows, file, now } = facts;
  const as = somebodyWith(facts, dice, "MANAGE_USERS");
  const user = dice.pick(rows.users);
  const role = dice.chance(0.6) ? dice.pick(rows.roles) : null;
  const profile = dice.chance(0.25) ? dice.pick(rows.profiles) : null;
  const manager = dice.weighted([
    [6, undefined],
    [1.5, null],
    [2, dice.pick(rows.users)],
  ]);
  const isNamed = dice.chance(0.2);
  const changed = {
    ...(role === null ? {} : { role: role.key }),
    ...(manager === undefined ? {} : { reportsTo: manager === null ? undefined : addressOf(manager) }),
  };
  const then = withUser(facts, user, changed);
  const newRole = role !== null && role.id !== user.roleId;
  const newProfile = profile !== null && profile.id !== user.profileId ? profile : null;
  const isNobody = (each: UserRow | null | undefined) => each?.license === "SUPPORT";
  const isGone = (each: UserRow | null | undefined) => each?.status === "DELETED";
  const movesSomebody = newRole || (manager !== undefined && (manager?.id ?? null) !== user.reportsToId);
  const isMoved = movesSomebody || newProfile !== null;
  return {
    mutation: "updateUser",
    as,
    input: {
      id: userId(user),
      ...(role === null ? {} : { role: toGlobalId("Role", role.id) }),
      ...(profile === null ? {} : { profile: toGlobalId("Profile", profile.id) }),
      ...(manager === undefined ? {} : { reportsTo: manager && userId(manager) }),
      ...(isNamed ? { name: `${user.name.split(" ")[0]} ${number}` } : {}),
    },
    select: "user { id role { id } }",
    expected: firstOf(
      unless(!isNobody(user), "NOT_FOUND"),
      unless(profile === null || mayNameProfile(facts, as, profile), "NOT_FOUND"),
      unless(!isNobody(manager) && !isGone(manager), "NOT_FOUND"),
      unless(holds(file, as, "MANAGE_USERS", now), "FORBIDDEN"),
      unless(mayMove(facts, as, isMoved ? [user] : [], then), "FORBIDDEN"),
      unless(
        newProfile === null || mayGiveProfile(facts, as, profileOf(facts, user), newProfile),
        "FORBIDDEN",
      ),
      unless(!isGone(user), "ACTION_NOT_AVAILABLE"),
      newProfile === null ? null : unfit(facts, user, newProfile),
      unless(!movesSomebody || !reportsToSelf(then, addressOf(user)), "CONFLICT"),
      unless(!movesSomebody || misreports(file, then).length === 0, "CONFLICT"),
    ),
    check: (after) => {
      const now = rowOf(after.rows.users, user.id);
      expect(now.roleId).toBe(role?.id ?? user.roleId);
      expect(now.profileId).toBe(profile?.id ?? user.profileId);
      expect(now.reportsToId).toBe(manager === undefined ? user.reportsToId : (manager?.id ?? null));
    },
  };
};

/** UA-30, AP-23: whoever manages people names any profile; others those that they read. */
function mayNameProfile({ rows, file, now }: Facts, as: string, profile: Profile): boolean {
  if (holds(file, as, "MANAGE_USERS", now) || holds(file, as, "MANAGE_PROFILES", now)) return true;
  return rows.users.some((user) => addressOf(user) === as && user.profileId === profile.id);
}

export function profileOf({ rows }: Facts, user: UserRow): Profile | null {
  return user.profileId === null ? null : rowOf(rows.profiles, user.profileId);
}

/** TU-07, UA-51. */
export function unfit({ rows, file }: Facts, user: UserRow, profile: Profile): Outcome | null {
  if ((user.license === "TEAM") !== (profile.kind === "TEAM_USER")) return "ACTION_NOT_AVAILABLE";
  const isAdministrator = ({ profileId }: UserRow) =>
    profileId !== null && rowOf(rows.profiles, profileId).kind === "ADMINISTRATOR";
  if (!isAdministrator(user)) return null;
  if (sameEmail(file.organization.superAdmin, addressOf(user))) return "LAST_ADMINISTRATOR";
  const others = rows.users.filter((each) => each.id !== user.id && each.status === "ACTIVE");
  return user.status !== "ACTIVE" || others.some(isAdministrator) ? null : "LAST_ADMINISTRATOR";
}

/** UA-65: each is decided as `updateUser` would, after those before it. */
export const moveUsers: Maker = (scene) => {
  const { facts, dice } = scene;
  const as = somebodyWith(facts, dice, "MANAGE_USERS");
  const users = dice.sample(facts.rows.users, dice.between(1, 3));
  const isTwice = dice.chance(0.08);
  let file = facts.file;
  const moves = users.map((user) => {
    const role = dice.chance(0.8) ? dice.pick(facts.rows.roles) : null;
    const manager = dice.weighted([
      [6, undefined],
      [2, null],
      [1, dice.pick(facts.rows.users)],
    ]);
    const changed = {
      ...(role === null ? {} : { role: role.key }),
      ...(manager === undefined ? {} : { reportsTo: manager === null ? undefined : addressOf(manager) }),
    };
    const now = { ...facts, file };
    const then = withUser(now, user, changed);
    const isMoved =
      (role !== null && role.id !== user.roleId) ||
      (manager !== undefined && (manager?.id ?? null) !== user.reportsToId);
    const [outcome] = firstOf(
      unless(user.license !== "SUPPORT", "NOT_FOUND"),
      unless(manager?.license !== "SUPPORT" && manager?.status !== "DELETED", "NOT_FOUND"),
      unless(holds(facts.file, as, "MANAGE_USERS", facts.now), "FORBIDDEN"),
      unless(mayMove(now, as, isMoved ? [user] : [], then), "FORBIDDEN"),
      unless(user.status !== "DELETED", "ACTION_NOT_AVAILABLE"),
      unless(!isMoved || !reportsToSelf(then, addressOf(user)), "CONFLICT"),
      unless(!isMoved || misreports(file, then).length === 0, "CONFLICT"),
    );
    if (outcome === "DONE") file = then;
    return { user, role, manager, outcome };
  });
  const items = moves.map(({ user, role, manager }) => ({
    id: userId(user),
    ...(role === null ? {} : { role: toGlobalId("Role", role.id) }),
    ...(manager === undefined ? {} : { reportsTo: manager && userId(manager) }),
  }));
  return {
    mutation: "moveUsers",
    as,
    input: { items: isTwice ? [...items, ...items] : items },
    select: "items { id refusal { code } }",
    expected: firstOf(unless(!isTwice, "BAD_USER_INPUT")),
    events: moves.filter(({ outcome }) => outcome === "DONE").length,
    check: (after, payload) => {
      const told = payload.items.map(
        ({ refusal }: { refusal: { code: string } | null }) => refusal?.code ?? "DONE",
      );
      expect(told).toEqual(moves.map(({ outcome }) => outcome));
      for (const { user, role, manager, outcome } of moves) {
        const is = rowOf(after.rows.users, user.id);
        const isDone = outcome === "DONE";
        expect(is.roleId).toBe((isDone ? role?.id : null) ?? user.roleId);
        expect(is.reportsToId).toBe(
          isDone && manager !== undefined ? (manager?.id ?? null) : user.reportsToId,
        );
      }
    },
  };
};

export function withUser({ file }: Facts, user: UserRow, changed: object): Facts["file"] {
  const email = addressOf(user);
  const entry = file.users[email];
  if (entry === undefined) return file;
  return { ...file, users: { ...file.users, [email]: { ...entry, ...changed } } };
}

/** SH-25: a cycle is refused. */
export function reportsToSelf({ users }: Facts["file"], email: string): boolean {
  const met = new Set<string>();
  for (let at = users[email]?.reportsTo; at !== undefined && !met.has(at); at = users[at]?.reportsTo) {
    if (at === email) return true;
    met.add(at);
  }
  return false;
}
