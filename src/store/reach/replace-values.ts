import { sqltag as sql } from "@prisma/client/runtime/client";
import type { OrgId, RecordId } from "../../kernel/id.ts";
import type { FieldValues } from "../../policy/field-value.ts";
import type { DatabaseKind, Tx } from "../database/database.ts";

/** What a record's values become, and when it was changed. */
export type Replacement = {
  readonly id: RecordId;
  readonly values: FieldValues;
  readonly updatedAt: Date;
};

/**
 * Writes other values to each of some records, in one statement: a change of a field is one of every record of its
 * module, and a statement for each would take minutes where this takes seconds.
 *
 * @param replacements at most a few hundred, of records that are there.
 */
export async function replaceValues(
  kind: DatabaseKind,
  tx: Tx,
  orgId: OrgId,
  replacements: readonly Replacement[],
): Promise<void> {
  if (replacements.length === 0) return;
  const rows = replacements.map(({ id, values, updatedAt }) => ({
    orgId,
    id,
    values: JSON.stringify(values),
    at: updatedAt.getTime(),
  }));
  switch (kind) {
    case "sqlite":
      // The organisation comes from the list: as a constant it would lead to all of its records, for each the list.
      await tx.$executeRaw(sql`
        UPDATE "Record" SET "values" = change.value ->> 'values', "updatedAt" = change.value ->> 'at'
        FROM json_each(${JSON.stringify(rows)}) AS change
        WHERE "Record"."orgId" = change.value ->> 'orgId' AND "Record"."id" = change.value ->> 'id'`);
      return;
    case "postgres":
      await tx.$executeRaw(sql`
        UPDATE "Record" SET "values" = change."values"::jsonb,
          "updatedAt" = 'epoch'::timestamptz + change."at" * interval '1 millisecond'
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS change("orgId" uuid, "id" uuid, "values" text, "at" bigint)
        WHERE "Record"."orgId" = change."orgId" AND "Record"."id" = change."id"`);
      return;
  }
}
