import type { SupportAccessId } from "../../kernel/id.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { accessAsEvent } from "./content.ts";
import { grantNamed, standingGrant } from "./standing.ts";
import { readEnd, requireDayAhead } from "./window.ts";

export type SupportAccessChange = {
  /** Null is the one that is open. */
  readonly supportAccessId: SupportAccessId | null;
  /** The new last day, `YYYY-MM-DD` in the organisation's time zone. */
  readonly expiresOn: string;
};

/**
 * Moves the end of the access that is open to the end of another day, at once and counted from its beginning (SA-15).
 * Shorter than a day, and so later than it was said, it never becomes.
 *
 * @throws {InvalidInput} naming the input; `CONFLICT` when none is open.
 */
export function updateSupportAccess(
  viewer: Viewer,
  { supportAccessId, expiresOn }: SupportAccessChange,
): Promise<{ readonly supportAccessId: SupportAccessId }> {
  return write(viewer, "updateSupportAccess", {
    read: ({ viewer }) => ({ named: grantNamed(viewer, "input.id", supportAccessId) }),
    change: async (writing, { named }) => {
      const { tx, viewer } = writing;
      const { orgId } = viewer;
      requireDayAhead(viewer, expiresOn);
      const grant = standingGrant(viewer, named);
      const expiresAt = await readEnd(writing, expiresOn, grant.grantedAt);
      const where = { orgId_id: { orgId, id: grant.id } };
      const before = await tx.supportGrant.findUniqueOrThrow({ where, select: { expiresOn: true } });
      await tx.supportGrant.update({ where, data: { expiresOn, expiresAt: new Date(expiresAt) } });
      return {
        result: { supportAccessId: grant.id },
        happened: [
          {
            action: "UPDATE_SUPPORT_ACCESS",
            target: { type: "SupportAccess", id: grant.id },
            before: accessAsEvent({ ...before, expiresAt: grant.expiresAt }),
            after: accessAsEvent({ expiresOn, expiresAt }),
          },
        ],
      };
    },
  });
}
