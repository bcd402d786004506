import { type Database, kindOf, type StoreOptions } from "./database.ts";

export type { Database, DatabaseKind, Db, StoreOptions, TransactionOptions, Tx } from "./database.ts";

/**
 * Opens the database that an address names. Its tables must be there: `migrate` makes them.
 *
 * @param url `file:path` (SQLite) or `postgres://…`, `postgresql://…`.
 * @throws when the address is of no known kind. A server that does not answer shows with the first statement.
 */
export async function openStore(url: string, options: StoreOptions = {}): Promise<Database> {
  // Loaded when needed: each brings a client and a driver of its own.
  switch (kindOf(url)) {
    case "sqlite":
      return (await import("./sqlite.ts")).openSqlite(url, options);
    case "postgres":
      return (await import("./postgres.ts")).openPostgres(url, options);
  }
}
