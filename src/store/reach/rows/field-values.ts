import { sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind, Tx } from "../../../database/database.ts";
import { ABSENT_ID, asId, type ModuleId, type OrgId, type RecordId } from "../../../kernel/id.ts";
import type { FieldValue } from "../../../policy/model/values.ts";

/** What lies under one key of one record; null for nothing. */
export type ValueOf = readonly [id: RecordId, value: FieldValue | null];

/** Records looked at in one statement: a few milliseconds, in which SQLite does nothing else. */
const STEP = 2_000;

/**
 * What lies under one key of every record of a module, in the order of ids and in steps: of a module of any size no
 * statement reads more than a step of it, and nothing but that value of it (EN-32).
 *
 * @param signal of the operation whose work this is: it ends with it, between two steps.
 */
export async function* valuesUnder(
  kind: DatabaseKind,
  tx: Pick<Tx, "$queryRaw">,
  { orgId, moduleId, key }: { readonly orgId: OrgId; readonly moduleId: ModuleId; readonly key: string },
  signal: AbortSignal | null = null,
): AsyncGenerator<readonly ValueOf[]> {
  // Keys are letters, digits, `.`, `_` and `-`: nothing in them ends the quotes.
  const path = `$."${key}"`;
  for (let from: string = ABSENT_ID; ; ) {
    signal?.throwIfAborted();
    const rows = await tx.$queryRaw<readonly { readonly pairs: unknown }[]>(
      kind === "sqlite"
        ? sql`SELECT json_group_array(json_array(r."id", json(coalesce(r."values" -> ${path}, 'null')))) AS "pairs"
            FROM (SELECT "id", "values" FROM "Record"
              WHERE "moduleId" = ${moduleId} AND "id" > ${from} AND +"orgId" = ${orgId} ORDER BY "id" LIMIT ${STEP}) r`
        : sql`SELECT coalesce(json_agg(json_build_array(r."id", r."values" -> ${key}::text)), '[]') AS "pairs"
            FROM (SELECT "id", "values" FROM "Record"
              WHERE "moduleId" = ${moduleId}::uuid AND "id" > ${from}::uuid AND "orgId" = ${orgId}::uuid
              ORDER BY "id" LIMIT ${STEP}) r`,
    );
    const stored = rows[0]?.pairs ?? [];
    const pairs = (typeof stored === "string" ? JSON.parse(stored) : stored) as readonly [
      string,
      FieldValue | null,
    ][];
    if (pairs.length > 0) yield pairs.map(([id, value]): ValueOf => [asId(id), value]);
    const last = pairs.at(-1);
    if (last === undefined || pairs.length < STEP) return;
    from = last[0];
  }
}
