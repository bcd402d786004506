import { sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind, Tx } from "../../../database/database.ts";
import type { ModuleId, OrgId, RecordId } from "../../../kernel/id.ts";
import { compareText } from "../../../kernel/text.ts";
import { valuesUnder } from "./field-values.ts";

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

/**
 * The records that point to one of the targets through one of the lookups: their modules are looked through. By id.
 *
 * @param signal of the operation whose work this is: it ends with it.
 */
export async function pointingRecords(
  kind: DatabaseKind,
  tx: Tx,
  orgId: OrgId,
  lookups: readonly LookupOf[],
  targets: readonly RecordId[],
  signal: AbortSignal | null = null,
): Promise<readonly RecordId[]> {
  const wanted = new Set<unknown>(targets);
  const found = new Set<RecordId>();
  for (const lookup of lookups)
    for await (const values of valuesUnder(kind, tx, { orgId, ...lookup }, signal))
      for (const [id, value] of values) if (wanted.has(value)) found.add(id);
  return [...found].sort(compareText);
}
