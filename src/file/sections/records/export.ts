import type { Field, Module } from "../../../policy/model/org.ts";
import type { FieldValue, FieldValues } from "../../../policy/model/values.ts";
import { recordBatches } from "../../../store/records/batches.ts";
import { EXPORT_BATCH, type ExportRun, type Names, type RecordKeys } from "../../terms/export-run.ts";
import type { OrganizationFile } from "../section.ts";
import type { FileRecord, FileValue } from "./index.ts";

/** The records of every module that has any, oldest first. */
export async function exportRecords(run: ExportRun): Promise<NonNullable<OrganizationFile["records"]>> {
  const { tx, org, names } = run;
  const keys = await run.recordKeys();
  const files = new Map<string, ReadonlyMap<string, FileRecord>>();
  for (const module of org.modules) {
    const records = new Map<string, FileRecord>();
    for await (const rows of recordBatches(tx, { moduleId: module.id }, EXPORT_BATCH)) {
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
