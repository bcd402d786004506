import { few, oneOf } from "../../database/parts.ts";
import type { RecordId } from "../../kernel/id.ts";
import type { Field } from "../../policy/model/org.ts";
import type { FieldValues } from "../../policy/model/values.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { deriveGrantsPointingTo } from "../grants/deleted-targets.ts";
import { countOwnerChanges } from "../grants/owner-count.ts";
import { reachedRecord } from "./locked.ts";
import type { RecordRow } from "./row.ts";

/** Deletes a record with its shares; what points to it points to nothing from then on (SH-53). */
export function deleteRecord(viewer: Viewer, recordId: RecordId): Promise<{ readonly recordId: RecordId }> {
  return write(viewer, "deleteRecord", {
    read: async (writing) => ({ record: await reachedRecord(writing, "input.id", recordId) }),
    change: async (writing, { record }) => ({
      result: { recordId },
      happened: await applyDeletions(writing, [record]),
    }),
  });
}

/** Deletes records that were admitted. */
export async function applyDeletions(
  writing: Writing,
  records: readonly RecordRow[],
): Promise<readonly Happening[]> {
  if (records.length === 0) return [];
  const { tx, viewer } = writing;
  const { orgId, policy } = viewer;
  await tx.record.deleteMany({ where: { orgId, id: oneOf(few(records.map((record) => record.id))) } });
  const deltas = records.map(({ moduleId, ownerId }) => ({
    moduleId,
    ownerSeq: seqOf(policy.users.get(ownerId)),
    by: -1 as const,
  }));
  await deriveGrantsPointingTo(writing, records);
  await countOwnerChanges(tx, orgId, deltas);
  return records.map((record) => {
    const { id, moduleId, key, name, ownerId } = record;
    const values = valuesOfFields(policy.modules.get(moduleId)?.fields ?? [], record.values);
    return {
      action: "DELETE_RECORD",
      target: { type: "Record", id },
      before: { moduleId, key, name, ownerId, values },
      after: null,
    };
  });
}

/** What a field that is gone has left is no value any more (SH-32). */
function valuesOfFields(fields: readonly Field[], values: FieldValues): FieldValues {
  const keys = new Set(fields.map((field) => field.key));
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(key)));
}

function seqOf(user: { readonly seq: number } | undefined): number {
  if (!user) throw new Error("a record has an owner whom the policy does not know");
  return user.seq;
}
