import type { Tx } from "../../database/database.ts";
import { compareText } from "../../kernel/text.ts";
import type { Field, Module, Org } from "../../policy/model/org.ts";
import type { FieldValue, FieldValues } from "../../policy/model/values.ts";
import { partyIn } from "../../store/core/snapshot/sharing.ts";
import { recordBatches } from "../../store/records/batches.ts";
import type { FileRecord, FileShare, FileValue, RecordReference } from "../organization-file.ts";
import type { Names } from "./organization.ts";

/** Where each record is in a file, by id. */
export type RecordKeys = ReadonlyMap<string, RecordReference>;

const BATCH = 1000;

export async function recordKeys(tx: Tx, org: Org): Promise<RecordKeys> {
  const modules = new Map<string, string>(org.modules.map((module) => [module.id, module.key]));
  const keys = new Map<string, RecordReference>();
  for await (const rows of recordBatches(tx, { orgId: org.id }, BATCH)) {
    for (const row of rows)
      keys.set(row.id, { module: modules.get(row.moduleId) ?? row.moduleId, key: row.key });
  }
  return keys;
}

/** The records of every module that has any, oldest first. */
export async function readFileRecords(
  tx: Tx,
  org: Org,
  names: Names,
  keys: RecordKeys,
): Promise<ReadonlyMap<string, ReadonlyMap<string, FileRecord>>> {
  const files = new Map<string, ReadonlyMap<string, FileRecord>>();
  for (const module of org.modules) {
    const records = new Map<string, FileRecord>();
    for await (const rows of recordBatches(tx, { moduleId: module.id }, BATCH)) {
      for (const row of rows) {
        records.set(row.key, {
          owner: names.user(row.ownerId),
          name: row.name,
          values: valuesOf(module, row.values as FieldValues, names, keys),
          createdAt: row.createdAt.getTime(),
        });
      }
    }
    if (records.size > 0) files.set(module.key, records);
  }
  return files;
}

function valuesOf(
  module: Module,
  values: FieldValues,
  names: Names,
  keys: RecordKeys,
): ReadonlyMap<string, FileValue> {
  return new Map(
    module.fields.flatMap((field) => {
      const value = Object.hasOwn(values, field.key) ? (values[field.key] ?? null) : null;
      const shown = value === null ? null : fileValue(field, value, names, keys);
      return shown === null ? [] : [[field.key, shown] as const];
    }),
  );
}

/** A lookup whose target is gone reads as null, and is written as none. */
function fileValue(field: Field, value: FieldValue, names: Names, keys: RecordKeys): FileValue | null {
  if (field.type === "USER") return { kind: "USER", email: names.user(String(value)) };
  if (field.type !== "LOOKUP") return value;
  const target = keys.get(String(value));
  return target === undefined ? null : { kind: "RECORD", ...target };
}

/** Every share, by record and recipient. */
export async function readFileShares(
  tx: Tx,
  org: Org,
  names: Names,
  keys: RecordKeys,
): Promise<readonly FileShare[]> {
  const rows = await tx.recordShare.findMany({ where: { orgId: org.id } });
  const shares = rows.flatMap((row): FileShare[] => {
    const recipient = partyIn({
      kind: row.partyKind,
      userId: row.userId,
      roleId: row.roleId,
      groupId: row.groupId,
    });
    const record = keys.get(row.recordId);
    if (recipient === null || record === undefined) return [];
    return [
      {
        record,
        target: names.party(recipient),
        level: row.level,
        expiresAt: row.expiresAt?.getTime() ?? null,
      },
    ];
  });
  const place = ({ record, target }: FileShare) => `${record.module}/${record.key} ${JSON.stringify(target)}`;
  return shares.sort((a, b) => compareText(place(a), place(b)));
}
