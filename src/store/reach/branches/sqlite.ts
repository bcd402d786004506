import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { anyOf } from "../sql/combined.ts";
import type { Dialect } from "../sql/dialect.ts";
import {
  type BranchPage,
  isCriteriaKey,
  keysOf,
  ownersOneByOne,
  type SomeReached,
  scanned,
} from "./branches.ts";
import { isLiveGrant, isNarrowed } from "./predicate.ts";

type Parts = Pick<Dialect, "id" | "instant" | "text" | "isOwnerIn" | "isOneOf" | "isIdOneOf">;

const row = sql`r`;

/**
 * The ways into a reach on SQLite: standing alone, each walks its index and stops early; an `OR` would sort everything.
 *
 * A record may have several grants of the viewer's, so that this way is cut at twice the page, and says how far it came.
 */
export function branchPage(parts: Parts, page: BranchPage) {
  if (page.owners === "LIST") return { statement: listPage(parts, page), cut: page.limit };
  const ways = [...ownerWays(parts, page), ...grantWays(parts, page, null)];
  const statement =
    ways.length === 0 ? sql`SELECT 0 AS "way", '' AS "id" WHERE 1 = 0` : join(ways, " UNION ALL ");
  return { statement, cut: page.limit };
}

function ownerWays(parts: Parts, page: BranchPage): readonly Sql[] {
  const { roles } = page.reached.reach;
  const owners = ownersOneByOne(page.reached);
  if (page.owners === "SCAN") return [scanWay(parts, page)];
  return [
    ...(roles.length === 0 ? [] : [ownerWay(parts, page, { way: 0, column: "ownerRoleId", ids: roles })]),
    ...(owners.length === 0 ? [] : [ownerWay(parts, page, { way: 1, column: "ownerId", ids: owners })]),
  ];
}

/**
 * The index is named: by its statistics SQLite would walk the module in order and look at every row, which finds a page
 * sooner only where most rows are in reach, and takes thousandfold where few are.
 */
function ownerWay(
  parts: Parts,
  page: BranchPage,
  {
    way,
    column,
    ids,
  }: {
    readonly way: number;
    readonly column: "ownerRoleId" | "ownerId";
    readonly ids: readonly string[];
  },
): Sql {
  const { reached, isWanted, isInRange, limit } = page;
  const tests = [
    sql`r."moduleId" = ${parts.id(reached.moduleId)}`,
    parts.isIdOneOf(sql`r.${raw(`"${column}"`)}`, ids),
    parts.isOwnerIn(row, reached.reach.ownerMask),
    ...(isInRange === null ? [] : [isInRange(sql`r."id"`)]),
    ...(isWanted === null ? [] : [isWanted(row, parts.isOwnerIn(row, reached.reach.ownerMask))]),
  ];
  return sql`SELECT ${raw(String(way))} AS "way", "id" FROM (SELECT r."id" AS "id" FROM "Record" r
    INDEXED BY ${raw(`"Record_moduleId_${column}_id_ownerSeq_idx"`)} WHERE ${join(tests, " AND ")} ORDER BY r."id" ${direction(page)} LIMIT ${raw(String(limit))})`;
}

/** Of the next rows of the list, those whose owner is in the mask. */
function scanWay(parts: Parts, page: BranchPage): Sql {
  return sql`SELECT 0 AS "way", "id" FROM (SELECT r."id" AS "id" FROM (${scanned(parts, page)}) r
    WHERE ${parts.isOwnerIn(row, page.reached.reach.ownerMask)} LIMIT ${raw(String(page.limit))})`;
}

/**
 * All of the list until the page is full, and what is granted as far as that goes. The index that is named knows the
 * owner, so that only rows of owners in reach are read for what is wanted of them.
 */
function listPage(parts: Parts, page: BranchPage): Sql {
  const { reached, isWanted, isInRange, limit } = page;
  const tests = [
    sql`r."moduleId" = ${parts.id(reached.moduleId)}`,
    parts.isOwnerIn(row, reached.reach.ownerMask),
    ...(isInRange === null ? [] : [isInRange(sql`r."id"`)]),
    ...(isWanted === null ? [] : [isWanted(row, parts.isOwnerIn(row, reached.reach.ownerMask))]),
  ];
  const owned = sql`SELECT r."id" AS "id" FROM "Record" r INDEXED BY "Record_moduleId_id_ownerSeq_idx"
    WHERE ${join(tests, " AND ")} ORDER BY r."id" ${direction(page)} LIMIT ${raw(String(limit))}`;
  // Ids are hexadecimal: none comes before '' or after 'z'. A list that ended bounds nothing.
  const [last, beyond] = page.isAscending ? [sql`max("id")`, sql`'z'`] : [sql`min("id")`, sql`''`];
  const bound = sql`(SELECT CASE WHEN count(*) < ${raw(String(limit))} THEN ${beyond} ELSE ${last} END FROM owned)`;
  const isWithin = sql`g."recordId" ${raw(page.isAscending ? "<=" : ">=")} ${bound}`;
  const ways = [sql`SELECT 0 AS "way", "id" FROM owned`, ...grantWays(parts, page, isWithin)];
  return sql`WITH owned AS MATERIALIZED (${owned}) ${join(ways, " UNION ALL ")}`;
}

/**
 * The ways of what is granted. With something wanted of the rows, each rule's matches are a way of their own, which ends
 * when it has found a page: together they would all be looked at, and sorted.
 */
function grantWays(parts: Parts, page: BranchPage, isWithin: Sql | null): readonly Sql[] {
  const { reach } = page.reached;
  if (reach.keys.size === 0) return [];
  if (page.isWanted === null) return [grantWay(parts, page, 2, isWithin)];
  const byRule = [...reach.keys].filter(([key]) => isCriteriaKey(key));
  const byShare = [...reach.keys].filter(([key]) => !isCriteriaKey(key));
  const sets = [...(byShare.length === 0 ? [] : [byShare]), ...byRule.map((each) => [each])];
  return sets.map((keys, at) => {
    const reached = { ...page.reached, reach: { ...reach, keys: new Map(keys) } };
    return grantWay(parts, { ...page, reached }, 2 + at, isWithin);
  });
}

function grantWay(parts: Parts, page: BranchPage, way: number, isWithin: Sql | null): Sql {
  const { reached, isWanted, isInRange, limit } = page;
  const tests = [
    ...grantTests(parts, reached),
    ...(isInRange === null ? [] : [isInRange(sql`g."recordId"`)]),
    ...(isWithin === null ? [] : [isWithin]),
    ...(isWanted === null ? [] : [isWanted(row, join(grantTests(parts, reached), " AND "))]),
  ];
  const record =
    isWanted === null ? sql`` : sql`CROSS JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId"`;
  return sql`SELECT ${raw(String(way))} AS "way", "id" FROM (SELECT g."recordId" AS "id" FROM "RecordGrant" g ${record}
    WHERE ${join(tests, " AND ")} ORDER BY g."recordId" ${direction(page)} LIMIT ${raw(String(limit))})`;
}

/** Whether a grant `g` is one of the reach's, by what its index knows: whose record it is stands in it. */
function grantTests(parts: Parts, reached: SomeReached): readonly Sql[] {
  const { free, narrowed } = keysOf(reached.reach);
  const isHeld = anyOf([
    ...(free.length === 0 ? [] : [parts.isOneOf(sql`g."key"`, free)]),
    ...narrowed.map((each) => sql`(${isNarrowed(parts, each)})`),
  ]);
  return [
    // Said on its own as well, since an index is not found through an OR.
    parts.isOneOf(sql`g."key"`, [...free, ...narrowed.map(([key]) => key)]),
    sql`g."moduleId" = ${parts.id(reached.moduleId)}`,
    isLiveGrant(parts as Dialect, reached),
    ...(narrowed.length === 0 ? [] : [isHeld]),
  ];
}

function direction({ isAscending }: BranchPage): Sql {
  return raw(isAscending ? "ASC" : "DESC");
}

/** Every id of the reach. */
export function branchIds(parts: Parts, reached: SomeReached): Sql {
  const { roles, keys } = reached.reach;
  const owners = ownersOneByOne(reached);
  const inModule = sql`r."moduleId" = ${parts.id(reached.moduleId)}`;
  const isOwned = parts.isOwnerIn(row, reached.reach.ownerMask);
  const ways = [
    ...(roles.length === 0
      ? []
      : [
          sql`SELECT r."id" AS "id" FROM "Record" r WHERE ${inModule} AND ${parts.isIdOneOf(sql`r."ownerRoleId"`, roles)} AND ${isOwned}`,
        ]),
    ...(owners.length === 0
      ? []
      : [
          sql`SELECT r."id" AS "id" FROM "Record" r WHERE ${inModule} AND ${parts.isIdOneOf(sql`r."ownerId"`, owners)} AND ${isOwned}`,
        ]),
    ...(keys.size === 0
      ? []
      : [
          sql`SELECT g."recordId" AS "id" FROM "RecordGrant" g WHERE ${join(grantTests(parts, reached), " AND ")}`,
        ]),
  ];
  return ways.length === 0 ? sql`SELECT '' AS "id" WHERE 1 = 0` : join(ways, " UNION ");
}

/**
 * How many records are granted whose owner is not in the mask, each once.
 *
 * Matches of criteria may be a third of a module: each such key is a way of its own in the order of ids, and the ways
 * are merged as they are read, where a set of everything would have to be built. What is merged first is passed on by
 * every later step, so that the key with most matches comes last, alone on its side of the one `UNION`. The limit keeps
 * the order, which SQLite would leave out of a count.
 */
export function grantedCount(parts: Parts, reached: SomeReached): Sql {
  const { few, narrowed, broad } = keysOf(reached.reach);
  const tests = [
    sql`g."moduleId" = ${parts.id(reached.moduleId)}`,
    isLiveGrant(parts as Dialect, reached),
    sql`NOT (${parts.isOwnerIn(sql`g`, reached.reach.ownerMask)})`,
  ];
  const way = (isKey: Sql) =>
    sql`SELECT g."recordId" AS "id" FROM "RecordGrant" g WHERE ${join([isKey, ...tests], " AND ")}`;
  const ofFew = few.length === 0 ? [] : [way(parts.isOneOf(sql`g."key"`, few))];
  // Each of these keys gives each record once.
  const ofOne = [
    ...narrowed.map((each) => way(isNarrowed(parts, each))),
    ...broad.map((_, at) =>
      way(sql`g."key" = (SELECT ranked."key" FROM ranked WHERE ranked."rank" = ${raw(String(at + 1))})`),
    ),
  ];
  const last = ofOne.pop();
  if (last === undefined) return sql`(SELECT count(DISTINCT "id") FROM (${join(ofFew, " UNION ALL ")}))`;
  const others = [...ofFew, ...ofOne];
  const merged =
    others.length === 0 ? last : sql`${join(others, " UNION ALL ")} UNION ${last} ORDER BY 1 LIMIT -1`;
  return sql`(WITH ranked AS MATERIALIZED (${ranked(parts, reached, broad)}) SELECT count(*) FROM (${merged}))`;
}

/** How far back is looked to tell which key has most grants. */
const SAMPLE = 100;

/** Keys by how many grants they seem to have, fewest first: the sooner a sample of the newest ends, the more there are. */
function ranked(parts: Parts, reached: SomeReached, keys: readonly string[]): Sql {
  const sampled = sql`(SELECT g."recordId" FROM "RecordGrant" g WHERE g."key" = k.value
    AND g."moduleId" = ${parts.id(reached.moduleId)} ORDER BY g."recordId" DESC LIMIT 1 OFFSET ${raw(String(SAMPLE))})`;
  return sql`SELECT k.value AS "key", row_number() OVER (ORDER BY ${sampled}, k.value) AS "rank"
    FROM json_each(${JSON.stringify(keys)}) k`;
}
