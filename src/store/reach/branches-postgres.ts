import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { type BranchPage, keysOf, type SomeReached } from "./branches.ts";
import type { Dialect } from "./dialect.ts";
import { isLiveGrant } from "./predicate.ts";

type Parts = Pick<
  Dialect,
  "id" | "idText" | "number" | "text" | "isOwnerIn" | "isOfOrg" | "isOneOf" | "isIdOneOf"
>;

const row = sql`r`;

/** Beyond so many owner keys a lower bound of the page is found first, so that most of them end at once. */
const BOUND_FROM = 12;
/** How deep each key is looked at for the bound. */
const DEPTH = 8;

/**
 * The ways into a reach on Postgres: for every role, owner and grant key a lateral that walks its index and stops at
 * the page's size. Each key gives each record once, so nothing is lost in the cut, and the union is exact.
 */
export function branchPage(parts: Parts, page: BranchPage) {
  const { reached, limit } = page;
  const { roles, loneOwners, keys } = reached.reach;
  const isBounded = page.isWanted === null && roles.length + loneOwners.length > BOUND_FROM;
  const ways = [
    ...(roles.length === 0 ? [] : [ownerWay(parts, page, "ownerRoleId", roles, isBounded)]),
    ...(loneOwners.length === 0 ? [] : [ownerWay(parts, page, "ownerId", loneOwners, isBounded)]),
    ...(keys.size === 0 ? [] : grantWays(parts, page)),
  ];
  if (ways.length === 0)
    return { statement: sql`SELECT 0 AS "way", ''::text AS "id" WHERE false`, cut: limit + 1 };
  const bound = isBounded ? sql`WITH bound AS MATERIALIZED (${boundOf(parts, page)})` : sql``;
  const statement = sql`${bound} SELECT 0 AS "way", ${parts.idText(sql`u."id"`)} AS "id"
    FROM (SELECT DISTINCT w."id" FROM (${join(ways, " UNION ALL ")}) w) u
    ORDER BY u."id" ${direction(page)} LIMIT ${raw(String(limit))}`;
  // Exact: what is not among them does not come before them.
  return { statement, cut: limit + 1 };
}

type OwnerColumn = "ownerRoleId" | "ownerId";

function ownerTests(parts: Parts, page: BranchPage, column: OwnerColumn): Sql {
  const { reached, isWanted, isInRange } = page;
  const tests = [
    sql`r."moduleId" = ${parts.id(reached.moduleId)} AND r.${raw(`"${column}"`)} = k."key"`,
    parts.isOfOrg(row, reached.orgId),
    parts.isOwnerIn(row, reached.reach.ownerMask),
    ...(isInRange === null ? [] : [isInRange(sql`r."id"`)]),
    ...(isWanted === null ? [] : [isWanted(row)]),
  ];
  return join(tests, " AND ");
}

function ownerWay(
  parts: Parts,
  page: BranchPage,
  column: OwnerColumn,
  ids: readonly string[],
  isBounded: boolean,
): Sql {
  const sign = raw(page.isAscending ? "<=" : ">=");
  const beyond = raw(
    page.isAscending ? "'ffffffff-ffff-ffff-ffff-ffffffffffff'" : "'00000000-0000-0000-0000-000000000000'",
  );
  const isWithin = isBounded
    ? sql`AND r."id" ${sign} coalesce((SELECT bound."id" FROM bound), ${beyond}::uuid)`
    : sql``;
  return sql`SELECT c."id" FROM unnest(${[...ids]}::uuid[]) AS k("key") CROSS JOIN LATERAL (SELECT r."id" FROM "Record" r
    WHERE ${ownerTests(parts, page, column)} ${isWithin} ORDER BY r."id" ${direction(page)} LIMIT ${raw(String(page.limit))}) c`;
}

/** Of the 8th rows of all keys, the one behind which a page is full already: 8 rows a key, as many keys as it takes. */
function boundOf(parts: Parts, page: BranchPage): Sql {
  const { roles, loneOwners } = page.reached.reach;
  const eighth = (column: OwnerColumn, ids: readonly string[]) =>
    sql`SELECT c."id" FROM unnest(${[...ids]}::uuid[]) AS k("key") CROSS JOIN LATERAL (SELECT r."id" FROM "Record" r
      WHERE ${ownerTests(parts, page, column)} ORDER BY r."id" ${direction(page)} OFFSET ${raw(String(DEPTH - 1))} LIMIT 1) c`;
  const eighths = [
    ...(roles.length === 0 ? [] : [eighth("ownerRoleId", roles)]),
    ...(loneOwners.length === 0 ? [] : [eighth("ownerId", loneOwners)]),
  ];
  const keys = Math.ceil(page.limit / DEPTH);
  return sql`SELECT e."id" FROM (${join(eighths, " UNION ALL ")}) e
    ORDER BY e."id" ${direction(page)} OFFSET ${raw(String(keys - 1))} LIMIT 1`;
}

function grantWays(parts: Parts, page: BranchPage): readonly Sql[] {
  const { reached, isWanted, isInRange, limit } = page;
  const { free, narrowed } = keysOf(reached);
  const way = (keys: Sql, isKey: Sql, more: readonly Sql[], needsRecord: boolean) => {
    const tests = [
      isKey,
      sql`g."moduleId" = ${parts.id(reached.moduleId)} AND g."orgId" = ${parts.id(reached.orgId)}`,
      isLiveGrant(parts as Dialect, reached),
      ...(isInRange === null ? [] : [isInRange(sql`g."recordId"`)]),
      ...more,
      ...(isWanted === null ? [] : [isWanted(row)]),
    ];
    const record =
      needsRecord || isWanted !== null
        ? sql`JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId"`
        : sql``;
    return sql`SELECT c."id" FROM ${keys} CROSS JOIN LATERAL (SELECT g."recordId" AS "id" FROM "RecordGrant" g ${record}
      WHERE ${join(tests, " AND ")} ORDER BY g."recordId" ${direction(page)} LIMIT ${raw(String(limit))}) c`;
  };
  return [
    ...(free.length === 0
      ? []
      : [way(sql`unnest(${[...free]}::text[]) AS k("key")`, sql`g."key" = k."key"`, [], false)]),
    ...narrowed.map(([key, within]) =>
      way(sql`(SELECT 1) AS k`, sql`g."key" = ${parts.text(key)}`, [parts.isOwnerIn(row, within)], true),
    ),
  ];
}

function direction({ isAscending }: BranchPage): Sql {
  return raw(isAscending ? "ASC" : "DESC");
}

/** Every id of the reach. */
export function branchIds(parts: Parts, reached: SomeReached): Sql {
  const { roles, loneOwners, ownerMask } = reached.reach;
  const { free, narrowed } = keysOf(reached);
  const inModule = sql`r."moduleId" = ${parts.id(reached.moduleId)} AND ${parts.isOfOrg(row, reached.orgId)}`;
  const ofGrants = sql`g."moduleId" = ${parts.id(reached.moduleId)} AND g."orgId" = ${parts.id(reached.orgId)}
    AND ${isLiveGrant(parts as Dialect, reached)}`;
  const owned = (column: OwnerColumn, ids: readonly string[]) =>
    sql`SELECT r."id" FROM "Record" r WHERE ${inModule} AND ${parts.isIdOneOf(sql`r.${raw(`"${column}"`)}`, ids)}
      AND ${parts.isOwnerIn(row, ownerMask)}`;
  const ways = [
    ...(roles.length === 0 ? [] : [owned("ownerRoleId", roles)]),
    ...(loneOwners.length === 0 ? [] : [owned("ownerId", loneOwners)]),
    ...(free.length === 0
      ? []
      : [
          sql`SELECT DISTINCT g."recordId" AS "id" FROM "RecordGrant" g WHERE ${parts.isOneOf(sql`g."key"`, free)} AND ${ofGrants}`,
        ]),
    ...narrowed.map(
      ([key, within]) =>
        sql`SELECT g."recordId" AS "id" FROM "RecordGrant" g JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId"
          WHERE g."key" = ${parts.text(key)} AND ${ofGrants} AND ${parts.isOwnerIn(row, within)}`,
    ),
  ];
  return ways.length === 0 ? sql`SELECT NULL::uuid AS "id" WHERE false` : join(ways, " UNION ");
}
