import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Dialect } from "../sql/dialect.ts";
import { type BranchPage, keysOf, ownersOneByOne, type SomeReached, scanned } from "./branches.ts";
import { isLiveGrant, isNarrowed } from "./predicate.ts";

type Parts = Pick<Dialect, "id" | "idText" | "instant" | "text" | "isOwnerIn" | "isOneOf" | "isIdOneOf">;

const row = sql`r`;

/** Beyond so many owner keys a bound of the page is found first, so that most of them end at once. */
const BOUND_FROM = 8;
/** How deep each key is looked at for the bound. */
const DEPTH = 8;

/**
 * The ways into a reach on Postgres: for every role, owner and grant key a lateral that walks its index and stops at
 * the page's size. Each key gives each record once, so nothing is lost in the cut, and the union is exact.
 */
export function branchPage(parts: Parts, page: BranchPage) {
  if (page.owners === "SCAN") return { statement: scanPage(parts, page), cut: page.limit };
  if (page.owners === "LIST") return { statement: listPage(parts, page), cut: page.limit };
  const { roles, keys } = page.reached.reach;
  const owners = ownersOneByOne(page.reached);
  // Exact: what is not among them does not come before them.
  const cut = page.limit + 1;
  if (roles.length + owners.length + keys.size === 0)
    return { statement: sql`SELECT 0 AS "way", ''::text AS "id" WHERE false`, cut };
  if (page.isWanted !== null || roles.length + owners.length <= BOUND_FROM)
    return { statement: firstOf(parts, page, 0, waysOf(parts, page)), cut };
  const statement = sql`WITH bound AS MATERIALIZED (${boundOf(parts, page)})
    ${firstOf(parts, page, 0, waysOf(parts, page, isWithinBound(page)))}`;
  return { statement, cut };
}

/** Of the next rows of the list those whose owner is in the mask, and what is granted as far as those go. */
function scanPage(parts: Parts, page: BranchPage): Sql {
  const { reach } = page.reached;
  const owned = sql`SELECT r."id" FROM (${scanned(parts, page)}) r
    WHERE ${parts.isOwnerIn(row, reach.ownerMask)} ORDER BY r."id" ${direction(page)} ${limited(page.limit)}`;
  if (reach.keys.size === 0)
    return sql`SELECT 0 AS "way", ${parts.idText(sql`owned."id"`)} AS "id" FROM (${owned}) owned`;
  const { free, narrowed } = keysOf(reach);
  const last = sql`(SELECT owned."id" FROM owned ORDER BY owned."id" ${direction(page, true)} LIMIT 1)`;
  // All keys in one walk: none has more grants there than the list has rows.
  const granted = (isKey: Sql) => {
    const tests = [isKey, ...grantTests(parts, page), sql`g."recordId" ${upTo(page)} ${last}`];
    return sql`SELECT g."recordId" AS "id" FROM "RecordGrant" g WHERE ${join(tests, " AND ")}`;
  };
  const ways = [
    ...(free.length === 0 ? [] : [granted(sql`g."key" = ANY((SELECT ${[...free]}::text[])::text[])`)]),
    ...narrowed.map((each) => granted(isNarrowed(parts, each))),
  ];
  return sql`WITH owned AS MATERIALIZED (${owned})
    SELECT 0 AS "way", ${parts.idText(sql`owned."id"`)} AS "id" FROM owned UNION ALL ${firstOf(parts, page, 1, ways)}`;
}

/**
 * All of the list until the page is full, its rows tested for their owner alone, and what is granted as far as that goes.
 *
 * Owner and filter are one test: of two, the planner would expect so few rows to meet both that it reads and sorts all
 * there are, where in the order of the list a page is full soon.
 */
function listPage(parts: Parts, page: BranchPage): Sql {
  const { reached, isWanted, isInRange } = page;
  const isOwned = parts.isOwnerIn(row, reached.reach.ownerMask);
  const tests = [
    sql`r."moduleId" = ${parts.id(reached.moduleId)}`,
    ...(isInRange === null ? [] : [isInRange(sql`r."id"`)]),
    isWanted === null ? isOwned : sql`CASE WHEN ${isOwned} THEN ${isWanted(row, isOwned)} ELSE false END`,
  ];
  const owned = sql`SELECT r."id" FROM "Record" r
    WHERE ${join(tests, " AND ")} ORDER BY r."id" ${direction(page)} ${limited(page.limit)}`;
  // The last row of a full page; of a list that ended before there is none, and no bound.
  const bound = sql`SELECT owned."id" FROM owned ORDER BY owned."id" ${direction(page)}
    OFFSET ${raw(String(page.limit - 1))} LIMIT 1`;
  const ways =
    reached.reach.keys.size === 0
      ? sql``
      : sql`UNION ALL ${firstOf(parts, page, 1, grantWays(parts, page, isWithinBound(page)))}`;
  return sql`WITH owned AS MATERIALIZED (${owned}), bound AS MATERIALIZED (${bound})
    SELECT 0 AS "way", ${parts.idText(sql`owned."id"`)} AS "id" FROM owned ${ways}`;
}

/** The first ids of several ways, each once, as rows of a way of that number: made text when they are few. */
function firstOf(parts: Parts, page: BranchPage, way: number, ways: readonly Sql[]): Sql {
  return sql`SELECT ${raw(String(way))} AS "way", ${parts.idText(sql`first."id"`)} AS "id"
    FROM (SELECT DISTINCT ways."id" FROM (${join(ways, " UNION ALL ")}) ways
      ORDER BY ways."id" ${direction(page)} ${limited(page.limit)}) first`;
}

/** What is asked of an id besides, if anything. */
type IdTest = ((id: Sql) => Sql) | null;

function waysOf(parts: Parts, page: BranchPage, isWithin: IdTest = null): readonly Sql[] {
  const { roles, keys } = page.reached.reach;
  const owners = ownersOneByOne(page.reached);
  return [
    ...(roles.length === 0 ? [] : [ownerWay(parts, page, "ownerRoleId", roles, isWithin)]),
    ...(owners.length === 0 ? [] : [ownerWay(parts, page, "ownerId", owners, isWithin)]),
    ...(keys.size === 0 ? [] : grantWays(parts, page, isWithin)),
  ];
}

type OwnerColumn = "ownerRoleId" | "ownerId";

function ownerTests(parts: Parts, page: BranchPage, column: OwnerColumn): readonly Sql[] {
  const { reached, isWanted, isInRange } = page;
  return [
    sql`r."moduleId" = ${parts.id(reached.moduleId)} AND r.${raw(`"${column}"`)} = k."key"`,
    parts.isOwnerIn(row, reached.reach.ownerMask),
    ...(isInRange === null ? [] : [isInRange(sql`r."id"`)]),
    ...(isWanted === null ? [] : [isWanted(row, parts.isOwnerIn(row, reached.reach.ownerMask))]),
  ];
}

function ownerWay(
  parts: Parts,
  page: BranchPage,
  column: OwnerColumn,
  ids: readonly string[],
  isWithin: IdTest,
): Sql {
  const tests = [...ownerTests(parts, page, column), ...(isWithin === null ? [] : [isWithin(sql`r."id"`)])];
  return sql`SELECT found."id" FROM ${each("uuid", ids)} CROSS JOIN LATERAL (SELECT r."id" FROM "Record" r
    WHERE ${join(tests, " AND ")} ORDER BY r."id" ${direction(page)} ${limited(page.limit)}) found`;
}

function grantWays(parts: Parts, page: BranchPage, isWithin: IdTest): readonly Sql[] {
  const { reached, isWanted } = page;
  const { free, narrowed } = keysOf(reached.reach);
  const record =
    isWanted === null ? sql`` : sql`JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId"`;
  const way = (keys: Sql, isKey: Sql) => {
    const tests = [
      isKey,
      ...grantTests(parts, page),
      ...(isWanted === null ? [] : [isWanted(row, join([isKey, ...grantTests(parts, page)], " AND "))]),
      ...(isWithin === null ? [] : [isWithin(sql`g."recordId"`)]),
    ];
    return sql`SELECT found."id" FROM ${keys} CROSS JOIN LATERAL (SELECT g."recordId" AS "id" FROM "RecordGrant" g ${record}
      WHERE ${join(tests, " AND ")} ORDER BY g."recordId" ${direction(page)} ${limited(page.limit)}) found`;
  };
  return [
    ...(free.length === 0 ? [] : [way(each("text", free), sql`g."key" = k."key"`)]),
    ...narrowed.map((key) => way(sql`(SELECT 1) k`, isNarrowed(parts, key))),
  ];
}

/** Keys as rows. By what it would know of the list, the planner would plan each list anew. */
function each(type: "uuid" | "text", keys: readonly string[]): Sql {
  return sql`unnest((SELECT ${[...keys]}::${raw(type)}[])) AS k("key")`;
}

/**
 * Of the 8th rows of all keys, the one behind which a page is full already: 8 rows a key, as many keys as it takes. No two
 * of these keys give the same row, so that an owner who is moving is none of them.
 */
function boundOf(parts: Parts, page: BranchPage): Sql {
  const { roles, loneOwners } = page.reached.reach;
  const eighth = (column: OwnerColumn, ids: readonly string[]) =>
    sql`SELECT found."id" FROM ${each("uuid", ids)} CROSS JOIN LATERAL (SELECT r."id" FROM "Record" r
      WHERE ${join(ownerTests(parts, page, column), " AND ")} ORDER BY r."id" ${direction(page)}
      OFFSET ${raw(String(DEPTH - 1))} LIMIT 1) found`;
  const eighths = [
    ...(roles.length === 0 ? [] : [eighth("ownerRoleId", roles)]),
    ...(loneOwners.length === 0 ? [] : [eighth("ownerId", loneOwners)]),
  ];
  const keys = Math.ceil(page.limit / DEPTH);
  return sql`SELECT eighths."id" FROM (${join(eighths, " UNION ALL ")}) eighths
    ORDER BY eighths."id" ${direction(page)} OFFSET ${raw(String(keys - 1))} LIMIT 1`;
}

/** Whether an id comes no later than the bound, if there is one. */
function isWithinBound(page: BranchPage): (id: Sql) => Sql {
  const digit = page.isAscending ? "f" : "0";
  const beyond = raw(`'${[8, 4, 4, 4, 12].map((length) => digit.repeat(length)).join("-")}'::uuid`);
  return (id) => sql`${id} ${upTo(page)} coalesce((SELECT bound."id" FROM bound), ${beyond})`;
}

/** What is asked of every grant `g` beside its key, by what its index knows. */
function grantTests(
  parts: Parts,
  { reached, isInRange }: Pick<BranchPage, "reached" | "isInRange">,
): readonly Sql[] {
  return [
    sql`g."moduleId" = ${parts.id(reached.moduleId)}`,
    isLiveGrant(parts as Dialect, reached),
    ...(isInRange === null ? [] : [isInRange(sql`g."recordId"`)]),
  ];
}

function direction({ isAscending }: BranchPage, isReversed = false): Sql {
  return raw(isAscending === isReversed ? "DESC" : "ASC");
}

function upTo({ isAscending }: BranchPage): Sql {
  return raw(isAscending ? "<=" : ">=");
}

function limited(rows: number): Sql {
  return raw(`LIMIT ${rows}`);
}

/** Every id of the reach. */
export function branchIds(parts: Parts, reached: SomeReached): Sql {
  const { roles, ownerMask } = reached.reach;
  const owners = ownersOneByOne(reached);
  const inModule = sql`r."moduleId" = ${parts.id(reached.moduleId)}`;
  const owned = (column: OwnerColumn, ids: readonly string[]) =>
    sql`SELECT r."id" FROM "Record" r WHERE ${inModule} AND ${parts.isIdOneOf(sql`r.${raw(`"${column}"`)}`, ids)}
      AND ${parts.isOwnerIn(row, ownerMask)}`;
  const ways = [
    ...(roles.length === 0 ? [] : [owned("ownerRoleId", roles)]),
    ...(owners.length === 0 ? [] : [owned("ownerId", owners)]),
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
  const { few, narrowed, broad } = keysOf(reached.reach);
  const tests = [
    ...grantTests(parts, { reached, isInRange: null }),
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
  return sql`(SELECT count(DISTINCT granted."id") FROM (${join(ways, " UNION ALL ")}) granted)`;
}

/** The ids of the grants of a reach: one way for all keys that admit any owner, one for each that is narrowed. */
function granted(parts: Parts, reached: SomeReached): readonly Sql[] {
  const { free, narrowed } = keysOf(reached.reach);
  const way = (isKey: Sql) =>
    sql`SELECT DISTINCT g."recordId" AS "id" FROM "RecordGrant" g
      WHERE ${join([isKey, ...grantTests(parts, { reached, isInRange: null })], " AND ")}`;
  return [
    ...(free.length === 0 ? [] : [way(parts.isOneOf(sql`g."key"`, free))]),
    ...narrowed.map((each) => way(isNarrowed(parts, each))),
  ];
}
