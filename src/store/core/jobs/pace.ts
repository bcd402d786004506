import { setTimeout as sleep } from "node:timers/promises";
import type { Database, DatabaseKind, Tx } from "../../../database/database.ts";
import { untilWon } from "../../../database/lost-race.ts";

/**
 * How long one batch may take, in milliseconds. On SQLite the process does nothing else meanwhile; on Postgres it waits
 * for most of it as others do, and only whoever changes one of these records or the policy is kept that long.
 */
const BATCH_MS: Readonly<Record<DatabaseKind, number>> = { sqlite: 20, postgres: 100 };

const FIRST_BATCH = 200;
/** Fewer cost as much: what a transaction costs by itself. */
const MIN_BATCH = 50;

/** Runs batches one after another, each as large as its time allows, and leaves time for requests between them. */
export type Pace = {
  /** One transaction; `size` is how many rows it may touch. It is tried again when it loses a race. */
  readonly write: <T>(database: Database, batch: (tx: Tx, size: number) => Promise<T>) => Promise<T>;
};

/** @param maxBatch more rows than these are in no batch. */
export function openPace(maxBatch: number): Pace {
  let size = Math.min(FIRST_BATCH, maxBatch);
  return {
    async write(database, batch) {
      let begun = 0;
      const outcome = await untilWon(() =>
        database.write((tx) => {
          // Waiting for others says nothing about the size.
          begun = performance.now();
          return batch(tx, size);
        }),
      );
      const tookMs = performance.now() - begun;
      const batchMs = BATCH_MS[database.kind];
      const fitting = Math.floor((size * batchMs) / Math.max(tookMs, 1));
      size = Math.max(Math.min(fitting, size * 2, maxBatch), Math.min(MIN_BATCH, maxBatch));
      // As long as it took: requests have at least half of the time.
      await sleep(Math.min(tookMs, batchMs));
      return outcome;
    },
  };
}
