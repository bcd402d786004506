import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { plain, sqliteConnection, sqliteFile, useWriteAheadLog, whileBusy } from "../sqlite-connection.ts";
import type { MigrationTarget } from "./migrate.ts";

/** Another process may take this long to migrate. */
const WAIT_MS = 600_000;

export async function sqliteTarget(url: string): Promise<MigrationTarget> {
  const path = await sqliteFile(url);
  await useWriteAheadLog(path, WAIT_MS);
  return { kind: "sqlite", connections: sqliteConnections(path), alone: (work) => aloneOnSqlite(path, work) };
}

/** Connections for the schema engine; its shadow databases are in memory. */
export function sqliteConnections(path: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3(
    { url: `file:${path}` },
    { timestampFormat: "unixepoch-ms", shadowDatabaseUrl: ":memory:" },
  );
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => fitForEngine(await factory.connect()),
    connectToShadowDb: async () => fitForEngine(await factory.connectToShadowDb()),
  };
}

/**
 * The engine hands whole migrations to where the adapter takes one statement. It also claims the file for itself for
 * good, which fails as soon as anybody has it open; that no one else migrates is seen to by `aloneOnSqlite`.
 */
function fitForEngine(adapter: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = adapter.executeRaw.bind(adapter);
  adapter.executeRaw = async (query) => {
    if (/^PRAGMA (main\.)?locking_mode\b/i.test(query.sql)) return 0;
    if (query.args.length > 0) return executeRaw(query);
    await adapter.executeScript(query.sql);
    return 0;
  };
  return adapter;
}

/**
 * The lock is that of a SQLite file beside the database, which the operating system frees however a process ends. The
 * database's own lock would not do: the schema engine opens transactions of its own. The file stays, empty: removing
 * it would fail those who wait for it.
 */
async function aloneOnSqlite<T>(path: string, work: () => Promise<T>): Promise<T> {
  const lock = await sqliteConnection(`${path}.migrating`, ["PRAGMA busy_timeout = 0"]).connect();
  try {
    await whileBusy(() => lock.executeRaw(plain("BEGIN EXCLUSIVE")), WAIT_MS);
    return await work();
  } finally {
    await lock.dispose();
  }
}
