import { asId, type RecordId, type ShareId } from "../../kernel/id.ts";
import type { User } from "../../policy/model/org.ts";
import { loaderOfAdmitted } from "../core/judged.ts";
import { loaderOf } from "../core/loaders.ts";
import type { Viewer } from "../core/viewer.ts";
import { readShareRows, readShares, type ShareRow } from "./share-row.ts";

const sharesOfRecords = loaderOfAdmitted("SHARE", readShares);

/** Whoever asks must see the shares of the record besides: see `findShare`. */
const unadmittedShares = loaderOf(readShareRows);

/** The shares of a record, oldest first, for who may share it now; null for others (SH-42). */
export function sharesOf(viewer: Viewer, recordId: RecordId): Promise<readonly ShareRow[] | null> {
  return sharesOfRecords(viewer).load(recordId);
}

/**
 * A share by its id, for who may share its record now; null when absent or out of reach, which run the same
 * statements (AP-03).
 */
export async function findShare(viewer: Viewer, id: ShareId): Promise<ShareRow | null> {
  const row = await unadmittedShares(viewer).load(id);
  // No record has the id of a share: it is asked for beside the record, which may have been read already, so that an
  // absent share takes the same statements as a hidden one whatever else is asked.
  const asked = [row?.recordId ?? asId<"Record">(id), asId<"Record">(id)];
  const [shares] = await Promise.all(asked.map((recordId) => sharesOfRecords(viewer).load(recordId)));
  return shares?.find((share) => share.id === id) ?? null;
}

/** Who shared it, the support agent included (SA-06); null when it came from an organisation file. */
export function sharerOf(viewer: Viewer, share: ShareRow): User | null {
  return share.sharedById === null ? null : (viewer.policy.users.get(share.sharedById) ?? null);
}
