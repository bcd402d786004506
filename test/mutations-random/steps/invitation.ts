import { expect } from "vitest";
import { holds } from "../../oracle/oracle.ts";
import { addressOf, type Facts, rowOf, type UserRow, userId } from "../facts.ts";
import { firstOf, somebody, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker } from "../step.ts";

/** A token that is in a mail, or was; with what the tables say of it now. */
type Mailed = { readonly token: string; readonly row: Facts["rows"]["tokens"][number] | null };

/** A token of the purpose that somebody holds; mostly one that is open. */
export function mailed({ rows }: Facts, purpose: "INVITATION" | "ADDRESS_CONFIRMATION"): readonly Mailed[] {
  return rows.mails.flatMap(({ kind, secret, userId: id }) => {
    if (kind !== purpose || secret === null) return [];
    // Of each person and purpose one token is open, and only its mail still has it.
    const row = rows.tokens.find((each) => each.purpose === purpose && each.userId === id) ?? null;
    return [{ token: secret, row }];
  });
}

/** No token, though it looks like one. */
export const NO_TOKEN = "x".repeat(43);

export const resendInvitation: Maker = ({ facts, dice }) => {
  const { rows, file, now } = facts;
  const as = somebodyWith(facts, dice, "MANAGE_USERS");
  const pending = rows.users.filter(({ status }) => status === "PENDING");
  const user = pending.length > 0 && dice.chance(0.7) ? dice.pick(pending) : dice.pick(rows.users);
  return {
    mutation: "resendInvitation",
    as,
    input: { id: userId(user) },
    select: "user { id }",
    expected: firstOf(
      unless(user.license !== "SUPPORT", "NOT_FOUND"),
      unless(holds(file, as, "MANAGE_USERS", now), "FORBIDDEN"),
      unless(user.status === "PENDING", "ACTION_NOT_AVAILABLE"),
      unless(hasFewMails(facts, user, "INVITATION"), "LIMIT_EXCEEDED"),
    ),
    check: ({ rows: after }) => {
      const tokens = after.tokens.filter((each) => each.userId === user.id && each.purpose === "INVITATION");
      expect(tokens).toMatchObject([{ address: user.email, createdAt: new Date(now) }]);
    },
  };
};

/** At most twenty mails of a kind in an hour. */
export function hasFewMails({ rows, now }: Facts, user: UserRow, kind: string): boolean {
  const recent = rows.mails.filter(
    (each) =>
      each.userId === user.id && each.kind === kind && each.createdAt.getTime() > now - 60 * 60 * 1_000,
  );
  return recent.length < 20;
}

export const acceptInvitation: Maker = ({ facts, dice }) => {
  const { rows, now } = facts;
  const tokens = mailed(facts, "INVITATION");
  const held = tokens.length > 0 && dice.chance(0.8) ? dice.pick(tokens) : { token: NO_TOKEN, row: null };
  const { token, row } = held;
  const user = row === null ? null : rowOf(rows.users, row.userId);
  const isInvited = user?.status === "PENDING" && user.email === row?.address;
  return {
    mutation: "acceptInvitation",
    // Whoever sends it, and were it nobody, it is the holder who does it.
    as: somebody(facts, dice),
    ...(user === null ? {} : { actor: addressOf(user) }),
    input: { token },
    select: "user { id status }",
    expected: firstOf(
      unless(isInvited, "NOT_FOUND"),
      unless(row !== null && now < row.expiresAt.getTime(), "ACTION_NOT_AVAILABLE"),
    ),
    check: ({ rows: after }, payload) => {
      expect(payload.user).toMatchObject({ status: "ACTIVE" });
      expect(rowOf(after.users, user?.id).status).toBe("ACTIVE");
      expect(after.tokens.filter((each) => each.userId === user?.id)).toEqual([]);
    },
  };
};
