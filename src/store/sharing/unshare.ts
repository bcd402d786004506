import { NotFound } from "../../kernel/fault.ts";
import { asId, type RecordId, type ShareId } from "../../kernel/id.ts";
import type { Happening } from "../core/audit-event.ts";
import { judgedRecords } from "../core/judged.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readShareRows, type ShareRow } from "./share-row.ts";
import { findShare } from "./shares.ts";
import { rederive, removeShares, shareAsEvent } from "./write-share.ts";

/**
 * Ends a share at once (SH-45). Who may share the record sees its shares; for others this one does not exist.
 *
 * @throws {NotFound}
 */
export function unshareRecord(viewer: Viewer, shareId: ShareId): Promise<{ readonly recordId: RecordId }> {
  return write(viewer, "unshareRecord", {
    read: async ({ tx, viewer }) => {
      // Which record is to be locked is known by the share alone; no record has the id of a share (AP-03).
      const unlocked = (await readShareRows(viewer, [shareId])).get(shareId);
      await viewer.store.database.lockRecords(tx, viewer.orgId, [unlocked?.recordId ?? asId(shareId)]);
      const share = await findShare(viewer, shareId);
      const judged = share && (await judgedRecords(viewer).load(share.recordId));
      if (!judged) throw new NotFound("input.share");
      return { share, record: { id: share.recordId, moduleId: judged.moduleId } };
    },
    change: async (writing, { share, record }) => {
      await removeShares(writing, [share]);
      await rederive(writing, [record]);
      return { result: { recordId: record.id }, happened: [unshared(share)] };
    },
  });
}

/** That a share has ended, as an event of its record. */
export function unshared(share: ShareRow): Happening {
  return {
    action: "UNSHARE_RECORD",
    target: { type: "Record", id: share.recordId },
    before: shareAsEvent(share),
    after: null,
  };
}
