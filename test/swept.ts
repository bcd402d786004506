import type { Database } from "../src/database/database.ts";
import { openJobs } from "../src/store/core/jobs/jobs.ts";
import { sweepMatches } from "../src/store/grants/sweep-matches.ts";
import { sweepRemoved } from "../src/store/modules/sweep-removed.ts";
import { moveOwnedRecords } from "../src/store/profiles/move-owned-records.ts";
import { sweepShares } from "../src/store/sharing/sweep-shares.ts";

/**
 * Sweeps what deleted fields and modules have left, and matches that are void, as the background worker does: then rows
 * are what they mean.
 */
export async function sweep(database: Database): Promise<void> {
  await openJobs([sweepMatches, sweepShares, moveOwnedRecords, sweepRemoved], {
    database,
    clock: { now: () => 0 },
  }).idle();
}
