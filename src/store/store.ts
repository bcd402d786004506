import type { Clock } from "../kernel/instant.ts";
import type { Database, Tx } from "./database/database.ts";
import { openPolicies, type Policies } from "./policies.ts";
import type { Dialect } from "./reach/dialect.ts";
import { postgres } from "./reach/postgres.ts";
import type { ReachQueries } from "./reach/query.ts";
import { sqlite } from "./reach/sqlite.ts";
import { reachQueries } from "./reach/statements.ts";
import { type Applying, openApplying } from "./sharing/applying.ts";

/** Everything that outlives a request: the database, its statements, the compiled policies, the background. */
export type Store = {
  readonly database: Database;
  readonly queries: ReachQueries;
  readonly policies: Policies;
  readonly clock: Clock;
  /** What sharing rules leave to be done in the background; nothing runs before it is woken or watches. */
  readonly applying: Applying;
};

const MEBIBYTE = 1024 * 1024;

/** How much memory compiled policies and reaches may take, unless said otherwise. */
const CACHE_BYTES = { policies: 512 * MEBIBYTE, reaches: 256 * MEBIBYTE };

/** @param onFailure hears of every failure in the background. */
export function storeOver(
  database: Database,
  clock: Clock,
  cacheBytes = CACHE_BYTES,
  onFailure: (error: unknown) => void = () => {},
): Store {
  return {
    database,
    queries: reachQueries(dialectOf(database), database.reader),
    policies: openPolicies(database, cacheBytes),
    clock,
    applying: openApplying({ database, clock }, { onFailure }),
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
