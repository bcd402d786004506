import { NotFound } from "../../../kernel/fault.ts";
import type { UserId } from "../../../kernel/id.ts";
import { type Stranger, writeAsHolder } from "../../core/write.ts";
import { heldToken, requireInTime } from "../../mail/held.ts";
import { voidTokens } from "../../mail/write.ts";

/** Who came in, and where. */
export type Accepted = { readonly orgKey: string; readonly userId: UserId };

/**
 * Accepts an invitation: whoever shows its token is `ACTIVE` from now on, and the token is used up (UA-20).
 *
 * A token that was used, replaced or withdrawn, whose person was deactivated or has another address by now, and any other
 * text are one answer.
 *
 * @throws {NotFound} for all of these.
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE` for one that was good and came too late.
 */
export function acceptInvitation(stranger: Stranger, token: string): Promise<Accepted> {
  return writeAsHolder(stranger, "acceptInvitation", "input.token", {
    find: (db) => heldToken(db, "INVITATION", token),
    change: async ({ tx, viewer }, held) => {
      const { orgId, user, policy, now } = viewer;
      const { id, status, email } = user;
      if (status !== "PENDING" || email !== held.address) throw new NotFound("input.token");
      requireInTime(held, now, "The invitation has expired: ask whoever invited you for a new one.", "UA-20");
      await tx.user.update({ where: { orgId_id: { orgId, id } }, data: { status: "ACTIVE" } });
      await voidTokens(tx, orgId, [id], ["INVITATION"]);
      return {
        result: { orgKey: policy.org.key, userId: id },
        happened: [
          {
            action: "ACCEPT_INVITATION",
            target: { type: "User", id },
            before: { status },
            after: { status: "ACTIVE" },
          },
        ],
      };
    },
  });
}
