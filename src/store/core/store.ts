import type { Database, Tx } from "../../database/database.ts";
import type { Clock } from "../../kernel/instant.ts";
import { type Applying, openApplying } from "../grants/applying.ts";
import { type Densities, openDensities } from "../reach/densities.ts";
import type { Plan } from "../reach/plan.ts";
import type { ReachQueries } from "../reach/query.ts";
import { reachQueries } from "../reach/statements.ts";
import { openPolicies, type Policies } from "./policies.ts";

/** Everything that outlives a request: the database, its statements, the compiled policies, the background. */
export type Store = {
  readonly database: Database;
  readonly queries: ReachQueries;
  /** How frequent what is in reach is, for choosing plans. */
  readonly densities: Densities;
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
  const densities = openDensities(clock);
  const queries = reachQueries(database.kind, database.reader, { densities });
  return {
    database,
    queries,
    densities,
    policies: openPolicies(database, cacheBytes, (org) => densities.refresh(queries, org)),
    clock,
    applying: openApplying({ database, clock }, { onFailure }),
  };
}

/** The same store, which finds the rows of every page and count by one plan: all of them give the same. */
export function storeByPlan(store: Store, plan: Plan): Store {
  const { database, densities } = store;
  return { ...store, queries: reachQueries(database.kind, database.reader, { densities, plan }) };
}

/** The same store, read inside a transaction: what it has written and what it has locked is what is seen. */
export function storeWithin(store: Store, tx: Tx): Store {
  return {
    ...store,
    database: { ...store.database, reader: tx },
    queries: reachQueries(store.database.kind, tx, { densities: store.densities }),
  };
}
