import { sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind, Tx } from "../../../database/database.ts";
import { ABSENT_ID, asId, type ModuleId, type OrgId, type RecordId } from "../../../kernel/id.ts";
import { FOREVER } from "../../../kernel/instant.ts";
import type { FieldValues } from "../../../policy/model/values.ts";

/** A record as far as criteria ask. */
export type ValuedRecord = {
  readonly id: RecordId;
  readonly ownerSeq: number;
  readonly values: FieldValues;
};

/**
 * The next records of a module in the order of ids, at most so many, with their values of now: on Postgres they are
 * locked for the rest of the transaction, and whoever was changing one of them is waited for; on SQLite a writer is
 * alone.
 *
 * One statement for both, as hundreds of ids in a list cost more than the records themselves.
 */
export async function lockNextRecords(
  kind: DatabaseKind,
  tx: Tx,
  orgId: OrgId,
  moduleId: ModuleId,
  after: RecordId | null,
  size: number,
): Promise<readonly ValuedRecord[]> {
  // Before every id of a record.
  const from = after ?? ABSENT_ID;
  // The module alone leads to its own index, which is in the order asked for; the organisation is a test of the row.
  // By `"id"` alone Postgres would sort by the text that is selected, and so the whole module for every batch.
  const statement =
    kind === "sqlite"
      ? sql`SELECT "id", "ownerSeq", "values" FROM "Record"
          WHERE "moduleId" = ${moduleId} AND "id" > ${from} AND +"orgId" = ${orgId} ORDER BY "id" LIMIT ${size}`
      : sql`SELECT "id"::text, "ownerSeq", "values" FROM "Record"
          WHERE "moduleId" = ${moduleId}::uuid AND "id" > ${from}::uuid AND "orgId" = ${orgId}::uuid
          ORDER BY "Record"."id" LIMIT ${size} FOR NO KEY UPDATE`;
  const rows = await tx.$queryRaw<readonly ValuedRow[]>(statement);
  return rows.map(({ id, ownerSeq, values }) => ({
    id: asId(id),
    ownerSeq: Number(ownerSeq),
    values: (typeof values === "string" ? JSON.parse(values) : values) as FieldValues,
  }));
}

type ValuedRow = {
  readonly id: string;
  readonly ownerSeq: number | bigint;
  readonly values: unknown;
};

/** Matches under one key, which a rule by criteria has. */
export type Matches = { readonly orgId: OrgId; readonly moduleId: ModuleId; readonly key: string };

/**
 * Stores matches, each for ever and for every action: what a rule gives, and until when, is in its key. Those that are
 * there already stay.
 */
export async function insertMatches(
  kind: DatabaseKind,
  tx: Tx,
  { orgId, moduleId, key }: Matches,
  records: readonly Pick<ValuedRecord, "id" | "ownerSeq">[],
): Promise<void> {
  if (records.length === 0) return;
  const columns = sql`"orgId", "moduleId", "key", "recordId", "ownerSeq", "readUntil", "updateUntil", "deleteUntil", "shareUntil"`;
  await tx.$executeRaw(
    kind === "sqlite"
      ? sql`INSERT INTO "RecordGrant" (${columns})
          SELECT ${orgId}, ${moduleId}, ${key}, value ->> 0, value ->> 1, ${FOREVER}, ${FOREVER}, ${FOREVER}, ${FOREVER}
          FROM json_each(${JSON.stringify(records.map(({ id, ownerSeq }) => [id, ownerSeq]))})
          WHERE true ON CONFLICT DO NOTHING`
      : sql`INSERT INTO "RecordGrant" (${columns})
          SELECT ${orgId}::uuid, ${moduleId}::uuid, ${key}::text, "id", "ownerSeq",
            ${FOREVER}::bigint, ${FOREVER}::bigint, ${FOREVER}::bigint, ${FOREVER}::bigint
          FROM unnest(${records.map(({ id }) => id)}::uuid[], ${records.map(({ ownerSeq }) => ownerSeq)}::int[])
            AS matched("id", "ownerSeq") ON CONFLICT DO NOTHING`,
  );
}

/** Deletes matches of a key, at most so many. @returns how many. */
export function deleteMatches(
  kind: DatabaseKind,
  tx: Tx,
  { orgId, key }: Pick<Matches, "orgId" | "key">,
  size: number,
): Promise<number> {
  return tx.$executeRaw(
    kind === "sqlite"
      ? sql`DELETE FROM "RecordGrant" WHERE rowid IN
          (SELECT rowid FROM "RecordGrant" WHERE "key" = ${key} AND +"orgId" = ${orgId} LIMIT ${size})`
      : sql`DELETE FROM "RecordGrant" WHERE ctid = ANY (ARRAY
          (SELECT ctid FROM "RecordGrant" WHERE "key" = ${key} AND "orgId" = ${orgId}::uuid LIMIT ${size}))`,
  );
}
