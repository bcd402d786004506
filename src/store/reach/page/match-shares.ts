import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { MatchShare } from "../query.ts";

/** So many matches are looked for … */
const MATCHES = 200;
/** … among so many records: a rule that matches less than a tenth of the newest counts as one that matches few. */
const MOST = 2_000;

/** How far is looked to tell how frequent the matches of a rule are. */
export const BOUNDS = { matches: MATCHES, most: MOST } as const;

/** Among how many of the newest records the newest matches of the key `k` are; 0 where it has fewer. */
export function among({ matches, most }: { readonly matches: number; readonly most: number }): Sql {
  return sql`(SELECT count(*) FROM (SELECT 1 FROM "Record" r WHERE r."moduleId" = k."moduleId" AND r."id" >= (
      SELECT g."recordId" FROM "RecordGrant" g WHERE g."key" = k."key" AND g."moduleId" = k."moduleId"
      ORDER BY g."recordId" DESC LIMIT 1 OFFSET ${raw(String(matches - 1))}) LIMIT ${raw(String(most + 1))}) newest)`;
}

export type AmongRow = { readonly key: string; readonly among: number | bigint };

/** The shares of the rules that match much. */
export function matchShares(rows: readonly AmongRow[]): readonly MatchShare[] {
  return rows.flatMap((row) => {
    const of = Number(row.among);
    return of === 0 || of > MOST ? [] : [{ key: row.key, share: MATCHES / of }];
  });
}
