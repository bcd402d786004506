import { expect } from "vitest";
import { holds } from "../../oracle/oracle.ts";
import { sameEmail } from "../../oracle/people.ts";
import type { Dice } from "../../random/dice.ts";
import { addressOf, type Facts, rowOf, type UserRow, userId } from "../facts.ts";
import { naming } from "../plausible/naming.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker, Outcome } from "../step.ts";

/** So many go: whoever is left has to do everything else. */
const [MOST_INACTIVE, MOST_DELETED] = [3, 3];

/** Without them nothing can be done any more. */
const NEEDED = ["root@acme.test", "ada@acme.test"];

const ADMINISTERS = "MANAGE_ADMIN_PERMISSIONS";

const withStatus = ({ rows }: Facts, status: UserRow["status"]) =>
  rows.users.filter((user) => user.status === status && user.license !== "SUPPORT");

/** Somebody to go, now and then one who cannot; null when enough have gone. */
function leaver(facts: Facts, dice: Dice, isFull: boolean): UserRow | null {
  const stays = ({ email }: UserRow) => NEEDED.includes(email ?? "");
  const impossible = facts.rows.users.filter(
    ({ license, status, email }) => license === "SUPPORT" || status === "DELETED" || email === NEEDED[0],
  );
  if (dice.chance(0.3)) return dice.pick(impossible);
  const people = facts.rows.users.filter(
    (user) => !stays(user) && user.license !== "SUPPORT" && user.status !== "DELETED",
  );
  return isFull || people.length === 0 ? null : dice.pick(people);
}

/** UA-02: administrators alone. */
export function administers({ file, now }: Facts, as: string): boolean {
  return holds(file, as, ADMINISTERS, now) && holds(file, as, "MANAGE_USERS", now);
}

/** UA-51: the super administrator, and the last who is active with the Administrator profile. */
function mustStay({ rows, file }: Facts, user: UserRow, gone: ReadonlySet<string> = new Set()): boolean {
  if (sameEmail(file.organization.superAdmin, addressOf(user))) return true;
  const administers = (each: UserRow) =>
    each.status === "ACTIVE" &&
    !gone.has(each.id) &&
    each.profileId !== null &&
    rowOf(rows.profiles, each.profileId).kind === "ADMINISTRATOR";
  return administers(user) && !rows.users.some((each) => each.id !== user.id && administers(each));
}

function whyNotDeactivated(facts: Facts, user: UserRow, gone?: ReadonlySet<string>): Outcome | null {
  if (user.license === "SUPPORT") return "NOT_FOUND";
  if (user.status === "DELETED" || user.status === "INACTIVE" || gone?.has(user.id))
    return "ACTION_NOT_AVAILABLE";
  return mustStay(facts, user, gone) ? "LAST_ADMINISTRATOR" : null;
}

function isDeactivated(after: Facts, { id, status }: UserRow): void {
  const now = rowOf(after.rows.users, id);
  expect([now.status, now.neverAccepted]).toEqual(["INACTIVE", status === "PENDING"]);
  expect(now.applications.filter(({ isEnabled }) => isEnabled)).toEqual([]);
}

export const deactivateUser: Maker = ({ facts, dice }) => {
  const as = somebodyWith(facts, dice, ADMINISTERS);
  const user = leaver(facts, dice, withStatus(facts, "INACTIVE").length >= MOST_INACTIVE);
  if (user === null) return null;
  return {
    mutation: "deactivateUser",
    as,
    input: { id: userId(user) },
    select: "user { id status } dependents { lastAdminOf { key } }",
    expected: firstOf(
      unless(user.license !== "SUPPORT", "NOT_FOUND"),
      unless(administers(facts, as), "FORBIDDEN"),
      whyNotDeactivated(facts, user),
    ),
    check: (after) => isDeactivated(after, user),
  };
};

export const deactivateUsers: Maker = ({ facts, dice }) => {
  const as = somebodyWith(facts, dice, ADMINISTERS);
  const isFull = withStatus(facts, "INACTIVE").length + 1 >= MOST_INACTIVE;
  const users = new Set(
    Array.from({ length: 2 }, () => leaver(facts, dice, isFull)).filter((user) => user !== null),
  );
  if (users.size === 0) return null;
  const isTwice = dice.chance(0.1);
  const named = isTwice ? [...users, ...users] : [...users];
  const gone = new Set<string>();
  const refusals = named.map((user) => {
    if (user.license === "SUPPORT") return "NOT_FOUND";
    if (!administers(facts, as)) return "FORBIDDEN";
    const why = whyNotDeactivated(facts, user, gone);
    if (why === null) gone.add(user.id);
    return why;
  });
  return {
    mutation: "deactivateUsers",
    as,
    input: { items: named.map(userId) },
    select: "items { id isDone refusal { code } }",
    expected: firstOf(unless(!isTwice, "BAD_USER_INPUT")),
    events: gone.size,
    check: (after, { items }) => {
      expect(items.map(({ refusal }: { refusal: { code: string } | null }) => refusal?.code ?? null)).toEqual(
        refusals,
      );
      for (const id of gone) isDeactivated(after, rowOf(facts.rows.users, id));
    },
  };
};

export const deleteUser: Maker = ({ facts, dice }) => {
  const { rows, file, now } = facts;
  const as = somebodyWith(facts, dice, ADMINISTERS);
  const user = leaver(facts, dice, withStatus(facts, "DELETED").length >= MOST_DELETED);
  if (user === null) return null;
  const force = dice.chance(0.7);
  const confirm = dice.chance(0.8);
  const address = addressOf(user);
  const named = naming(facts, (party) => "user" in party && sameEmail(party.user, address));
  const roles = rows.roles.filter((role) => role.forecastManagerId === user.id);
  const seesRules = holds(file, as, "MANAGE_DATA_SHARING", now);
  return {
    mutation: "deleteUser",
    as,
    input: { id: userId(user), force, ...(confirm || dice.chance(0.5) ? { confirm } : {}) },
    select: "id removedRules",
    events: 1 + named.events + roles.length,
    expected: firstOf(
      unless(user.license !== "SUPPORT", "NOT_FOUND"),
      unless(administers(facts, as), "FORBIDDEN"),
      unless(named.rules.length === 0 || !force || seesRules, "FORBIDDEN"),
      unless(confirm, "CONFIRMATION_REQUIRED"),
      unless(user.status !== "DELETED", "ACTION_NOT_AVAILABLE"),
      unless(!mustStay(facts, user), "LAST_ADMINISTRATOR"),
      unless(named.rules.length === 0 || force, "CONFLICT"),
      unless(!named.rules.some(({ status }) => status === "APPLYING"), "RULE_APPLYING"),
    ),
    check: (after, payload) => {
      expect(payload.removedRules).toHaveLength(named.rules.length);
      expect(rowOf(after.rows.users, user.id)).toMatchObject({
        status: "DELETED",
        email: null,
        isAdministrator: false,
        ...{ name: user.name, seq: user.seq, roleId: user.roleId, reportsToId: user.reportsToId },
        applications: [],
        teamMemberships: [],
      });
      for (const { id } of roles) expect(rowOf(after.rows.roles, id).forecastManagerId).toBeNull();
      named.check(after);
    },
  };
};
