import { NotFound } from "../../kernel/fault.ts";
import type { RecordId } from "../../kernel/id.ts";
import type { Writing } from "../core/write.ts";
import { type RecordRow, recordRows } from "./row.ts";

/**
 * Locks records and gives the row of each that the viewer may read, in the order asked; null where absent or out of
 * reach, which are one answer (AP-03). Statements are the same for any ids.
 */
export async function lockedRecords(
  { tx, viewer }: Writing,
  ids: readonly RecordId[],
): Promise<readonly (RecordRow | null)[]> {
  await viewer.store.database.lockRecords(tx, viewer.orgId, ids);
  const rows = await recordRows(viewer).loadMany(ids);
  return rows.map((row) => {
    if (row instanceof Error) throw row;
    return row;
  });
}

/** Locks a record and gives its row. @throws {NotFound} naming the input, when absent or out of reach. */
export async function reachedRecord(writing: Writing, field: string, id: RecordId): Promise<RecordRow> {
  const [record] = await lockedRecords(writing, [id]);
  if (!record) throw new NotFound(field);
  return record;
}
