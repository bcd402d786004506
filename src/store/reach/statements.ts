import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { asId } from "../../kernel/id.ts";
import type { GrantRow } from "../../policy/reach.ts";
import type { Dialect } from "./dialect.ts";
import { meets } from "./filter.ts";
import { isBeyond, orderSql, sortList } from "./order.ts";
import { isReached } from "./predicate.ts";
import type { FoundRecord, PageQuery, Position, Reached, ReachQueries, RowTest } from "./query.ts";

/** Runs a statement and returns its rows; the store's reader, or a transaction's client. */
export type Runner = { readonly $queryRaw: <Row>(statement: Sql) => PromiseLike<Row> };

/** The statements on records over one database. */
export function reachQueries(dialect: Dialect, runner: Runner): ReachQueries {
  return {
    async page(query) {
      if (query.reached.reach.kind === "NOTHING" || query.limit === 0) return [];
      const rows = await runner.$queryRaw<readonly PageRow[]>(pageStatement(dialect, query));
      const positions = rows.map((row) => positionOf(row, query.order.length));
      return query.isFromEnd ? positions.reverse() : positions;
    },
    async count(reached, filter) {
      if (reached.reach.kind === "NOTHING") return 0;
      const rows = await runner.$queryRaw<readonly { n: number | bigint }[]>(
        countStatement(dialect, reached, filter),
      );
      return Number(rows[0]?.n ?? 0);
    },
    async find(orgId, ids, keys) {
      const rows = await runner.$queryRaw<readonly FoundRow[]>(sql`
        SELECT ${dialect.idText(sql`r."id"`)} AS "id", ${dialect.idText(sql`r."moduleId"`)} AS "moduleId", r."ownerSeq",
          ${dialect.grantList(sql`FROM "RecordGrant" g WHERE g."orgId" = r."orgId" AND g."recordId" = r."id"
            AND ${dialect.isOneOf(sql`g."key"`, keys)}`)} AS "grants"
        FROM "Record" r WHERE r."orgId" = ${dialect.id(orgId)} AND ${dialect.isIdOneOf(sql`r."id"`, ids)}`);
      return rows.map(foundRecord);
    },
  };
}

function pageStatement(
  dialect: Dialect,
  { reached, filter, order, after, before, limit, isFromEnd }: PageQuery,
): Sql {
  const row = sql`r`;
  const terms = orderSql(dialect, order, row);
  const columns = terms.map(({ kind, value }, at) => {
    const name = at === order.length ? raw('"id"') : raw(`"v${at}"`);
    return sql`${kind === "ID" ? dialect.idText(value) : value} AS ${name}`;
  });
  const tests = [
    isReached(dialect, reached, row),
    ...(filter ? [meets(dialect, filter, row)] : []),
    ...(after ? [isBeyond(dialect, terms, after, "AFTER")] : []),
    ...(before ? [isBeyond(dialect, terms, before, "BEFORE")] : []),
  ];
  return sql`SELECT ${join(columns)} FROM "Record" r WHERE ${join(tests, " AND ")}
    ORDER BY ${sortList(terms, isFromEnd)} LIMIT ${raw(String(limit))}`;
}

function countStatement(dialect: Dialect, reached: Reached, filter: RowTest | null): Sql {
  const row = sql`r`;
  const tests = [isReached(dialect, reached, row), ...(filter ? [meets(dialect, filter, row)] : [])];
  return sql`SELECT count(*) AS "n" FROM "Record" r WHERE ${join(tests, " AND ")}`;
}

type PageRow = { readonly id: string } & { readonly [value: `v${number}`]: string | number | bigint | null };

function positionOf(row: PageRow, termCount: number): Position {
  const values = Array.from({ length: termCount }, (_, at) => {
    const value = row[`v${at}`] ?? null;
    return typeof value === "bigint" ? Number(value) : value;
  });
  return { values, id: asId(row.id) };
}

type FoundRow = {
  readonly id: string;
  readonly moduleId: string;
  readonly ownerSeq: number | bigint;
  /** A JSON list of `[key, readUntil, updateUntil, deleteUntil, shareUntil]`; null when there is none. */
  readonly grants: unknown;
};

type GrantTuple = readonly [string, number, number, number, number];

function foundRecord(row: FoundRow): FoundRecord {
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
