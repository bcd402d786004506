import { createHash } from "node:crypto";
import { raw } from "@prisma/client/runtime/client";
import type { Database } from "../../src/database/database.ts";

/** Outcomes are kept for repeated requests, refused ones too (AP-05): what is in there is no change of the world. */
const LEFT_OUT = new Set(["IdempotencyKey"]);

/** Says what the tables of a database hold: their rows counted and summed up, table by table. */
export type Digest = {
  readonly take: () => Promise<readonly string[]>;
  /** A number that stays the same as long as nothing is written; it may change for no reason. Cheap. */
  readonly mark: () => Promise<string>;
};

const MARK: Readonly<Record<Database["kind"], string>> = {
  // Changes with every commit of another connection than the reader's, which cannot write.
  sqlite: "SELECT data_version AS mark FROM pragma_data_version",
  // The first transaction that is not over yet; only those that write are counted, on all databases of the server.
  postgres: "SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS mark",
};

/** All tables, found by asking the database, so that a new one is seen too. */
export async function digestOf(database: Database): Promise<Digest> {
  const ask = <Row>(sql: string) => database.reader.$queryRaw<readonly Row[]>(raw(sql));
  const statement = database.kind === "sqlite" ? await onSqlite(ask) : await onPostgres(ask);
  return {
    mark: async () => {
      const [row] = await ask<{ mark: unknown }>(MARK[database.kind]);
      return String(row?.mark);
    },
    take: async () => {
      const rows = await ask<{ table: string; count: unknown; rows: string | null }>(statement);
      return rows.map(
        ({ table, count, rows: all }) =>
          `${table}: ${count} ${createHash("sha256")
            .update(all ?? "")
            .digest("hex")
            .slice(0, 16)}`,
      );
    },
  };
}

type Ask = <Row>(sql: string) => PromiseLike<readonly Row[]>;

async function onSqlite(ask: Ask): Promise<string> {
  const tables = await ask<{ name: string }>(
    "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name",
  );
  const parts = await Promise.all(
    counted(tables).map(async (table) => {
      const columns = await ask<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`);
      const row = columns.map(({ name }) => `quote("${name}")`).join(" || ',' || ");
      return `SELECT '${table}' AS "table", count(*) AS "count", group_concat(line, char(10)) AS "rows"
        FROM (SELECT ${row} AS line FROM "${table}" ORDER BY 1)`;
    }),
  );
  return parts.join(" UNION ALL ");
}

async function onPostgres(ask: Ask): Promise<string> {
  const tables = await ask<{ name: string }>(
    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  return counted(tables)
    .map(
      (table) => `SELECT '${table}' AS "table", count(*) AS "count",
        md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C")) AS "rows" FROM "${table}" t`,
    )
    .join(" UNION ALL ");
}

function counted(tables: readonly { readonly name: string }[]): readonly string[] {
  return tables.map(({ name }) => name).filter((name) => !LEFT_OUT.has(name));
}
