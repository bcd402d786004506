import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { type BranchPage, isCriteriaKey, keysOf, type SomeReached, scanned } from "./branches.ts";
import type { Dialect } from "./dialect.ts";
import { isLiveGrant } from "./predicate.ts";

type Parts = Pick<Dialect, "id" | "number" | "isOwnerIn" | "isOneOf" | "isIdOneOf">;

const row = sql`r`;

/**
 * The ways into a reach on SQLite: standing alone, each walks its index and stops early; an `OR` would sort everything.
 *
 * A record may have several grants of the viewer's, so that this way is cut at twice the page, and says how far it came.
 */
export function branchPage(parts: Parts, page: BranchPage) {
  const { reached, limit } = page;
  const cut = limit;
  const { roles, loneOwners, keys } = reached.reach;
  const ofOwners =
    page.owners === "SCAN"
      ? [scanWay(parts, page)]
      : [
          ...(roles.length === 0
            ? []
            : [ownerWay(parts, page, { way: 0, column: "ownerRoleId", ids: roles })]),
          ...(loneOwners.length === 0
            ? []
            : [ownerWay(parts, page, { way: 1, column: "ownerId", ids: loneOwners })]),
        ];
  const ways = [...ofOwners, ...(keys.size === 0 ? [] : [grantWay(parts, page, 2)])];
  const statement =
    ways.length === 0 ? sql`SELECT 0 AS "way", '' AS "id" WHERE 1 = 0` : join(ways, " UNION ALL ");
  return { statement, cut };
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
    ...(isWanted === null ? [] : [isWanted(row)]),
  ];
  return sql`SELECT ${raw(String(way))} AS "way", "id" FROM (SELECT r."id" AS "id" FROM "Record" r
    INDEXED BY ${raw(`"Record_moduleId_${column}_id_ownerSeq_idx"`)} WHERE ${join(tests, " AND ")} ORDER BY r."id" ${direction(page)} LIMIT ${raw(String(limit))})`;
}

/** Of the next rows of the list, those whose owner is in the mask. */
function scanWay(parts: Parts, page: BranchPage): Sql {
  return sql`SELECT 0 AS "way", "id" FROM (SELECT r."id" AS "id" FROM (${scanned(parts, page)}) r
    WHERE ${parts.isOwnerIn(row, page.reached.reach.ownerMask)} LIMIT ${raw(String(page.limit))})`;
}

function grantWay(parts: Parts, page: BranchPage, way: number): Sql {
  const { reached, isWanted, isInRange, limit } = page;
  const tests = [
    ...grantTests(parts, reached),
    ...(isInRange === null ? [] : [isInRange(sql`g."recordId"`)]),
    ...(isWanted === null ? [] : [isWanted(row)]),
  ];
  const record =
    isWanted === null ? sql`` : sql`CROSS JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId"`;
  return sql`SELECT ${raw(String(way))} AS "way", "id" FROM (SELECT g."recordId" AS "id" FROM "RecordGrant" g ${record}
    WHERE ${join(tests, " AND ")} ORDER BY g."recordId" ${direction(page)} LIMIT ${raw(String(limit))})`;
}

/** Whether a grant `g` is one of the reach's, by what its index knows: whose record it is stands in it. */
function grantTests(parts: Parts, reached: SomeReached): readonly Sql[] {
  const { free, narrowed } = keysOf(reached);
  const isHeld = join(
    [
      ...(free.length === 0 ? [] : [parts.isOneOf(sql`g."key"`, free)]),
      ...narrowed.map(([key, within]) => sql`(g."key" = ${key} AND ${parts.isOwnerIn(sql`g`, within)})`),
    ],
    " OR ",
  );
  return [
    // Said on its own as well, since an index is not found through an OR.
    parts.isOneOf(sql`g."key"`, [...free, ...narrowed.map(([key]) => key)]),
    sql`g."moduleId" = ${parts.id(reached.moduleId)}`,
    isLiveGrant(parts as Dialect, reached),
    ...(narrowed.length === 0 ? [] : [sql`(${isHeld})`]),
  ];
}

function direction({ isAscending }: BranchPage): Sql {
  return raw(isAscending ? "ASC" : "DESC");
}

/** Every id of the reach. */
export function branchIds(parts: Parts, reached: SomeReached): Sql {
  const { roles, loneOwners, keys } = reached.reach;
  const inModule = sql`r."moduleId" = ${parts.id(reached.moduleId)}`;
  const isOwned = parts.isOwnerIn(row, reached.reach.ownerMask);
  const ways = [
    ...(roles.length === 0
      ? []
      : [
          sql`SELECT r."id" AS "id" FROM "Record" r WHERE ${inModule} AND ${parts.isIdOneOf(sql`r."ownerRoleId"`, roles)} AND ${isOwned}`,
        ]),
    ...(loneOwners.length === 0
      ? []
      : [
          sql`SELECT r."id" AS "id" FROM "Record" r WHERE ${inModule} AND ${parts.isIdOneOf(sql`r."ownerId"`, loneOwners)} AND ${isOwned}`,
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
 * are merged as they are read, where a set of everything would have to be built. The limit keeps the order, which SQLite
 * would leave out of a count.
 */
export function grantedCount(parts: Parts, reached: SomeReached): Sql {
  const isNotOwned = sql`NOT (${parts.isOwnerIn(sql`g`, reached.reach.ownerMask)})`;
  const all = [...reached.reach.keys];
  const broad = all.filter(([key]) => isCriteriaKey(key));
  const few = all.filter(([key]) => !isCriteriaKey(key));
  const ways = [...(few.length === 0 ? [] : [few]), ...broad.map((each) => [each])].map((keys) => {
    const only = { ...reached, reach: { ...reached.reach, keys: new Map(keys) } };
    return sql`SELECT ${keys.length > 1 ? raw("DISTINCT") : raw("")} g."recordId" AS "id" FROM "RecordGrant" g
      WHERE ${join([...grantTests(parts, only), isNotOwned], " AND ")}`;
  });
  return sql`(SELECT count(*) FROM (${join(ways, " UNION ")} ORDER BY 1 LIMIT -1))`;
}
