import { access, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { isDriverAdapterError, type SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { TABLE } from "../settings/table.ts";
import { again } from "./again.ts";
import { keepStatements } from "./kept-statements.ts";

/**
 * The path of an address, to be opened. A folder that is not there is made only for the preset: elsewhere it is a
 * misspelt one.
 *
 * @throws when the address is none of a file, or names a folder that is not there (`ENOENT`).
 */
export async function sqliteFile(url: string): Promise<string> {
  const path = sqlitePath(url);
  if (url === TABLE.database.preset) await mkdir(dirname(path), { recursive: true });
  else await access(dirname(path));
  return path;
}

/** The path of a `file:` address. @throws when it is none, or names a database in memory, which is one connection. */
export function sqlitePath(url: string): string {
  const path = url.startsWith("file:") ? url.slice("file:".length).replace(/^\/\/(?=\/)/, "") : "";
  if (path === "" || path.includes(":memory:") || path.includes("?")) {
    throw new Error(
      "DATABASE_URL: expected file: and the path of a file, without options, such as file:data/sightline.db",
    );
  }
  return path;
}

/** Connections to the file, each told `pragmas` before its first statement; they keep statements prepared. */
export function sqliteConnection(path: string, pragmas: readonly string[]): SqlDriverAdapterFactory {
  const factory = new PrismaBetterSqlite3({ url: `file:${path}` }, { timestampFormat: "unixepoch-ms" });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const connection = await factory.connect();
      await keepStatements(connection);
      for (const pragma of pragmas) await connection.queryRaw(plain(pragma));
      return connection;
    },
  };
}

/**
 * Readers and the writer do not wait for each other in this mode, and the file remembers it. Going there needs the
 * file for oneself, which another process that starts at the same time may have.
 */
export async function useWriteAheadLog(path: string, waitMs: number): Promise<void> {
  const connection = await sqliteConnection(path, ["PRAGMA busy_timeout = 0"]).connect();
  try {
    await whileBusy(() => connection.queryRaw(plain("PRAGMA journal_mode = WAL")), waitMs);
  } finally {
    await connection.dispose();
  }
}

/** Tries until no other process is in the way. SQLite's own waiting would stop this whole process meanwhile. */
export function whileBusy<T>(attempt: () => Promise<T>, waitMs: number): Promise<T> {
  return again(attempt, { when: isBusy, forMs: waitMs, firstMs: 1, lastMs: 50 });
}

function isBusy(error: unknown): boolean {
  return isDriverAdapterError(error) && error.cause.kind === "SocketTimeout";
}

/** A statement without parameters. */
export function plain(sql: string): { sql: string; args: unknown[]; argTypes: [] } {
  return { sql, args: [], argTypes: [] };
}
