import { join, sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind, Tx } from "../../../database/database.ts";
import { inParts } from "../../../database/parts.ts";
import { asId, type ModuleId, type OrgId, type RecordId } from "../../../kernel/id.ts";
import { compareText } from "../../../kernel/text.ts";

/**
 * Which of the records that lookups point to are there. On Postgres they stay for the rest of the transaction, so that
 * nobody deletes one while something is derived from its being there; on SQLite a writer is alone.
 */
export async function holdTargets(
  kind: DatabaseKind,
  tx: Tx,
  orgId: OrgId,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.$queryRaw<readonly { readonly id: string }[]>(
    kind === "sqlite"
      ? sql`SELECT "id" FROM "Record" WHERE "orgId" = ${orgId} AND "id" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`
      : sql`SELECT "id"::text FROM "Record" WHERE "orgId" = ${orgId}::uuid AND "id" = ANY(${[...ids]}::uuid[])
          ORDER BY "id" FOR KEY SHARE`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** A LOOKUP field, by the module that has it and its key. */
export type LookupOf = { readonly moduleId: ModuleId; readonly key: string };

/** The records that point to one of the targets through one of the lookups: their modules are looked through. By id. */
export async function pointingRecords(
  kind: DatabaseKind,
  tx: Tx,
  orgId: OrgId,
  lookups: readonly LookupOf[],
  targets: readonly RecordId[],
): Promise<readonly RecordId[]> {
  const wanted = JSON.stringify(targets);
  const found = new Set<string>();
  for (const part of inParts(lookups, TOGETHER)) {
    const each = part.map(({ moduleId, key }) =>
      kind === "sqlite"
        ? sql`SELECT "id" FROM "Record" WHERE "moduleId" = ${moduleId} AND +"orgId" = ${orgId}
            AND "values" ->> ${`$."${key}"`} IN (SELECT value FROM json_each(${wanted}))`
        : sql`SELECT "id"::text FROM "Record" WHERE "moduleId" = ${moduleId}::uuid AND "orgId" = ${orgId}::uuid
            AND "values" ->> ${key}::text = ANY(${[...targets]}::text[])`,
    );
    const rows = await tx.$queryRaw<readonly { readonly id: string }[]>(join(each, " UNION "));
    for (const { id } of rows) found.add(id);
  }
  return [...found].sort(compareText).map((id) => asId(id));
}

/** Modules that are looked through in one statement: SQLite takes 500 selects in one, with three values each. */
const TOGETHER = 100;
