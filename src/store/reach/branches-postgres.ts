import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { SeqMask } from "../../policy/owners.ts";
import { type BranchPage, freeKeysOf, keysOf, type SomeReached, scanned } from "./branches.ts";
import type { Dialect } from "./dialect.ts";
import { isLiveGrant } from "./predicate.ts";

type Parts = Pick<Dialect, "id" | "idText" | "instant" | "text" | "isOwnerIn" | "isOneOf" | "isIdOneOf">;

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
  if (page.owners === "SCAN") return { statement: scanPage(parts, page), cut: page.limit };
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

/** Of the next rows of the list those whose owner is in the mask, and beside them what is granted. */
function scanPage(parts: Parts, page: BranchPage): Sql {
  const { ownerMask, keys } = page.reached.reach;
  const limit = sql`LIMIT ${raw(String(page.limit))}`;
  const owned = sql`SELECT 0 AS "way", ${parts.idText(sql`s."id"`)} AS "id" FROM (SELECT r."id" FROM (${scanned(parts, page)}) r
    WHERE ${parts.isOwnerIn(row, ownerMask)} ORDER BY r."id" ${direction(page)} ${limit}) s`;
  if (keys.size === 0) return owned;
  return sql`${owned} UNION ALL SELECT 1 AS "way", ${parts.idText(sql`u."id"`)} AS "id"
    FROM (SELECT DISTINCT w."id" FROM (${join(grantWays(parts, page), " UNION ALL ")}) w
      ORDER BY w."id" ${direction(page)} ${limit}) u`;
}

type OwnerColumn = "ownerRoleId" | "ownerId";

function ownerTests(parts: Parts, page: BranchPage, column: OwnerColumn): Sql {
  const { reached, isWanted, isInRange } = page;
  const tests = [
    sql`r."moduleId" = ${parts.id(reached.moduleId)} AND r.${raw(`"${column}"`)} = k."key"`,
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
  const record =
    isWanted === null ? sql`` : sql`JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId"`;
  const way = (keys: Sql, isKey: Sql) => {
    const tests = [
      isKey,
      ...grantTests(parts, reached),
      ...(isInRange === null ? [] : [isInRange(sql`g."recordId"`)]),
      ...(isWanted === null ? [] : [isWanted(row)]),
    ];
    return sql`SELECT c."id" FROM ${keys} CROSS JOIN LATERAL (SELECT g."recordId" AS "id" FROM "RecordGrant" g ${record}
      WHERE ${join(tests, " AND ")} ORDER BY g."recordId" ${direction(page)} LIMIT ${raw(String(limit))}) c`;
  };
  return [
    ...(free.length === 0
      ? []
      : [way(sql`unnest(${[...free]}::text[]) AS k("key")`, sql`g."key" = k."key"`)]),
    ...narrowed.map((each) => way(sql`(SELECT 1) AS k`, isNarrowed(parts, each))),
  ];
}

/** What is asked of every grant `g` beside its key, by what its index knows. */
function grantTests(parts: Parts, reached: SomeReached): readonly Sql[] {
  return [sql`g."moduleId" = ${parts.id(reached.moduleId)}`, isLiveGrant(parts as Dialect, reached)];
}

/** Whether a grant `g` has a key that is narrowed to owners, and is of one of them. */
function isNarrowed(parts: Parts, [key, within]: readonly [string, SeqMask]): Sql {
  return sql`g."key" = ${parts.text(key)} AND ${parts.isOwnerIn(sql`g`, within)}`;
}

function direction({ isAscending }: BranchPage): Sql {
  return raw(isAscending ? "ASC" : "DESC");
}

/** Every id of the reach. */
export function branchIds(parts: Parts, reached: SomeReached): Sql {
  const { roles, loneOwners, ownerMask } = reached.reach;
  const inModule = sql`r."moduleId" = ${parts.id(reached.moduleId)}`;
  const owned = (column: OwnerColumn, ids: readonly string[]) =>
    sql`SELECT r."id" FROM "Record" r WHERE ${inModule} AND ${parts.isIdOneOf(sql`r.${raw(`"${column}"`)}`, ids)}
      AND ${parts.isOwnerIn(row, ownerMask)}`;
  const ways = [
    ...(roles.length === 0 ? [] : [owned("ownerRoleId", roles)]),
    ...(loneOwners.length === 0 ? [] : [owned("ownerId", loneOwners)]),
    ...granted(parts, reached),
  ];
  return ways.length === 0 ? sql`SELECT NULL::uuid AS "id" WHERE false` : join(ways, " UNION ");
}

/**
 * How many records are granted whose owner is not in the mask, each once.
 *
 * Matches of criteria may be a third of a module: each such key is a way of its own in the order of ids. Asked for in
 * the order in which a count tells the same from the same, they are merged as they are read, without a set or a sort.
 */
export function grantedCount(parts: Parts, reached: SomeReached): Sql {
  const { narrowed } = keysOf(reached);
  const { few, broad } = freeKeysOf(reached);
  const tests = [
    ...grantTests(parts, reached),
    sql`NOT (${parts.isOwnerIn(sql`g`, reached.reach.ownerMask)})`,
  ];
  const way = (isKey: Sql) =>
    sql`(SELECT g."recordId" AS "id" FROM "RecordGrant" g WHERE ${join([isKey, ...tests], " AND ")}
      ORDER BY g."recordId")`;
  const ways = [
    ...(few.length === 0 ? [] : [way(parts.isOneOf(sql`g."key"`, few))]),
    ...narrowed.map((each) => way(isNarrowed(parts, each))),
    ...broad.map((key) => way(sql`g."key" = ${parts.text(key)}`)),
  ];
  return sql`(SELECT count(DISTINCT u."id") FROM (${join(ways, " UNION ALL ")}) u)`;
}

/** The ids of the grants of a reach: one way for all keys that admit any owner, one for each that is narrowed. */
function granted(parts: Parts, reached: SomeReached): readonly Sql[] {
  const { free, narrowed } = keysOf(reached);
  const way = (isKey: Sql) =>
    sql`SELECT DISTINCT g."recordId" AS "id" FROM "RecordGrant" g
      WHERE ${join([isKey, ...grantTests(parts, reached)], " AND ")}`;
  return [
    ...(free.length === 0 ? [] : [way(parts.isOneOf(sql`g."key"`, free))]),
    ...narrowed.map((each) => way(isNarrowed(parts, each))),
  ];
}
