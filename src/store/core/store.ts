import type { Database, Tx } from "../../database/database.ts";
import { CACHES } from "../../kernel/caches.ts";
import type { Clock } from "../../kernel/instant.ts";
import { type Densities, openDensities } from "../reach/plan/densities.ts";
import type { Plan } from "../reach/plan/plan.ts";
import type { ReachQueries } from "../reach/query.ts";
import { reachQueries } from "../reach/statements.ts";
import type { Job } from "./jobs/job.ts";
import { type Jobs, openJobs } from "./jobs/jobs.ts";
import { openPolicies, type Policies } from "./policies.ts";

/** Everything that outlives a request: the database, its statements, the compiled policies, the background. */
export type Store = {
  readonly database: Database;
  readonly queries: ReachQueries;
  /** How frequent what is in reach is, for choosing plans. */
  readonly densities: Densities;
  readonly policies: Policies;
  readonly clock: Clock;
  /** Whom the vendor lets come in as support agents at all: positions by address, in the order of its list (SA-02). */
  readonly supportAgents: ReadonlyMap<string, string>;
  /** What is done in the background; nothing runs before it is woken or watches. */
  readonly jobs: Jobs;
};

/** How many bytes compiled policies and reaches may take, unless said otherwise. */
const CACHE_BYTES = { policies: CACHES.policies.bytes, reaches: CACHES.reaches.bytes };

export type StoreOptions = {
  readonly cacheBytes?: { readonly policies: number; readonly reaches: number };
  readonly supportAgents?: ReadonlyMap<string, string>;
  /** Hears of every failure in the background. */
  readonly onFailure?: (error: unknown) => void;
};

/** @param jobs the work that is done in the background; see `store/store.ts`, which knows all there is. */
export function coreStore(
  database: Database,
  clock: Clock,
  jobs: readonly Job[],
  { cacheBytes = CACHE_BYTES, supportAgents = new Map(), onFailure = () => {} }: StoreOptions = {},
): Store {
  const densities = openDensities(clock);
  const queries = reachQueries(database.kind, database.reader, { densities });
  return {
    database,
    queries,
    densities,
    policies: openPolicies(database, cacheBytes, (org) => densities.refresh(queries, org)),
    clock,
    supportAgents,
    jobs: openJobs(jobs, { database, clock }, { onFailure }),
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
