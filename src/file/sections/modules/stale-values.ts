import { asId, type ModuleId } from "../../../kernel/id.ts";
import type { Field } from "../../../policy/model/org.ts";
import type { FieldValue, FieldValues } from "../../../policy/model/values.ts";
import { fieldsOf } from "../../../store/core/snapshot/modules.ts";
import { rewriteRecords } from "../../../store/reach/rows/rewrite.ts";
import { recordBatches } from "../../../store/records/batches.ts";
import { nextUpdatedAt } from "../../../store/records/update.ts";
import type { ImportRun, Staleness } from "../../terms/import-run.ts";

const BATCH = 250;

/**
 * Takes values away that belong to fields which the file changed or removed, from every record of their modules, as a
 * change through the API does: a field of another type, or one made later with the same key, must not bring them back.
 */
export async function dropStaleValues(run: ImportRun): Promise<void> {
  for (const [moduleId, keys] of run.staleFields) {
    const fields = new Map((await fieldsOf(run.tx, run.orgId, moduleId)).map((field) => [field.key, field]));
    await dropIn(run, moduleId, (values) => left(values, keys, fields));
  }
}

async function dropIn(
  { tx, kind, orgId, now, tallies, dirtyModules }: ImportRun,
  moduleId: ModuleId,
  cut: (values: FieldValues) => FieldValues | null,
): Promise<void> {
  dirtyModules.add(moduleId);
  for await (const rows of recordBatches(tx, { moduleId }, BATCH)) {
    const changed = rows.flatMap(({ id, values, updatedAt }) => {
      const kept = cut(values as FieldValues);
      if (kept === null) return [];
      return [
        {
          id: asId<"Record">(id),
          values: kept,
          updatedAt: nextUpdatedAt({ updatedAt: updatedAt.getTime() }, now),
        },
      ];
    });
    await rewriteRecords(kind, tx, orgId, changed);
    tallies.records.changed += changed.length;
  }
}

/** The values without the stale ones; null when there are none. */
function left(
  values: FieldValues,
  stale: ReadonlyMap<string, Staleness>,
  fields: ReadonlyMap<string, Field>,
): FieldValues | null {
  const kept = Object.entries(values).map(([key, value]): readonly [string, FieldValue | null] => {
    const staleness = stale.get(key);
    if (staleness === undefined || value === null) return [key, value];
    return [key, staleness === "WHOLE" ? null : offered(value, fields.get(key))];
  });
  if (kept.every(([key, value]) => value === values[key])) return null;
  return Object.fromEntries(kept.filter(([, value]) => value !== null));
}

function offered(value: FieldValue, field: Field | undefined): FieldValue | null {
  const options = new Set(field?.options);
  if (typeof value !== "object") return options.has(String(value)) ? value : null;
  const chosen = value.filter((option) => options.has(option));
  if (chosen.length === value.length) return value;
  return chosen.length === 0 ? null : chosen;
}
