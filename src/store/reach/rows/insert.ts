import { sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind, Tx } from "../../../database/database.ts";
import type { OrgId, RecordId, UserId } from "../../../kernel/id.ts";
import type { FieldValues } from "../../../policy/model/values.ts";

/** A record that is to be there. */
export type Inserted = {
  readonly id: RecordId;
  readonly key: string;
  readonly name: string;
  readonly ownerId: UserId;
  readonly ownerSeq: number;
  readonly ownerRoleId: string | null;
  readonly createdById: UserId;
  readonly values: FieldValues;
  /** When it was made, and changed last. */
  readonly createdAt: Date;
};

/**
 * Makes records of one module in one statement with one parameter, however many they are: the tables' client compiles
 * every list of rows anew, which takes longer than to write them (BU-06).
 *
 * @param records at most a few hundred.
 */
export async function insertRecords(
  kind: DatabaseKind,
  tx: Pick<Tx, "$executeRaw">,
  { orgId, moduleId }: { readonly orgId: OrgId; readonly moduleId: string },
  records: readonly Inserted[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = JSON.stringify(
    records.map(({ values, createdAt, ...record }) => ({
      ...record,
      // As text, so that no number is read and written again on the way.
      values: JSON.stringify(values),
      createdAt: kind === "sqlite" ? createdAt.getTime() : createdAt.toISOString(),
    })),
  );
  const columns = sql`"orgId", "moduleId", "id", "key", "name", "ownerId", "ownerSeq", "ownerRoleId", "createdById",
    "values", "createdAt", "updatedAt"`;
  switch (kind) {
    case "sqlite":
      await tx.$executeRaw(sql`
        INSERT INTO "Record" (${columns})
        SELECT ${orgId}, ${moduleId}, d.value ->> 'id', d.value ->> 'key', d.value ->> 'name', d.value ->> 'ownerId',
          d.value ->> 'ownerSeq', d.value ->> 'ownerRoleId', d.value ->> 'createdById', d.value ->> 'values',
          d.value ->> 'createdAt', d.value ->> 'createdAt'
        FROM json_each(${rows}) AS d`);
      return;
    case "postgres":
      await tx.$executeRaw(sql`
        INSERT INTO "Record" (${columns})
        SELECT ${orgId}::uuid, ${moduleId}::uuid, d."id", d."key", d."name", d."ownerId", d."ownerSeq",
          d."ownerRoleId", d."createdById", d."values"::jsonb, d."createdAt", d."createdAt"
        FROM jsonb_to_recordset(${rows}::jsonb)
          AS d("id" uuid, "key" text, "name" text, "ownerId" uuid, "ownerSeq" int, "ownerRoleId" uuid,
            "createdById" uuid, "values" text, "createdAt" timestamptz)`);
      return;
  }
}
