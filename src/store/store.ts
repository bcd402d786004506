import type { Clock } from "../kernel/instant.ts";
import type { Database, Tx } from "./database/database.ts";
import { openPolicies, type Policies } from "./policies.ts";
import type { Dialect } from "./reach/dialect.ts";
import { postgres } from "./reach/postgres.ts";
import type { ReachQueries } from "./reach/query.ts";
import { sqlite } from "./reach/sqlite.ts";
import { reachQueries } from "./reach/statements.ts";

/** Everything that outlives a request: the database, the statements on records, the compiled policies. */
export type Store = {
  readonly database: Database;
  readonly queries: ReachQueries;
  readonly policies: Policies;
  readonly clock: Clock;
};

const MEBIBYTE = 1024 * 1024;

/** How much memory compiled policies and reaches may take, unless said otherwise. */
const CACHE_BYTES = { policies: 512 * MEBIBYTE, reaches: 256 * MEBIBYTE };

export function storeOver(database: Database, clock: Clock, cacheBytes = CACHE_BYTES): Store {
  return {
    database,
    queries: reachQueries(dialectOf(database), database.reader),
    policies: openPolicies(database, cacheBytes),
    clock,
  };
}

/** The same store, read inside a transaction: what it has written and what it has locked is what is seen. */
export function storeWithin(store: Store, tx: Tx): Store {
  return {
    ...store,
    database: { ...store.database, reader: tx },
    queries: reachQueries(dialectOf(store.database), tx),
  };
}

function dialectOf(database: Database): Dialect {
  return database.kind === "sqlite" ? sqlite : postgres;
}
