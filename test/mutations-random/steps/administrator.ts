import { expect } from "vitest";
import { holds } from "../../oracle/oracle.ts";
import { sameEmail } from "../../oracle/people.ts";
import { addressOf, type Facts, rowOf, type UserRow, userId } from "../facts.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker } from "../step.ts";
import { administers } from "./leaving.ts";

const isSuper = ({ file }: Facts, user: UserRow) => sameEmail(file.organization.superAdmin, addressOf(user));

export const addAdministrators: Maker = ({ facts, dice }) => {
  const as = somebodyWith(facts, dice, "MANAGE_ADMIN_PERMISSIONS");
  const fitting = facts.rows.users.filter(
    ({ status, license }) => status === "ACTIVE" && license === "REGULAR",
  );
  // Where everybody administers, nothing is refused any more.
  if (facts.rows.users.filter(({ isAdministrator }) => isAdministrator).length > 2) return null;
  const users = dice.sample(dice.chance(0.7) ? fitting : facts.rows.users, dice.between(1, 2));
  const made = users.filter((user) => !user.isAdministrator && !isSuper(facts, user));
  return {
    mutation: "addAdministrators",
    as,
    input: { users: users.map(userId) },
    select: "users { id isAdministrator }",
    events: made.length,
    expected: firstOf(
      unless(
        users.every(({ license }) => license !== "SUPPORT"),
        "NOT_FOUND",
      ),
      unless(administers(facts, as), "FORBIDDEN"),
      unless(
        users.every(({ status, license }) => status === "ACTIVE" && license !== "TEAM"),
        "ACTION_NOT_AVAILABLE",
      ),
    ),
    check: (after) => {
      for (const { id } of made) {
        expect(rowOf(after.rows.users, id).isAdministrator).toBe(true);
        const address = addressOf(rowOf(after.rows.users, id));
        expect(holds(after.file, address, "MANAGE_USERS", after.now)).toBe(true);
      }
    },
  };
};

export const revokeAdministrator: Maker = ({ facts, dice }) => {
  const as = somebodyWith(facts, dice, "MANAGE_ADMIN_PERMISSIONS");
  const administrators = facts.rows.users.filter(({ isAdministrator }) => isAdministrator);
  const user = dice.pick(administrators.length > 0 && dice.chance(0.7) ? administrators : facts.rows.users);
  return {
    mutation: "revokeAdministrator",
    as,
    input: { id: userId(user) },
    select: "user { id isAdministrator }",
    expected: firstOf(
      unless(user.license !== "SUPPORT", "NOT_FOUND"),
      unless(administers(facts, as), "FORBIDDEN"),
      unless(user.status !== "DELETED", "ACTION_NOT_AVAILABLE"),
      unless(!isSuper(facts, user), "LAST_ADMINISTRATOR"),
      unless(user.isAdministrator, "ACTION_NOT_AVAILABLE"),
    ),
    check: (after) => expect(rowOf(after.rows.users, user.id).isAdministrator).toBe(false),
  };
};
