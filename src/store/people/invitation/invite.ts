import type { User } from "../../../policy/model/org.ts";
import type { Writing } from "../../core/write.ts";
import { mailTokens, voidTokens, WAKES_MAIL } from "../../mail/write.ts";

/** Whoever writes an invitation hands this back as `wakes`, so that the mail goes soon. */
export const WAKES_INVITATIONS = WAKES_MAIL;

/** A person who is invited, as their row is written; the address is the one that the mail goes to. */
export type Invited = Pick<User, "id" | "name"> & { readonly email: string };

/**
 * Invites people who are `PENDING` when this transaction ends: each gets a token, single-use and good for seven days,
 * and the mail that carries it. Whatever invitation they had is dead at once (UA-20, UA-21).
 *
 * Who may invite whom is asked before, by the command; the rows of the people must have been written. The command wakes
 * `WAKES_INVITATIONS`.
 */
export function invite(writing: Writing, people: readonly Invited[]): Promise<void> {
  const addressees = people.map(({ id, name, email }) => ({ id, name, address: email }));
  return mailTokens(writing, "INVITATION", addressees);
}

/** Ends what people hold by mail: of those who are deactivated or deleted nothing opens anything any more (UA-13). */
export function withdrawInvitations(
  { tx, viewer }: Writing,
  people: readonly Pick<User, "id">[],
): Promise<void> {
  return voidTokens(
    tx,
    viewer.orgId,
    people.map(({ id }) => id),
    ["INVITATION", "ADDRESS_CONFIRMATION"],
  );
}
