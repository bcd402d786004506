import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { asId, type OrgId, type RecordId } from "../../../kernel/id.ts";
import type { GrantRow } from "../../../policy/ask/reach.ts";
import type { FoundRecord } from "../query.ts";
import type { Dialect } from "../sql/dialect.ts";

/**
 * Records by id with their grants under the keys; what is not there costs the same. It is the same statement for one id
 * as for many: what is hidden may be on fewer records than what is absent seems to be.
 */
export function findStatement(
  dialect: Dialect,
  orgId: OrgId,
  ids: readonly RecordId[],
  keys: readonly string[],
): Sql {
  return sql`
    SELECT ${dialect.idText(sql`r."id"`)} AS "id", ${dialect.idText(sql`r."moduleId"`)} AS "moduleId", r."ownerSeq",
      ${dialect.grantList(sql`FROM "RecordGrant" g WHERE g."orgId" = r."orgId" AND g."recordId" = r."id"`, keys)} AS "grants"
    FROM "Record" r WHERE r."orgId" = ${dialect.id(orgId)} AND ${dialect.isIdOneOf(sql`r."id"`, ids)}`;
}

export type FoundRow = {
  readonly id: string;
  readonly moduleId: string;
  readonly ownerSeq: number | bigint;
  /** A JSON list of `[key, readUntil, updateUntil, deleteUntil, shareUntil]`; null when there is none. */
  readonly grants: unknown;
};

type GrantTuple = readonly [string, number, number, number, number];

export function foundRecord(row: FoundRow): FoundRecord {
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
    moduleId: asId(row.moduleId),
    ownerSeq: Number(row.ownerSeq),
    grants: new Map(grants),
  };
}
