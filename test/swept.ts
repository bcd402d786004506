import type { Database } from "../src/database/database.ts";
import { openJobs } from "../src/store/core/jobs/jobs.ts";
import { sweepMatches } from "../src/store/grants/sweep-matches.ts";
import { sweepRemoved } from "../src/store/modules/sweep-removed.ts";

/**
 * Sweeps what deleted fields and modules have left, and matches that are void, as the background worker does: then rows
 * are what they mean.
 */
export async function sweep(database: Database): Promise<void> {
  await openJobs([sweepMatches, sweepRemoved], { database, clock: { now: () => 0 } }).idle();
}
