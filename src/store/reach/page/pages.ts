import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { asId, type RecordId } from "../../../kernel/id.ts";
import { type BranchPage, hasBranches } from "../branches/branches.ts";
import { isReached } from "../branches/predicate.ts";
import { isDear, meetsBehind } from "../condition/behind.ts";
import { meets } from "../condition/filter.ts";
import { isBeyond, orderSql, sortList } from "../condition/order.ts";
import { leading, leads } from "../plan/plan.ts";
import type { PageQuery, Position, Reached, RowTest } from "../query.ts";
import type { Dialect } from "../sql/dialect.ts";
import type { Runner } from "../statements.ts";
import { keptPage } from "./kept.ts";

const row = sql`r`;

/** The page by the simple exact statement: the list's own order, every row tested. */
export async function exactPage(
  dialect: Dialect,
  runner: Runner,
  query: PageQuery,
): Promise<readonly Position[]> {
  const isById = query.order.length === 0;
  // In the order of ids the list ends with the page, and a filter lets few rows be asked for their grants.
  const asked = leads(query.filter) ? "LED" : isById && query.filter !== null ? "FEW" : "ALL";
  const isInReach = isReached(dialect, query.reached, row, asked);
  const statement = placesFrom(dialect, query, sql`"Record" r`, isInReach);
  const isPlain = query.filter === null && isById;
  return ask(runner, query, isPlain ? keptPage(statement, query.reached, query.limit) : statement);
}

/** The page in another order than that of ids, from what is visible: found by its ways, then sorted. */
export async function sortedPage(
  dialect: Dialect,
  runner: Runner,
  query: PageQuery,
): Promise<readonly Position[]> {
  if (!hasBranches(query.reached)) return exactPage(dialect, runner, query);
  const from = sql`(${dialect.branchIds(query.reached)}) visible
    JOIN "Record" r ON r."orgId" = ${dialect.id(query.reached.orgId)} AND r."id" = visible."id"`;
  return ask(runner, query, placesFrom(dialect, query, from, null));
}

/** @param isInReach null when the rows are known to be. */
function placesFrom(dialect: Dialect, query: PageQuery, from: Sql, isInReach: Sql | null): Sql {
  const { reached, filter, order, after, before, limit, isFromEnd } = query;
  const terms = orderSql(dialect, order, row);
  const columns = terms.map(({ kind, value }, at) => {
    const name = at === order.length ? raw('"id"') : raw(`"v${at}"`);
    return sql`${kind === "ID" ? dialect.idText(value) : value} AS ${name}`;
  });
  const tests = [
    ...wantedOf(dialect, reached, filter, isInReach),
    ...(after ? [isBeyond(dialect, terms, after, "AFTER")] : []),
    ...(before ? [isBeyond(dialect, terms, before, "BEFORE")] : []),
  ];
  const where = tests.length === 0 ? sql`` : sql`WHERE ${join(tests, " AND ")}`;
  return sql`SELECT ${join(columns)} FROM ${from} ${where} ORDER BY ${sortList(terms, isFromEnd)} LIMIT ${raw(String(limit))}`;
}

/**
 * Whether a row is in reach and meets the filter. A cheap filter goes first: grants are asked for of the rows that meet it,
 * where a database by itself might ask for them first. A dear one goes last.
 */
function wantedOf(
  dialect: Dialect,
  { moduleId }: Reached,
  filter: RowTest | null,
  isInReach: Sql | null,
): readonly Sql[] {
  if (filter === null) return isInReach === null ? [] : [isInReach];
  if (isInReach === null) return [meetsBehind(dialect, filter, row, sql`visible."id" IS NOT NULL`)];
  const isWanted = meets(dialect, filter, row);
  if (isDear(filter))
    return [
      ...leading(filter).map((test) => meets(dialect, test, row)),
      isInReach,
      meetsBehind(dialect, filter, row, isInReach),
    ];
  if (leads(filter)) return [isInReach, isWanted];
  return [
    sql`r."moduleId" = ${dialect.id(moduleId)}`,
    sql`CASE WHEN ${isWanted} THEN ${isInReach} ELSE ${dialect.isNever} END`,
  ];
}

/** The page by ids from the ways into the reach: each in order, merged, every record once. */
export async function sparsePage(
  dialect: Dialect,
  runner: Runner,
  query: PageQuery,
): Promise<readonly Position[]> {
  return (await pageByWays(dialect, runner, query, "WAYS")) ?? exactPage(dialect, runner, query);
}

/**
 * The page by ids from the list itself, whose rows are tested for their owner alone, and from the keys of what is granted.
 * Without a filter only the next rows are looked at: null when too few of them are owned in reach.
 */
export function densePage(
  dialect: Dialect,
  runner: Runner,
  query: PageQuery,
): Promise<readonly Position[] | null> {
  return pageByWays(dialect, runner, query, query.filter === null ? "SCAN" : "LIST");
}

/** Null without ways, and when a scan has not found a page of owned rows: nothing is known about those behind it. */
async function pageByWays(
  dialect: Dialect,
  runner: Runner,
  query: PageQuery,
  owners: BranchPage["owners"],
): Promise<readonly Position[] | null> {
  const { reached, filter, limit, isFromEnd } = query;
  if (!hasBranches(reached)) return null;
  const found: RecordId[] = [];
  for (let from: RecordId | null = null; ; ) {
    const page: BranchPage = {
      reached,
      owners,
      isWanted: filter === null ? null : (of, isInReach) => meetsBehind(dialect, filter, of, isInReach),
      isInRange: rangeOf(dialect, query, from),
      limit,
      isAscending: isFromEnd,
    };
    const { statement, cut } = dialect.branchPage(page);
    const rows = await runner.$queryRaw<readonly WayRow[]>(
      filter === null ? keptPage(statement, reached, limit) : statement,
    );
    if (owners === "SCAN" && rows.filter(({ way }) => Number(way) === 0).length < limit) return null;
    const { ids, end } = merged(rows, cut, isFromEnd);
    found.push(...ids);
    if (end === null || found.length >= limit) {
      const places = found.slice(0, limit).map((id): Position => ({ values: [], id }));
      return isFromEnd ? places.reverse() : places;
    }
    // A record with several grants filled its way: the list goes on behind what is proven.
    from = end;
  }
}

type WayRow = { readonly way: number | bigint; readonly id: string };

/** The ids that no way can come before any more, in order, each once; and where it has to go on, if anywhere. */
function merged(
  rows: readonly WayRow[],
  cut: number,
  isAscending: boolean,
): { readonly ids: readonly RecordId[]; readonly end: RecordId | null } {
  const before = (a: string, b: string): boolean => (isAscending ? a < b : a > b);
  const byPlace = (a: string, b: string): number => (a === b ? 0 : before(a, b) ? -1 : 1);
  const ways = new Map<number | bigint, { length: number; last: string }>();
  for (const { way, id } of rows) {
    const known = ways.get(way);
    if (known === undefined) ways.set(way, { length: 1, last: id });
    else {
      known.length += 1;
      if (before(known.last, id)) known.last = id;
    }
  }
  let end: string | null = null;
  for (const { length, last } of ways.values())
    if (length >= cut && (end === null || before(last, end))) end = last;
  const ids = [...new Set(rows.map(({ id }) => id))].sort(byPlace);
  const proven = end === null ? ids : ids.filter((id) => end === null || !before(end, id));
  return { ids: proven.map((id) => asId<"Record">(id)), end: end === null ? null : asId(end) };
}

/** Whether an id lies within the cursors, and beyond where the search has come; null when there is no bound. */
function rangeOf(dialect: Dialect, query: PageQuery, from: RecordId | null): BranchPage["isInRange"] {
  const { after, before, isFromEnd } = query;
  const bounds: (readonly ["<" | ">", string])[] = [
    ...(after === null ? [] : [["<", after.id] as const]),
    ...(before === null ? [] : [[">", before.id] as const]),
    ...(from === null ? [] : [[isFromEnd ? ">" : "<", from] as const]),
  ];
  if (bounds.length === 0) return null;
  return (id) =>
    join(
      bounds.map(([sign, bound]) => sql`${id} ${raw(sign)} ${dialect.id(bound)}`),
      " AND ",
    );
}

type PageRow = { readonly id: string } & { readonly [value: `v${number}`]: string | number | bigint | null };

async function ask(runner: Runner, query: PageQuery, statement: Sql): Promise<readonly Position[]> {
  const rows = await runner.$queryRaw<readonly PageRow[]>(statement);
  const positions = rows.map((each) => positionOf(each, query.order.length));
  return query.isFromEnd ? positions.reverse() : positions;
}

function positionOf(row: PageRow, termCount: number): Position {
  const values = Array.from({ length: termCount }, (_, at) => {
    const value = row[`v${at}`] ?? null;
    return typeof value === "bigint" ? Number(value) : value;
  });
  return { values, id: asId(row.id) };
}
