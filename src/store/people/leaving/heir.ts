import type { User } from "../../../policy/model/org.ts";
import type { Happening } from "../../core/audit-event.ts";
import type { JobName } from "../../core/jobs/job.ts";
import type { Viewer } from "../../core/viewer.ts";
import type { Writing } from "../../core/write.ts";
import {
  type AdmittedModules,
  admitEverything,
  beginTransfer,
  type Heir,
  type HeirPlaces,
  readHeir,
  type WantedHeir,
} from "../transfers/begin.ts";

const PLACES: HeirPlaces = { to: "input.transferRecordsTo", modules: "input.transferModules" };

/** Who gets the records of somebody who leaves; null leaves them. @throws {InvalidInput} and {NotFound} */
export function readLeavingHeir(viewer: Viewer, wanted: WantedHeir | null): Heir | null {
  return wanted === null ? null : readHeir(viewer, wanted, PLACES);
}

/** An heir to whom the asker may give everything. */
export type AdmittedHeir = { readonly heir: Heir; readonly admitted: AdmittedModules };

/** Before anything happens (UA-64). @throws {Forbidden} without `MODIFY_ALL_DATA`. */
export function admitLeavingHeir(viewer: Viewer, heir: Heir | null): AdmittedHeir | null {
  return heir === null ? null : { heir, admitted: admitEverything(viewer, heir) };
}

export type BegunTransfer = {
  readonly transferId: string | null;
  readonly happened: readonly Happening[];
  readonly wakes: readonly JobName[];
};

/** Begins to hand over all that somebody owns, in the transaction in which they leave; nothing without an heir. */
export async function beginLeavingTransfer(
  writing: Writing,
  from: User,
  to: AdmittedHeir | null,
): Promise<BegunTransfer> {
  if (to === null) return { transferId: null, happened: [], wakes: [] };
  const { transferId, happened } = await beginTransfer(writing, {
    ...{ from, heir: to.heir, admitted: to.admitted, scope: "EVERYTHING", places: PLACES },
  });
  return { transferId, happened: [happened], wakes: ["TRANSFER_RECORDS"] };
}
