import { join, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { hasBranches } from "../branches/branches.ts";
import { isReached } from "../branches/predicate.ts";
import { isDear, meetsBehind } from "../condition/behind.ts";
import { meets } from "../condition/filter.ts";
import { leading, type Plan } from "../plan/plan.ts";
import type { Reached, RowTest } from "../query.ts";
import type { Dialect } from "../sql/dialect.ts";

const row = sql`r`;

/** How many rows the reach and the filter admit, every row looked at. */
export function exactCount(dialect: Dialect, reached: Reached, filter: RowTest | null, isLed: boolean): Sql {
  const isInReach = isReached(dialect, reached, row, isLed ? "LED" : "ALL");
  const tests = [
    ...(filter === null || !isDear(filter) ? [] : leading(filter).map((test) => meets(dialect, test, row))),
    isInReach,
    ...(filter === null ? [] : [meetsBehind(dialect, filter, row, isInReach)]),
  ];
  return sql`SELECT count(*) AS "n" FROM "Record" r WHERE ${join(tests, " AND ")}`;
}

/** The same from what is visible, filtered. */
export function sparseCount(dialect: Dialect, reached: Reached, filter: RowTest): Sql {
  if (!hasBranches(reached)) return exactCount(dialect, reached, filter, false);
  return sql`SELECT count(*) AS "n" FROM (${dialect.branchIds(reached)}) visible
    JOIN "Record" r ON r."orgId" = ${dialect.id(reached.orgId)} AND r."id" = visible."id"
    WHERE ${meetsBehind(dialect, filter, row, sql`visible."id" IS NOT NULL`)}`;
}

/**
 * The same without a filter and without looking at records: the counts of the owners in reach, and of the granted
 * records those of other owners. As exact as the counts, which are kept in the transaction of every change.
 */
export function unfilteredCount(dialect: Dialect, reached: Reached): Sql {
  const ofModule = sql`owner."orgId" = ${dialect.id(reached.orgId)} AND owner."moduleId" = ${dialect.id(reached.moduleId)}`;
  if (!hasBranches(reached))
    return sql`SELECT coalesce(sum(owner."n"), 0) AS "n" FROM "OwnerCount" owner WHERE ${ofModule}`;
  const isOwned = dialect.isOwnerIn(sql`owner`, reached.reach.ownerMask);
  const owned = sql`(SELECT coalesce(sum(owner."n"), 0) FROM "OwnerCount" owner WHERE ${ofModule} AND ${isOwned})`;
  if (reached.reach.keys.size === 0) return sql`SELECT ${owned} AS "n"`;
  return sql`SELECT ${owned} + ${dialect.grantedCount(reached)} AS "n"`;
}

/** The statement that counts by a plan. */
export function countStatement(
  dialect: Dialect,
  reached: Reached,
  filter: RowTest | null,
  { plan, isLarge, isLed }: { readonly plan: Plan; readonly isLarge: boolean; readonly isLed: boolean },
): Sql {
  if (filter === null)
    return isLarge ? unfilteredCount(dialect, reached) : exactCount(dialect, reached, null, false);
  return plan === "SPARSE"
    ? sparseCount(dialect, reached, filter)
    : exactCount(dialect, reached, filter, isLed);
}
