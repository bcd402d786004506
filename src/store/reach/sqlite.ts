import { raw, sqltag as sql } from "@prisma/client/runtime/client";
import { type SeqMask, seqsOf } from "../../policy/model/owners.ts";
import { branchIds, branchPage, grantedCount } from "./branches/sqlite.ts";
import { among } from "./page/match-shares.ts";
import type { Dialect } from "./sql/dialect.ts";
import { singleOwner } from "./sql/single-owner.ts";

/** SQLite compares text as BINARY, which is by code point; lists are bound as one JSON array (trap 7). */
export const sqlite: Dialect = {
  isOwnerIn: (row, mask) => {
    const single = singleOwner(mask);
    // The sign keeps it a test of rows: as a way to them it is none.
    if (single !== null) return sql`+${row}."ownerSeq" = ${single}`;
    // One byte per owner: `substr` of a blob is a step, of text it is a walk.
    return sql`substr(${bytesOf(mask)}, ${row}."ownerSeq" + 1, 1) = x'01'`;
  },
  // A list is always a list: one that is hidden and none that is absent are one statement.
  isOneOf: (text, texts) => sql`${text} IN (SELECT value FROM json_each(${JSON.stringify(texts)}))`,
  isNumberOneOf: (number, numbers) =>
    sql`${number} IN (SELECT CAST(value AS REAL) FROM json_each(${JSON.stringify(numbers)}))`,
  isIdOneOf: (id, ids) => sql`${id} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`,
  idRows: (ids) => sql`(SELECT value AS "id" FROM json_each(${JSON.stringify(ids)}))`,
  id: (id) => sql`${id}`,
  idText: (id) => id,
  text: (text) => sql`${text}`,
  number: (value) => sql`CAST(${value} AS REAL)`,
  instant: (at) => sql`CAST(${Math.floor(at)} AS INTEGER)`,
  textColumn: (column) => column,
  instantColumn: (column) => sql`CAST(${column} AS REAL)`,
  valuesBytes: (row) => sql`octet_length(${row}."values")`,
  fieldText: (row, key) => typed(row, key, sql`'text'`),
  fieldNumber: (row, key) => sql`CAST(${typed(row, key, sql`'integer', 'real'`)} AS REAL)`,
  fieldBoolean: (row, key) => typed(row, key, sql`'true', 'false'`),
  fieldOptions: (row, key) =>
    sql`CASE WHEN ${isList(row, key)} THEN (SELECT coalesce(group_concat(option.value, char(31)), '')
      FROM json_each(${row}."values", ${path(key)}) AS option) END`,
  hasOptions: (row, key, options) =>
    sql`CASE WHEN ${isList(row, key)} THEN (SELECT count(DISTINCT option.value)
      FROM json_each(${row}."values", ${path(key)}) AS option
      WHERE ${sqlite.isOneOf(sql`option.value`, options)}) = ${raw(String(options.length))} END`,
  optionCount: (row, key) =>
    sql`CASE WHEN ${isList(row, key)} THEN json_array_length(${row}."values", ${path(key)}) END`,
  fieldId: (row, key) => typed(row, key, sql`'text'`),
  contains: (text, part) => sql`instr(${text}, ${part}) > 0`,
  startsWith: (text, part) => sql`substr(${text}, 1, ${[...part].length}) = ${part}`,
  isNever: sql`0`,
  // It never does otherwise.
  oneByOne: sql``,
  branchPage: (page) => branchPage(sqlite, page),
  branchIds: (reached) => branchIds(sqlite, reached),
  grantedCount: (reached) => grantedCount(sqlite, reached),
  ownerCounts: (orgId) =>
    sql`SELECT "moduleId", json_group_array(json_array("ownerSeq", "n")) AS "owners" FROM "OwnerCount"
      WHERE "orgId" = ${orgId} AND "n" > 0 GROUP BY "moduleId"`,
  matchesAmong: (rules, bounds) =>
    sql`SELECT k."key", ${among(bounds)} AS "among" FROM (SELECT json_extract(value, '$[0]') AS "key",
      json_extract(value, '$[1]') AS "moduleId" FROM json_each(${JSON.stringify(rules.map(({ key, moduleId }) => [key, moduleId]))})) k`,
  unseen: () => unseen,
  // The sign keeps the keys from being looked up one by one: a record has fewer grants than a viewer has keys.
  grantList: (from, keys) =>
    sql`(SELECT json_group_array(json_array(g."key", g."readUntil", g."updateUntil", g."deleteUntil", g."shareUntil"))
      ${from} AND ${sqlite.isOneOf(sql`+g."key"`, keys)})`,
};

/**
 * Where SQLite has samples of an index, it plans a statement anew for every value that is bound to be compared with it,
 * which takes longer than asking it: with a sign before it, it is a value like any other.
 */
const unseen: Dialect = {
  ...sqlite,
  id: (id) => sql`+${id}`,
  text: (text) => sql`+${text}`,
  branchPage: (page) => branchPage(unseen, page),
  branchIds: (reached) => branchIds(unseen, reached),
  grantedCount: (reached) => grantedCount(unseen, reached),
};

function typed(row: Parameters<Dialect["fieldText"]>[0], key: string, types: typeof row) {
  return sql`CASE WHEN json_type(${row}."values", ${path(key)}) IN (${types})
    THEN json_extract(${row}."values", ${path(key)}) END`;
}

function isList(row: Parameters<Dialect["fieldText"]>[0], key: string) {
  return sql`json_type(${row}."values", ${path(key)}) = 'array'`;
}

/** Keys are letters, digits, `.`, `_` and `-`: nothing in them ends the quotes. */
function path(key: string): string {
  return `$."${key}"`;
}

/** A reach is kept from request to request, and its mask with it: a byte for each of ten thousand users takes a while. */
const bytesOfMask = new WeakMap<SeqMask, Uint8Array>();

function bytesOf(mask: SeqMask): Uint8Array {
  const known = bytesOfMask.get(mask);
  if (known !== undefined) return known;
  const bytes = new Uint8Array(mask.length * 8);
  for (const seq of seqsOf(mask)) bytes[seq] = 1;
  bytesOfMask.set(mask, bytes);
  return bytes;
}
