import { sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind, Tx } from "../../../database/database.ts";
import type { OrgId, RecordId } from "../../../kernel/id.ts";
import type { FieldValues } from "../../../policy/model/values.ts";

/** What a record is to hold. */
export type Rewritten = {
  readonly id: RecordId;
  /** Absent: it keeps the one that it has. */
  readonly name?: string;
  readonly values: FieldValues;
  readonly updatedAt: Date;
};

/**
 * Rewrites records, each with contents of its own, in one statement: the tables' client has none that does (AP-09), and
 * a change of a field is one of every record of its module.
 *
 * @param records at most a few hundred, of records that are there.
 */
export async function rewriteRecords(
  kind: DatabaseKind,
  tx: Pick<Tx, "$executeRaw">,
  orgId: OrgId,
  records: readonly Rewritten[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = JSON.stringify(
    records.map(({ id, name, values, updatedAt }) => ({
      orgId,
      id,
      name: name ?? null,
      // As text, so that no number is read and written again on the way.
      values: JSON.stringify(values),
      updatedAt: kind === "sqlite" ? updatedAt.getTime() : updatedAt.toISOString(),
    })),
  );
  switch (kind) {
    case "sqlite":
      // The organisation comes from the list: as a constant it would lead to all of its records, for each the list.
      await tx.$executeRaw(sql`
        UPDATE "Record" SET "name" = coalesce(d.value ->> 'name', "name"), "values" = d.value ->> 'values',
          "updatedAt" = d.value ->> 'updatedAt'
        FROM json_each(${rows}) AS d
        WHERE "Record"."orgId" = d.value ->> 'orgId' AND "Record"."id" = d.value ->> 'id'`);
      return;
    case "postgres":
      await tx.$executeRaw(sql`
        UPDATE "Record" SET "name" = coalesce(d."name", "Record"."name"), "values" = d."values"::jsonb,
          "updatedAt" = d."updatedAt"
        FROM jsonb_to_recordset(${rows}::jsonb)
          AS d("orgId" uuid, "id" uuid, "name" text, "values" text, "updatedAt" timestamptz)
        WHERE "Record"."orgId" = d."orgId" AND "Record"."id" = d."id"`);
      return;
  }
}
