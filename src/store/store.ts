import type { Clock } from "../kernel/instant.ts";
import type { Database } from "./database/database.ts";
import { openPolicies, type Policies } from "./policies.ts";
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
  const dialect = database.kind === "sqlite" ? sqlite : postgres;
  return {
    database,
    queries: reachQueries(dialect, database.reader),
    policies: openPolicies(database, cacheBytes),
    clock,
  };
}
