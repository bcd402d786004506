import SqliteDatabase from "better-sqlite3";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DatabaseKind } from "../../../src/database/database.ts";
import { committedMigrations } from "../../../src/database/migrate/committed-migrations.ts";
import { sqlitePath } from "../../../src/database/sqlite-connection.ts";
import { applyOrganization } from "../../../src/file/apply.ts";
import { parseOrganizationFile } from "../../../src/file/parse.ts";
import { DATABASES, emptyTestDatabase, openTestDatabase } from "../../database.ts";
import { ACME, NOW } from "../../graphql/world.ts";

/** What is noted of changes is made by the changes themselves; the tool's own table is not an organisation's. */
const NO_DATA = ["PolicyMove", "_prisma_migrations"];

/** Nothing in it that a column says which was not there always: what no row had before cannot be filled in. */
const OLD = ACME.replace(/, longestSupportDays: \d+/, "")
  .replace(/^ *longestSupportDays: \d+\n/m, "")
  .replaceAll(/, applications: \{.*\} \}$/gm, " }");

type Row = Readonly<Record<string, unknown>>;

describe.each(DATABASES)("migrations of a database with an organisation in it, on %s", (kind) => {
  const migrations = committedMigrations(kind);
  const steps = migrations.slice(1).map(({ name }, at): [string, number] => [name, at + 1]);

  test.each(steps)(
    "EN-11 from before %s on, no row is lost, and what is new is filled in",
    async (_, from) => {
      const today = await openTestDatabase(kind);
      onTestFinished(today.close);
      await applyOrganization(today.database, parseOrganizationFile(OLD, "acme.yaml"), { now: NOW });
      const source = await sessionOf(kind, today.url);
      const { url, remove } = await emptyTestDatabase(kind);
      onTestFinished(remove);
      const target = await sessionOf(kind, url);
      try {
        for (const { script } of migrations.slice(0, from)) await target.run(script);
        const tables = (await target.tables()).filter((table) => !NO_DATA.includes(table));
        expect(tables).toContain("RecordGrant");
        await target.withoutChecks(async () => {
          for (const table of tables) await copy(source, target, table);
        });
        for (const { script } of migrations.slice(from)) await target.run(script);
        for (const table of tables) {
          const rows = await target.rows(table);
          expect(texts(table, rows), table).toEqual(texts(table, await source.rows(table)));
        }
        expect((await target.rows("RecordGrant")).length).toBeGreaterThan(1);
        expect(await target.brokenReferences()).toEqual([]);
      } finally {
        await source.close();
        await target.close();
      }
    },
  );
});

/** The rows that there were, in the columns that there were. */
async function copy(source: Session, target: Session, table: string): Promise<void> {
  const columns = await target.columns(table);
  const known = new Set(await source.columns(table));
  await target.insert(
    table,
    columns.filter((column) => known.has(column)),
    await source.rows(table),
  );
}

/** A log is taken up into the chain when Sightline opens the database, which has the keys: no migration signs. */
const CHAIN = new Set(["hash", "previous", "signedWith"]);
/** Events from before the chain are given one at random. */
const isGiven = (table: string, column: string) => table === "AuditEvent" && column === "id";

/** Without the order of rows or of columns. */
function texts(table: string, rows: readonly Row[]): readonly string[] {
  return rows
    .map((row) => Object.entries(row).filter(([column]) => !CHAIN.has(column) && !isGiven(table, column)))
    .map((row) => JSON.stringify(row.sort(([a], [b]) => (a < b ? -1 : 1))))
    .sort();
}

/** A conversation with the bare driver: migrations as the engine hands them over, rows as they are stored. */
type Session = {
  readonly run: (script: string) => Promise<void>;
  readonly tables: () => Promise<readonly string[]>;
  readonly columns: (table: string) => Promise<readonly string[]>;
  readonly rows: (table: string) => Promise<readonly Row[]>;
  readonly insert: (table: string, columns: readonly string[], rows: readonly Row[]) => Promise<void>;
  /** Tables point to each other, so that there is no order in which to fill them. */
  readonly withoutChecks: (work: () => Promise<void>) => Promise<void>;
  readonly brokenReferences: () => Promise<readonly unknown[]>;
  readonly close: () => Promise<void>;
};

function sessionOf(kind: DatabaseKind, url: string): Promise<Session> {
  return kind === "sqlite" ? sqliteSession(url) : postgresSession(url);
}

async function sqliteSession(url: string): Promise<Session> {
  const database = new SqliteDatabase(sqlitePath(url));
  const columns = (table: string) =>
    database.prepare<[string], { name: string }>("SELECT name FROM pragma_table_info(?)").all(table);
  return {
    run: async (script) => void database.exec(script),
    tables: async () =>
      database
        .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
        .all()
        .map(({ name }) => name),
    columns: async (table) => columns(table).map(({ name }) => name),
    rows: async (table) => database.prepare<[], Row>(`SELECT * FROM "${table}"`).all(),
    insert: async (table, names, rows) => {
      const statement = database.prepare(
        `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map(() => "?").join()})`,
      );
      for (const row of rows) statement.run(...names.map((name) => row[name]));
    },
    withoutChecks: async (work) => {
      database.pragma("foreign_keys = OFF");
      await work();
      database.pragma("foreign_keys = ON");
    },
    brokenReferences: async () => database.pragma("foreign_key_check") as readonly unknown[],
    close: async () => void database.close(),
  };
}

async function postgresSession(url: string): Promise<Session> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const names = async (sql: string, values: readonly string[]) =>
    (await client.query<{ name: string }>(sql, [...values])).rows.map(({ name }) => name);
  return {
    run: async (script) => void (await client.query(script)),
    tables: () => names("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'", []),
    columns: (table) =>
      names("SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1", [table]),
    rows: async (table) => (await client.query<Row>(`SELECT * FROM "${table}"`)).rows,
    // Postgres reads whole rows out of JSON, each column by its own type.
    insert: async (table, columns, rows) => {
      const list = columns.map((column) => `"${column}"`).join();
      await client.query(
        `INSERT INTO "${table}" (${list}) SELECT ${list} FROM json_populate_recordset(NULL::"${table}", $1::json)`,
        [JSON.stringify(rows)],
      );
    },
    withoutChecks: async (work) => {
      await client.query("SET session_replication_role = replica");
      await work();
      await client.query("SET session_replication_role = origin");
    },
    // A check that is added anew looks at every row.
    brokenReferences: async () => {
      const { rows } = await client.query<{ table: string; name: string; definition: string }>(
        `SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(oid) AS definition
         FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`,
      );
      for (const { table, name, definition } of rows)
        await client.query(
          `ALTER TABLE ${table} DROP CONSTRAINT "${name}"; ALTER TABLE ${table} ADD CONSTRAINT "${name}" ${definition}`,
        );
      return [];
    },
    close: () => client.end(),
  };
}
