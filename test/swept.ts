import type { Database } from "../src/database/database.ts";
import { openJobs } from "../src/store/core/jobs/jobs.ts";
import { sweepMatches } from "../src/store/grants/sweep-matches.ts";
import { sweepRemoved } from "../src/store/modules/sweep-removed.ts";
import { sweepShares } from "../src/store/sharing/sweep-shares.ts";

/**
 * Sweeps what deleted fields, modules, groups and roles have left, and matches that are void, as the background worker
 * does at the instant: then rows are what they mean. The policy stays as it is.
 */
export async function sweep(database: Database, now = 0): Promise<void> {
  await openJobs([sweepMatches, sweepShares, sweepRemoved], { database, clock: { now: () => now } }).idle();
}
