import { sqltag as sql } from "@prisma/client/runtime/client";
import type { OrgId, RecordId } from "../../kernel/id.ts";
import type { FieldValues } from "../../policy/field-value.ts";
import type { DatabaseKind, Tx } from "../database/database.ts";

/** What a record is to hold. */
export type Rewritten = {
  readonly id: RecordId;
  readonly name: string;
  readonly values: FieldValues;
  readonly updatedAt: Date;
};

/** Rewrites records, each with contents of its own, in one statement: the tables' client has none that does (AP-09). */
export async function rewriteRecords(
  kind: DatabaseKind,
  tx: Pick<Tx, "$executeRaw">,
  orgId: OrgId,
  records: readonly Rewritten[],
): Promise<void> {
  const rows = JSON.stringify(
    records.map(({ id, name, values, updatedAt }) => ({
      id,
      name,
      // As text, so that no number is read and written again on the way.
      values: JSON.stringify(values),
      updatedAt: kind === "sqlite" ? updatedAt.getTime() : updatedAt.toISOString(),
    })),
  );
  switch (kind) {
    case "sqlite":
      await tx.$executeRaw(sql`
        UPDATE "Record" SET "name" = json_extract(d.value, '$.name'), "values" = json_extract(d.value, '$.values'),
          "updatedAt" = json_extract(d.value, '$.updatedAt')
        FROM json_each(${rows}) AS d
        WHERE "Record"."orgId" = ${orgId} AND "Record"."id" = json_extract(d.value, '$.id')`);
      return;
    case "postgres":
      await tx.$executeRaw(sql`
        UPDATE "Record" SET "name" = d."name", "values" = d."values"::jsonb, "updatedAt" = d."updatedAt"
        FROM jsonb_to_recordset(${rows}::jsonb)
          AS d("id" uuid, "name" text, "values" text, "updatedAt" timestamptz)
        WHERE "Record"."orgId" = ${orgId}::uuid AND "Record"."id" = d."id"`);
      return;
  }
}
