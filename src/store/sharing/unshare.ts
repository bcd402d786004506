import { NotFound } from "../../kernel/fault.ts";
import { asId, type RecordId, type ShareId } from "../../kernel/id.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Happening, write } from "../core/write.ts";
import { judgedRecords } from "../records/judged.ts";
import { readShareRows, type ShareRow } from "./share-row.ts";
import { findShare } from "./shares.ts";
import { rederive, removeShares, shareAsEvent } from "./write-share.ts";

/**
 * Ends a share at once (SH-45). Who may share the record sees its shares; for others this one does not exist.
 *
 * @throws {NotFound}
 */
export function unshareRecord(viewer: Viewer, shareId: ShareId): Promise<{ readonly recordId: RecordId }> {
  return write(viewer, "unshareRecord", async (writing) => {
    const { tx, viewer } = writing;
    // Which record is to be locked is known by the share alone; no record has the id of a share (AP-03).
    const unlocked = (await readShareRows(viewer, [shareId])).get(shareId);
    await viewer.store.database.lockRecords(tx, viewer.orgId, [unlocked?.recordId ?? asId(shareId)]);
    const share = await findShare(viewer, shareId);
    const record = share && (await judgedRecords(viewer).load(share.recordId));
    if (!record) throw new NotFound("input.share");
    await removeShares(writing, [share]);
    await rederive(writing, [{ id: share.recordId, moduleId: record.moduleId }]);
    return { result: { recordId: share.recordId }, happened: [unshared(share)] };
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
