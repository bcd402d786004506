import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { DatabaseKind } from "../../../database/database.ts";
import type { Instant } from "../../../kernel/instant.ts";
import type { LogPlace, LogQuery, LogTest } from "./query.ts";

/** What the databases spell differently. */
type Words = {
  readonly id: (id: string) => Sql;
  readonly instant: (at: Instant) => Sql;
  readonly flag: (value: boolean) => Sql;
  readonly isIdAmong: (column: Sql, ids: readonly string[]) => Sql;
  /** The newest events of each lead by itself, those of all leads together cut to the page again. */
  readonly ofEach: (column: Sql, leads: readonly string[], isId: boolean, strand: Strand) => Sql;
};

type Strand = { readonly tests: Sql; readonly order: (row: Sql) => Sql; readonly limit: number };

const E = raw("e");
const X = raw("x");

const SQLITE: Words = {
  id: (id) => sql`${id}`,
  instant: (at) => sql`${at}`,
  flag: (value) => sql`${value ? 1 : 0}`,
  isIdAmong: (column, ids) => sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  // There is no LATERAL: an `IN` of a limited selection for each lead is one.
  ofEach: (column, leads, _isId, { tests, order, limit }) =>
    sql`SELECT e."sequence" FROM json_each(${JSON.stringify(leads)}) l CROSS JOIN "AuditEvent" e ON e.rowid IN (
        SELECT x.rowid FROM "AuditEvent" x WHERE x.${column} = l.value AND ${tests} ORDER BY ${order(X)} LIMIT ${limit})
      ORDER BY ${order(E)} LIMIT ${limit}`,
};

const POSTGRES: Words = {
  id: (id) => sql`${id}::uuid`,
  instant: (at) => sql`${new Date(at).toISOString()}::timestamptz`,
  flag: (value) => sql`${value}`,
  isIdAmong: (column, ids) => sql`${column} = ANY(${[...ids]}::uuid[])`,
  ofEach: (column, leads, isId, { tests, order, limit }) =>
    sql`SELECT e."sequence" FROM unnest(${[...leads]}::${raw(isId ? "uuid" : "text")}[]) l("lead") CROSS JOIN LATERAL (
        SELECT x."sequence", x."at" FROM "AuditEvent" x WHERE x.${column} = l."lead" AND ${tests} ORDER BY ${order(X)} LIMIT ${limit}) e
      ORDER BY ${order(E)} LIMIT ${limit}`,
};

/** So many events are looked at one by one, where those of many people are asked for. */
const LOOKED_AT = 2_000;

/** Up to so many people's events are found person by person at once. */
const FEW_ACTORS = 100;

/** Runs a statement and returns its rows. */
type Runner = { readonly $queryRaw: <Row>(statement: Sql) => PromiseLike<Row> };

/**
 * The numbers of the events of a page, newest first. One statement, or two where many people's events are asked for and
 * few of the newest are theirs; each reads by an index, and stops when the page is full.
 */
export async function logPage(
  kind: DatabaseKind,
  runner: Runner,
  query: LogQuery,
): Promise<readonly number[]> {
  const words = kind === "sqlite" ? SQLITE : POSTGRES;
  const { actors, actions, target } = query.test;
  if (actors?.length === 0 || actions?.length === 0 || query.limit === 0) return [];
  const ask = async (statement: Sql) => {
    const rows = await runner.$queryRaw<readonly { readonly sequence: number | bigint }[]>(statement);
    const found = rows.map(({ sequence }) => Number(sequence));
    return query.isFromEnd ? found.reverse() : found;
  };
  if (target !== null) return ask(plain(words, query, query.test));
  if (actors !== null && actors.length <= FEW_ACTORS) return ask(ofActors(words, query, actors));
  const led = (test: LogTest, limit: number) =>
    actions === null ? plain(words, query, test, limit) : ofActions(words, query, actions, test, limit);
  if (actors === null) return ask(led(query.test, query.limit));
  const near = await runner.$queryRaw<readonly { readonly n: number | bigint }[]>(
    among(words, query, led({ ...query.test, actors: null }, LOOKED_AT), actors),
  );
  const found = near.map(({ n }) => Number(n));
  const [seen = 0, ...theirs] = found;
  if (theirs.length >= query.limit || seen < LOOKED_AT) return query.isFromEnd ? theirs.reverse() : theirs;
  return ask(ofActors(words, query, actors));
}

/** How many there are, and no more than `most`. */
export async function logCount(
  kind: DatabaseKind,
  runner: Runner,
  query: Pick<LogQuery, "orgId" | "test">,
  most: number,
): Promise<number> {
  const words = kind === "sqlite" ? SQLITE : POSTGRES;
  const whole = { ...query, after: null, before: null, isFromEnd: false, limit: most };
  const rows = await runner.$queryRaw<readonly { readonly n: number | bigint }[]>(
    sql`SELECT count(*) AS "n" FROM (SELECT 1 FROM "AuditEvent" x WHERE ${tests(words, whole, query.test)} LIMIT ${most}) t`,
  );
  return Number(rows[0]?.n ?? 0);
}

function plain(words: Words, query: LogQuery, test: LogTest, limit = query.limit): Sql {
  return sql`SELECT x."sequence" FROM "AuditEvent" x WHERE ${tests(words, query, test)} ORDER BY ${orderOf(query)(X)} LIMIT ${limit}`;
}

function ofActors(words: Words, query: LogQuery, actors: readonly string[]): Sql {
  if (actors.length === 1) return plain(words, query, query.test);
  const test = { ...query.test, actors: null };
  return words.ofEach(raw('"actorId"'), actors, true, strandOf(words, query, test, query.limit));
}

function ofActions(
  words: Words,
  query: LogQuery,
  actions: readonly string[],
  test: LogTest,
  limit: number,
): Sql {
  if (actions.length === 1) return plain(words, query, test, limit);
  return words.ofEach(
    raw('"action"'),
    actions,
    false,
    strandOf(words, query, { ...test, actions: null }, limit),
  );
}

function strandOf(words: Words, query: LogQuery, test: LogTest, limit: number): Strand {
  return { tests: tests(words, query, test), order: orderOf(query), limit };
}

/** Of the events that a statement finds, those of these people; before them, in a row of its own, how many it found. */
function among(words: Words, query: LogQuery, statement: Sql, actors: readonly string[]): Sql {
  const theirs = words.isIdAmong(sql`e."actorId"`, actors);
  return sql`WITH near AS (${statement}), theirs AS (
      SELECT e."sequence", e."at" FROM near n JOIN "AuditEvent" e ON e."orgId" = ${words.id(query.orgId)} AND e."sequence" = n."sequence"
      WHERE ${theirs} ORDER BY ${orderOf(query)(E)} LIMIT ${query.limit})
    SELECT "n" FROM (
      SELECT 0 AS "part", NULL AS "at", (SELECT count(*) FROM near) AS "n"
      UNION ALL SELECT 1 AS "part", "at", "sequence" AS "n" FROM theirs) r
    ORDER BY "part", ${query.isFromEnd ? sql`"at", "n"` : sql`"at" DESC, "n" DESC`}`;
}

function orderOf({ isFromEnd }: Pick<LogQuery, "isFromEnd">): (row: Sql) => Sql {
  return (row) =>
    isFromEnd ? sql`${row}."at", ${row}."sequence"` : sql`${row}."at" DESC, ${row}."sequence" DESC`;
}

/** Everything that is asked of an event `x`. */
function tests(words: Words, { orgId, after, before }: LogQuery, test: LogTest): Sql {
  const { actors, actions, target, isSupport, from, to } = test;
  const place = ({ at, sequence }: LogPlace) => sql`(${words.instant(at)}, ${sequence})`;
  const all = [sql`x."orgId" = ${words.id(orgId)}`];
  const [actor, action] = [actors?.[0], actions?.[0]];
  if (actors?.length === 1 && actor !== undefined) all.push(sql`x."actorId" = ${words.id(actor)}`);
  else if (actors !== null) all.push(words.isIdAmong(sql`x."actorId"`, actors));
  if (actions?.length === 1) all.push(sql`x."action" = ${action}`);
  else if (actions !== null) all.push(sql`x."action" IN (${join([...actions])})`);
  if (target !== null)
    all.push(sql`x."targetId" = ${words.id(target.id)}`, sql`x."targetType" = ${target.type}`);
  if (isSupport !== null) all.push(sql`x."isSupport" = ${words.flag(isSupport)}`);
  if (from !== null) all.push(sql`x."at" >= ${words.instant(from)}`);
  if (to !== null) all.push(sql`x."at" < ${words.instant(to)}`);
  if (after !== null) all.push(sql`(x."at", x."sequence") < ${place(after)}`);
  if (before !== null) all.push(sql`(x."at", x."sequence") > ${place(before)}`);
  return join(all, " AND ");
}
