import { randomUUID } from "node:crypto";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, inject } from "vitest";
import type { Database, DatabaseKind, StoreOptions } from "../src/database/database.ts";
import { openStore } from "../src/database/open.ts";
import { AUDIT_KEYS } from "./audit-keys.ts";
import { databaseUrl } from "./postgres-url.ts";

export const DATABASES: readonly DatabaseKind[] = ["sqlite", "postgres"];

/** A database of one's own: migrated, empty, reached by its address. */
export type NewDatabase = {
  readonly kind: DatabaseKind;
  readonly url: string;
  readonly remove: () => Promise<void>;
};

/** The same, open. `close` removes it too. */
export type TestDatabase = {
  readonly kind: DatabaseKind;
  readonly url: string;
  readonly database: Database;
  readonly close: () => Promise<void>;
};

/** Gives a new database of the suite's kind, open; it is closed and removed after the suite. */
export type OpenDatabase = (options?: StoreOptions) => Promise<TestDatabase>;

/**
 * The same tests on SQLite and on Postgres, in suites `name on sqlite` and `name on postgres`.
 *
 * There is no skipping: without a Postgres server no test runs at all.
 */
export function describeOnBoth(name: string, tests: (open: OpenDatabase, kind: DatabaseKind) => void): void {
  describe.each(DATABASES)(`${name} on %s`, (kind) => {
    const opened: TestDatabase[] = [];
    tests(async (options) => {
      const database = await openTestDatabase(kind, options);
      opened.push(database);
      return database;
    }, kind);
    afterAll(async () => {
      await Promise.all(opened.map(({ close }) => close()));
    });
  });
}

/** However busy the machine is. */
const PATIENT = { timeoutMs: 600_000, waitMs: 600_000 };

/** A new database, open. The caller closes it; `describeOnBoth` sees to that by itself. */
export async function openTestDatabase(
  kind: DatabaseKind,
  options: StoreOptions = {},
  origin?: NewDatabase,
): Promise<TestDatabase> {
  const { url, remove } = await newTestDatabase(kind, origin);
  const database = await openTestStore(url, options);
  const close = async () => {
    await database.close();
    await remove();
  };
  return { kind, url, database, close };
}

/** A database that is there, open, or open once more: as another process would. The caller closes it. */
export function openTestStore(url: string, options: StoreOptions = {}): Promise<Database> {
  return openStore(url, { isDurable: false, connections: 5, auditKeys: AUDIT_KEYS, ...PATIENT, ...options });
}

/** A new database that nobody has opened yet: a copy of the run's template, or of another that nobody has open. */
export function newTestDatabase(kind: DatabaseKind, origin?: NewDatabase): Promise<NewDatabase> {
  switch (kind) {
    case "sqlite":
      return newSqlite(origin?.url.slice("file:".length));
    case "postgres":
      return newPostgres(origin && new URL(origin.url).pathname.slice(1));
  }
}

/** A new database without any table. */
export async function emptyTestDatabase(kind: DatabaseKind): Promise<NewDatabase> {
  const database = await newTestDatabase(kind);
  switch (kind) {
    case "sqlite":
      await database.remove();
      return database;
    case "postgres": {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
      await client.end();
      return database;
    }
  }
}

async function newSqlite(origin = join(inject("sqliteFolder"), "template.db")): Promise<NewDatabase> {
  const path = join(inject("sqliteFolder"), `${randomUUID()}.db`);
  await copyFile(origin, path);
  const remove = async () => {
    await Promise.all(["", "-wal", "-shm", ".migrating"].map((end) => rm(`${path}${end}`, { force: true })));
  };
  return { kind: "sqlite", url: `file:${path}`, remove };
}

async function newPostgres(origin = inject("postgresTemplate")): Promise<NewDatabase> {
  const name = `${inject("postgresTemplate")}_${randomUUID().slice(0, 8)}`;
  await onServer(`CREATE DATABASE ${name} TEMPLATE ${origin}`);
  return {
    kind: "postgres",
    url: databaseUrl(inject("postgresUrl"), name),
    remove: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject("postgresUrl") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
