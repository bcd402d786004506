import type { RecordId, ShareId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import type { Party, ShareLevel } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { partyNamed } from "../directory/party-named.ts";
import { findUser } from "../directory/users.ts";
import { reachedRecord } from "../records/locked.ts";
import { moduleOf } from "../records/relations.ts";
import { admitLevel, requireAhead, requireNews, requireRecipient, requireSharable } from "./admit-share.ts";
import { readShares } from "./share-row.ts";
import { putShare, rederive, shareAsEvent } from "./write-share.ts";

export type WantedShare = {
  readonly recordId: RecordId;
  /** By ids that nobody has looked up yet. */
  readonly recipient: Party;
  readonly level: ShareLevel;
  /** Null when it is not to end. */
  readonly expiresAt: Instant | null;
};

/**
 * Shares a record with a party (SH-41). A second share to the same party replaces the first, whatever its level and
 * end. Who may, at which level and to whom: SH-42, SH-43.
 *
 * @throws {InvalidInput} `ALREADY_VISIBLE` when the recipient is a user to whom it would give nothing.
 */
export function shareRecord(
  viewer: Viewer,
  wanted: WantedShare,
): Promise<{ readonly recordId: RecordId; readonly shareId: ShareId }> {
  const { level, expiresAt } = wanted;
  return write(viewer, "shareRecord", {
    read: async (writing) => {
      const { viewer } = writing;
      requireAhead(viewer, "input.expiresAt", expiresAt);
      const record = await reachedRecord(writing, "input.id", wanted.recordId);
      const recipient = partyNamed(viewer, "input.with", wanted.recipient);
      const module = moduleOf(viewer, record);
      requireSharable("input.id", module);
      return { record, recipient, module };
    },
    change: async (writing, { record, recipient, module }) => {
      const { viewer } = writing;
      await admitLevel(viewer, record, level);
      const key = partyKey(recipient);
      const user = recipient.kind === "USER" ? findUser(viewer, recipient.userId) : null;
      if (user !== null) {
        requireRecipient(viewer, "input.with.user", user, module);
        await requireNews(viewer, "input.with.user", user, record, { level, expiresAt, key });
      }

      const shares = (await readShares(viewer, [record.id])).get(record.id) ?? [];
      const replaced = shares.find((share) => share.party === key) ?? null;
      const share = { recipient, level, expiresAt };
      const shareId = await putShare(writing, record.id, share, replaced);
      await rederive(writing, [record]);
      return {
        result: { recordId: record.id, shareId },
        happened: [
          {
            action: "SHARE_RECORD",
            target: { type: "Record", id: record.id },
            before: replaced && shareAsEvent(replaced),
            after: shareAsEvent({ ...share, id: shareId }),
          },
        ],
      };
    },
  });
}
