import { formatInstant } from "../../kernel/calendar.ts";
import type { SupportAccessId } from "../../kernel/id.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { requireConfirmed } from "../directory/reached-module.ts";
import { grantNamed, standingGrant } from "./standing.ts";

export type SupportRevocation = {
  /** Null is the one that is open. */
  readonly supportAccessId: SupportAccessId | null;
  readonly isConfirmed: boolean;
};

/**
 * Closes the door to the agent at once (SA-04); what the agent owns stays (SA-10).
 *
 * @throws {InvalidInput} `CONFIRMATION_REQUIRED` unless it is meant; `CONFLICT` when none is open.
 */
export function revokeSupportAccess(
  viewer: Viewer,
  { supportAccessId, isConfirmed }: SupportRevocation,
): Promise<{ readonly supportAccessId: SupportAccessId }> {
  return write(viewer, "revokeSupportAccess", {
    read: ({ viewer }) => ({ named: grantNamed(viewer, "input.id", supportAccessId) }),
    change: async ({ tx, viewer }, { named }) => {
      const { orgId, now } = viewer;
      requireConfirmed(isConfirmed, "The agent is shut out at once.");
      const { id, grantedAt } = standingGrant(viewer, named);
      // One that begins later never does.
      const revokedAt = Math.max(now, grantedAt);
      await tx.supportGrant.update({
        where: { orgId_id: { orgId, id } },
        data: { revokedAt: new Date(revokedAt), revokedById: viewer.user.id },
      });
      return {
        result: { supportAccessId: id },
        happened: [
          {
            action: "REVOKE_SUPPORT_ACCESS",
            target: { type: "SupportAccess", id },
            before: { revokedAt: null },
            after: { revokedAt: formatInstant(revokedAt) },
          },
        ],
      };
    },
  });
}
