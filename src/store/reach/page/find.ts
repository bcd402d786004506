import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { asId, type OrgId, type RecordId } from "../../../kernel/id.ts";
import type { GrantRow } from "../../../policy/ask/reach.ts";
import type { FoundRecord } from "../query.ts";
import type { Dialect } from "../sql/dialect.ts";

/**
 * Records by id with their grants under the keys: a row for every id, whether there is such a record or not, and the same
 * questions asked for it. It is the same statement for one id as for many: what is hidden may be on fewer records than
 * what is absent seems to be.
 */
export function findStatement(
  dialect: Dialect,
  orgId: OrgId,
  ids: readonly RecordId[],
  keys: readonly string[],
): Sql {
  return sql`
    SELECT ${dialect.idText(sql`asked."id"`)} AS "id", ${dialect.idText(sql`r."moduleId"`)} AS "moduleId", r."ownerSeq",
      ${dialect.grantList(sql`FROM "RecordGrant" g WHERE g."orgId" = ${dialect.id(orgId)} AND g."recordId" = asked."id"`, keys)} AS "grants"
    FROM ${dialect.idRows(ids)} asked LEFT JOIN "Record" r ON r."orgId" = ${dialect.id(orgId)} AND r."id" = asked."id"`;
}

export type FoundRow = {
  readonly id: string;
  /** Null, like the owner, where there is no such record. */
  readonly moduleId: string | null;
  readonly ownerSeq: number | bigint | null;
  /** A JSON list of `[key, readUntil, updateUntil, deleteUntil, shareUntil]`; null when there is none. */
  readonly grants: unknown;
};

type GrantTuple = readonly [string, number, number, number, number];

/** Those that there are. The others are read like them before they are left out. */
export function foundRecords(rows: readonly FoundRow[]): readonly FoundRecord[] {
  const read = rows.map((row) => [row.moduleId !== null, foundRecord(row)] as const);
  return read.flatMap(([isThere, record]) => (isThere ? [record] : []));
}

function foundRecord(row: FoundRow): FoundRecord {
  const tuples = (
    typeof row.grants === "string" ? JSON.parse(row.grants) : (row.grants ?? [])
  ) as readonly GrantTuple[];
  const grants = tuples.map(
    ([key, readUntil, updateUntil, deleteUntil, shareUntil]): readonly [string, GrantRow] => [
      key,
      { readUntil, updateUntil, deleteUntil, shareUntil },
    ],
  );
  return {
    id: asId(row.id),
    moduleId: asId(row.moduleId ?? ""),
    ownerSeq: Number(row.ownerSeq ?? -1),
    grants: new Map(grants),
  };
}
