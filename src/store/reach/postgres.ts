import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { branchIds, branchPage, grantedCount } from "./branches/postgres.ts";
import { among } from "./page/match-shares.ts";
import type { Dialect } from "./sql/dialect.ts";
import { singleOwner } from "./sql/single-owner.ts";

/** Postgres compares text by the collation of the database unless told: always "C", which is by code point. */
export const postgres: Dialect = {
  isOwnerIn: (row, mask) => {
    const single = singleOwner(mask);
    // The sum keeps the planner from guessing by how many rows this one owner has.
    if (single !== null) return sql`${row}."ownerSeq" + 0 = ${single}::int`;
    // `get_bit` raises beyond the bytes it is given, and AND may be reordered: only CASE keeps the order (trap 19).
    return sql`CASE WHEN ${row}."ownerSeq" < ${mask.length * 8} THEN get_bit(${Buffer.from(mask)}::bytea, ${row}."ownerSeq") ELSE 0 END = 1`;
  },
  isOneOf: (text, texts) => sql`${text} = ANY(${[...texts]}::text[])`,
  // As text on the way, in which a double loses nothing: a list of numbers of several kinds has no one type.
  isNumberOneOf: (number, numbers) => sql`${number} = ANY(${numbers.map(String)}::text[]::float8[])`,
  isIdOneOf: (id, ids) => sql`${id} = ANY(${[...ids]}::uuid[])`,
  idRows: (ids) => sql`(SELECT unnest((SELECT ${[...ids]}::uuid[])) AS "id")`,
  id: (id) => sql`${id}::uuid`,
  idText: (id) => sql`${id}::text`,
  text: (text) => sql`${text}::text`,
  number: (value) => sql`${value}::float8`,
  instant: (at) => sql`${Math.floor(at)}::bigint`,
  textColumn: (column) => sql`(${column} COLLATE "C")`,
  instantColumn: (column) => sql`(extract(epoch FROM ${column}) * 1000)::float8`,
  valuesBytes: (row) => sql`octet_length(${row}."values"::text)`,
  fieldText: (row, key) => typed(row, key, "string", sql`(${text(row, key)} COLLATE "C")`),
  fieldNumber: (row, key) => typed(row, key, "number", sql`${text(row, key)}::float8`),
  fieldBoolean: (row, key) => typed(row, key, "boolean", sql`${text(row, key)}::boolean::int`),
  fieldOptions: (row, key) =>
    typed(
      row,
      key,
      "array",
      sql`(SELECT coalesce(string_agg(option.value, chr(31) ORDER BY option.place), '') COLLATE "C"
        FROM jsonb_array_elements_text(${json(row, key)}) WITH ORDINALITY AS option(value, place))`,
    ),
  hasOptions: (row, key, options) =>
    typed(row, key, "array", sql`jsonb_exists_all(${json(row, key)}, ${[...options]}::text[])`),
  optionCount: (row, key) => typed(row, key, "array", sql`jsonb_array_length(${json(row, key)})`),
  fieldId: (row, key) =>
    sql`CASE WHEN ${text(row, key)} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN ${text(row, key)}::uuid END`,
  contains: (value, part) => sql`strpos(${value}, ${part}::text) > 0`,
  startsWith: (value, part) => sql`starts_with(${value}, ${part}::text)`,
  isNever: sql`false`,
  // Without, `EXISTS` may become a table of all grants of all keys.
  oneByOne: sql`OFFSET 0`,
  branchPage: (page) => branchPage(postgres, page),
  branchIds: (reached) => branchIds(postgres, reached),
  grantedCount: (reached) => grantedCount(postgres, reached),
  ownerCounts: (orgId) =>
    sql`SELECT "moduleId"::text AS "moduleId", json_agg(json_build_array("ownerSeq", "n")) AS "owners"
      FROM "OwnerCount" WHERE "orgId" = ${orgId}::uuid AND "n" > 0 GROUP BY "moduleId"`,
  unseen: () => unseen,
  matchesAmong: (rules, bounds) =>
    sql`SELECT k."key", ${among(bounds)} AS "among"
      FROM unnest(${rules.map(({ key }) => key)}::text[], ${rules.map(({ moduleId }) => moduleId)}::uuid[]) AS k("key", "moduleId")`,
  grantList: (from, keys) =>
    sql`(SELECT json_agg(json_build_array(g."key", g."readUntil", g."updateUntil", g."deleteUntil", g."shareUntil"))
      ${from} AND ${postgres.isOneOf(sql`g."key"`, keys)})`,
};

/**
 * A statement that is kept prepared goes on being planned for its values, which takes longer than asking it, as long as
 * that seems to give the cheaper plan: of the values in these the planner knows as little either way.
 */
const unseen: Dialect = {
  ...postgres,
  isIdOneOf: (id, ids) => sql`${id} = ANY((SELECT ${[...ids]}::uuid[])::uuid[])`,
  id: (id) => sql`(SELECT ${id}::uuid)`,
  instant: (at) => sql`(SELECT ${Math.floor(at)}::bigint)`,
  branchPage: (page) => branchPage(unseen, page),
  branchIds: (reached) => branchIds(unseen, reached),
  grantedCount: (reached) => grantedCount(unseen, reached),
};

function json(row: Sql, key: string): Sql {
  return sql`${row}."values" -> ${key}::text`;
}

function text(row: Sql, key: string): Sql {
  return sql`(${row}."values" ->> ${key}::text)`;
}

function typed(row: Sql, key: string, type: "string" | "number" | "boolean" | "array", value: Sql): Sql {
  return sql`CASE WHEN jsonb_typeof(${json(row, key)}) = ${raw(`'${type}'`)} THEN ${value} END`;
}
