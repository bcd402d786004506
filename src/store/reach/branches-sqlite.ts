import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { type BranchPage, keysOf, type SomeReached } from "./branches.ts";
import type { Dialect } from "./dialect.ts";
import { isLiveGrant } from "./predicate.ts";

type Parts = Pick<Dialect, "id" | "number" | "isOwnerIn" | "isOfOrg" | "isOneOf" | "isIdOneOf">;

const row = sql`r`;

/**
 * The ways into a reach on SQLite: standing alone, each walks its index and stops early; an `OR` would sort everything.
 *
 * A record may have several grants of the viewer's, so that this way is cut at twice the page, and says how far it came.
 */
export function branchPage(parts: Parts, page: BranchPage) {
  const { reached, limit } = page;
  const cut = limit;
  const { roles, loneOwners, ownerMask, keys } = reached.reach;
  const isOwned = parts.isOwnerIn(row, ownerMask);
  const ways = [
    ...(roles.length === 0
      ? []
      : [ownerWay(parts, page, 0, sql`${parts.isIdOneOf(sql`r."ownerRoleId"`, roles)} AND ${isOwned}`)]),
    ...(loneOwners.length === 0
      ? []
      : [ownerWay(parts, page, 1, sql`${parts.isIdOneOf(sql`r."ownerId"`, loneOwners)} AND ${isOwned}`)]),
    ...(keys.size === 0 ? [] : [grantWay(parts, page, 2)]),
  ];
  const statement =
    ways.length === 0 ? sql`SELECT 0 AS "way", '' AS "id" WHERE 1 = 0` : join(ways, " UNION ALL ");
  return { statement, cut };
}

function ownerWay(parts: Parts, page: BranchPage, way: number, isOnWay: Sql): Sql {
  const { reached, isWanted, isInRange, limit } = page;
  const tests = [
    sql`r."moduleId" = ${parts.id(reached.moduleId)}`,
    isOnWay,
    parts.isOfOrg(row, reached.orgId),
    ...(isInRange === null ? [] : [isInRange(sql`r."id"`)]),
    ...(isWanted === null ? [] : [isWanted(row)]),
  ];
  return sql`SELECT ${raw(String(way))} AS "way", "id" FROM (SELECT r."id" AS "id" FROM "Record" r
    WHERE ${join(tests, " AND ")} ORDER BY r."id" ${direction(page)} LIMIT ${raw(String(limit))})`;
}

function grantWay(parts: Parts, page: BranchPage, way: number): Sql {
  const { reached, isWanted, isInRange, limit } = page;
  const { free, narrowed } = keysOf(reached);
  const isHeld = join(
    [
      ...(free.length === 0 ? [] : [parts.isOneOf(sql`g."key"`, free)]),
      ...narrowed.map(([key, within]) => sql`(g."key" = ${key} AND ${parts.isOwnerIn(row, within)})`),
    ],
    " OR ",
  );
  const tests = [
    // Said on its own as well, since an index is not found through an OR.
    parts.isOneOf(sql`g."key"`, [...free, ...narrowed.map(([key]) => key)]),
    sql`g."moduleId" = ${parts.id(reached.moduleId)}`,
    sql`+g."orgId" = ${parts.id(reached.orgId)}`,
    isLiveGrant(parts as Dialect, reached),
    ...(isInRange === null ? [] : [isInRange(sql`g."recordId"`)]),
    ...(narrowed.length === 0 ? [] : [sql`(${isHeld})`]),
    ...(isWanted === null ? [] : [isWanted(row)]),
  ];
  const record =
    narrowed.length === 0 && isWanted === null
      ? sql``
      : sql`CROSS JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId"`;
  return sql`SELECT ${raw(String(way))} AS "way", "id" FROM (SELECT g."recordId" AS "id" FROM "RecordGrant" g ${record}
    WHERE ${join(tests, " AND ")} ORDER BY g."recordId" ${direction(page)} LIMIT ${raw(String(limit))})`;
}

function direction({ isAscending }: BranchPage): Sql {
  return raw(isAscending ? "ASC" : "DESC");
}

/** Every id of the reach. */
export function branchIds(parts: Parts, reached: SomeReached): Sql {
  const { roles, loneOwners } = reached.reach;
  const { free, narrowed } = keysOf(reached);
  const inModule = sql`r."moduleId" = ${parts.id(reached.moduleId)} AND ${parts.isOfOrg(row, reached.orgId)}`;
  const ofGrants = sql`g."moduleId" = ${parts.id(reached.moduleId)} AND +g."orgId" = ${parts.id(reached.orgId)}
    AND ${isLiveGrant(parts as Dialect, reached)}`;
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
    ...(free.length === 0
      ? []
      : [
          sql`SELECT DISTINCT g."recordId" AS "id" FROM "RecordGrant" g WHERE ${parts.isOneOf(sql`g."key"`, free)} AND ${ofGrants}`,
        ]),
    ...narrowed.map(
      ([key, within]) =>
        sql`SELECT g."recordId" AS "id" FROM "RecordGrant" g CROSS JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId"
          WHERE g."key" = ${key} AND ${ofGrants} AND ${parts.isOwnerIn(row, within)}`,
    ),
  ];
  return ways.length === 0 ? sql`SELECT '' AS "id" WHERE 1 = 0` : join(ways, " UNION ");
}
