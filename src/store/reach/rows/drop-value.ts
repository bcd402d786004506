import { sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind, Tx } from "../../../database/database.ts";
import type { OrgId, RecordId } from "../../../kernel/id.ts";

/**
 * Takes what lies under the key of a field that is gone from records; when they were changed last stays.
 *
 * @param ids of records that are there, at most a few hundred.
 */
export async function dropValue(
  kind: DatabaseKind,
  tx: Pick<Tx, "$executeRaw">,
  orgId: OrgId,
  key: string,
  ids: readonly RecordId[],
): Promise<void> {
  if (ids.length === 0) return;
  // Keys are letters, digits, `.`, `_` and `-`: nothing in them ends the quotes.
  const path = `$."${key}"`;
  await tx.$executeRaw(
    kind === "sqlite"
      ? sql`UPDATE "Record" SET "values" = json_remove("values", ${path})
          WHERE "orgId" = ${orgId} AND "id" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
            AND json_type("values", ${path}) IS NOT NULL`
      : sql`UPDATE "Record" SET "values" = "values" - ${key}::text
          WHERE "orgId" = ${orgId}::uuid AND "id" = ANY(${[...ids]}::uuid[])
            AND jsonb_exists("values", ${key}::text)`,
  );
}
