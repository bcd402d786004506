import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind } from "../../../database/database.ts";
import type { OrgId, RecordId } from "../../../kernel/id.ts";
import type { Turns } from "../../../kernel/turns.ts";
import type { FieldValues } from "../../../policy/model/values.ts";
import { postgres } from "../postgres.ts";
import type { Dialect } from "../sql/dialect.ts";
import { sqlite } from "../sqlite.ts";
import type { Runner } from "../statements.ts";

/** A record as it is stored. */
export type ReadRow = {
  readonly id: string;
  readonly moduleId: string;
  readonly key: string;
  readonly name: string;
  readonly ownerId: string;
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly values: FieldValues;
};

/** Values of so many bytes come with their row, so that a page of usual records is one statement. */
const SMALL = 10_000;

/** So many bytes of larger values are read before others may have a turn. */
const AT_ONCE = 500_000;

/**
 * Rows of records that were admitted already, by id: one statement, and for those with large values one more for each
 * half megabyte (EN-32).
 */
export async function readRows(
  kind: DatabaseKind,
  database: Runner,
  orgId: OrgId,
  admitted: readonly RecordId[],
  turns: Turns,
): Promise<readonly ReadRow[]> {
  const dialect = kind === "sqlite" ? sqlite : postgres;
  const read = (ids: readonly string[], most: number | null) =>
    database.$queryRaw<readonly Row[]>(rowsStatement(dialect, orgId, ids, most));
  const rows = await read(admitted, SMALL);
  const large = rows.filter(({ bytes }) => Number(bytes) > SMALL);
  const found = rows.filter(({ bytes }) => Number(bytes) <= SMALL);
  for (const part of inBytes(large)) {
    await turns.taken();
    // Whole rows again: what is changed meanwhile is of one moment still.
    found.push(...(await read(part, null)));
  }
  return found.map(({ bytes: _, ...row }) => ({
    ...row,
    values: (typeof row.values === "string" ? JSON.parse(row.values) : row.values) as FieldValues,
  }));
}

type Row = Omit<ReadRow, "values"> & { readonly bytes: number | bigint; readonly values: unknown };

function rowsStatement(dialect: Dialect, orgId: OrgId, ids: readonly string[], most: number | null): Sql {
  const bytes = dialect.valuesBytes(sql`r`);
  const values = most === null ? sql`r."values"` : sql`CASE WHEN ${bytes} <= ${most} THEN r."values" END`;
  return sql`
    SELECT ${dialect.idText(sql`r."id"`)} AS "id", ${dialect.idText(sql`r."moduleId"`)} AS "moduleId", r."key", r."name",
      ${dialect.idText(sql`r."ownerId"`)} AS "ownerId", ${dialect.idText(sql`r."createdById"`)} AS "createdById",
      r."createdAt", r."updatedAt", ${bytes} AS "bytes", ${values} AS "values"
    FROM ${dialect.idRows(ids)} asked JOIN "Record" r ON r."orgId" = ${dialect.id(orgId)} AND r."id" = asked."id"`;
}

function* inBytes(rows: readonly Row[]): Iterable<readonly string[]> {
  let part: string[] = [];
  let size = 0;
  for (const { id, bytes } of rows) {
    if (part.length > 0 && size + Number(bytes) > AT_ONCE) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(id);
    size += Number(bytes);
  }
  if (part.length > 0) yield part;
}
