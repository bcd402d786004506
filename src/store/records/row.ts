import { few } from "../../database/parts.ts";
import { asId, type ModuleId, type RecordId, type UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { FieldValues } from "../../policy/model/values.ts";
import { loaderOfAdmitted } from "../core/judged.ts";
import { turnsOf } from "../core/turns.ts";
import type { Viewer } from "../core/viewer.ts";
import { readRows } from "../reach/rows/read.ts";

/** A record as it is stored. Whoever holds one was admitted to read it. */
export type RecordRow = {
  readonly id: RecordId;
  readonly moduleId: ModuleId;
  readonly key: string;
  readonly name: string;
  readonly ownerId: UserId;
  readonly createdById: UserId | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly values: FieldValues;
};

/** The rows of records that the viewer may read; null when absent or out of reach, which are one answer. */
export const recordRows = loaderOfAdmitted("READ", readRecordRows);

/**
 * Reads rows of records that were admitted already, by id. One statement, unless they are large. Whatever is shown of
 * records comes from here, and is noted for the log when the support agent asks (SA-09).
 */
export async function readRecordRows(
  viewer: Viewer,
  admitted: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, RecordRow>> {
  const { kind, reader } = viewer.store.database;
  for (const id of admitted) viewer.request.shown?.add(id);
  const rows = await readRows(kind, reader, viewer.orgId, few(admitted), turnsOf(viewer));
  return new Map(
    rows.map((row): readonly [RecordId, RecordRow] => [
      asId(row.id),
      {
        id: asId(row.id),
        moduleId: asId(row.moduleId),
        key: row.key,
        name: row.name,
        ownerId: asId(row.ownerId),
        createdById: row.createdById === null ? null : asId(row.createdById),
        createdAt: row.createdAt.getTime(),
        updatedAt: row.updatedAt.getTime(),
        values: row.values,
      },
    ]),
  );
}
