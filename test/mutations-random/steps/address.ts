import { expect } from "vitest";
import { holds } from "../../oracle/oracle.ts";
import { isAgent } from "../../oracle/support.ts";
import { addressOf, type Facts, personOf, rowOf, type UserRow, userId } from "../facts.ts";
import { firstOf, somebody, somebodyWith, unless } from "../plausible/predict.ts";
import { mayGiveProfile } from "../plausible/profiles.ts";
import type { Maker } from "../step.ts";
import { type Application, administers } from "./application.ts";
import { hasFewMails, mailed, NO_TOKEN } from "./invitation.ts";

export const changeUserEmail: Maker = ({ facts, dice, number }) => {
  const { rows } = facts;
  const as = somebodyWith(facts, dice, "MANAGE_USERS");
  const self = personOf(facts, as);
  const user = dice.chance(0.4) ? self : dice.pick(rows.users);
  const email = dice.weighted([
    [6, `n${number}@acme.test`],
    [1, addressOf(dice.pick(rows.users))],
    [1, "no address"],
  ]);
  const isOwn = user.id === self.id;
  return {
    mutation: "changeUserEmail",
    as,
    input: { id: userId(user), email: dice.chance(0.2) ? email.toUpperCase() : email },
    select: "user { id email } isConfirmationSent",
    expected: firstOf(
      unless(email !== "no address", "BAD_USER_INPUT"),
      unless(isOwn || user.license !== "SUPPORT", "NOT_FOUND"),
      unless(isOwn ? !isAgent(facts.file, as) : mayTakeOver(facts, as, user), "FORBIDDEN"),
      unless(isOwn || user.status !== "DELETED", "ACTION_NOT_AVAILABLE"),
      unless(user.email !== email, "CONFLICT"),
      unless(isOwn || rows.users.every((each) => each.email !== email), "CONFLICT"),
      unless(!isOwn || hasFewMails(facts, user, "ADDRESS_CONFIRMATION"), "LIMIT_EXCEEDED"),
    ),
    check: ({ rows: after }, payload) => {
      expect(payload.isConfirmationSent).toBe(isOwn);
      const now = rowOf(after.users, user.id);
      expect(now.email).toBe(isOwn ? user.email : email);
      expect(now.addressSince).toEqual(isOwn ? user.addressSince : new Date(facts.now));
      const tokens = after.tokens.filter((each) => each.userId === user.id);
      if (isOwn) expect(tokens).toContainEqual(expect.objectContaining({ address: email }));
      else expect(tokens.map(({ address }) => address)).toEqual(user.status === "PENDING" ? [email] : []);
    },
  };
};

/** UA-63: every guard on giving that person's profile, and more for administrators. */
function mayTakeOver(facts: Facts, as: string, user: UserRow): boolean {
  const { rows, file, now } = facts;
  const has = (capability: string) => holds(file, as, capability, now);
  if (!has("MANAGE_USERS") || user.id === rows.organization.superAdminId) return false;
  if (user.isAdministrator && !has("MANAGE_ADMIN_PERMISSIONS")) return false;
  if (rows.applications.some((each) => hasAdministrator(each, user) && !administers(facts, as, each)))
    return false;
  return user.profileId === null || mayGiveProfile(facts, as, null, rowOf(rows.profiles, user.profileId));
}

export const confirmUserEmail: Maker = ({ facts, dice }) => {
  const { rows, now } = facts;
  const tokens = mailed(facts, "ADDRESS_CONFIRMATION");
  const good = tokens.filter(
    ({ row }) =>
      row !== null && now < row.expiresAt.getTime() && rows.users.every(({ email }) => email !== row.address),
  );
  const offered = good.length > 0 && dice.chance(0.7) ? good : tokens;
  const held = offered.length > 0 && dice.chance(0.9) ? dice.pick(offered) : { token: NO_TOKEN, row: null };
  const { token, row } = held;
  const holder = row === null ? null : rowOf(rows.users, row.userId);
  const mayHold = somebody(facts, dice, (email) => holder !== null && addressOf(holder) === email, 0.9);
  const self = personOf(facts, mayHold);
  return {
    mutation: "confirmUserEmail",
    as: mayHold,
    input: { token },
    select: "user { id email }",
    expected: firstOf(
      unless(row !== null && self.id === row.userId, "NOT_FOUND"),
      unless(row !== null && now < row.expiresAt.getTime(), "ACTION_NOT_AVAILABLE"),
      unless(
        rows.users.every(({ email }) => email !== row?.address),
        "CONFLICT",
      ),
    ),
    check: ({ rows: after }) => {
      const then = rowOf(after.users, self.id);
      expect([then.email, then.addressSince]).toEqual([row?.address, new Date(now)]);
      expect(after.tokens.filter((each) => each.userId === self.id)).toEqual([]);
    },
  };
};

function hasAdministrator({ administrators }: Application, { id }: UserRow): boolean {
  return administrators.some(({ userId: each }) => each === id);
}
