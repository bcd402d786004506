import { ABSENT_ID } from "../../kernel/id.ts";
import type { Job, Run } from "../core/jobs/job.ts";
import { shareRemovalIn, sweepNextShares } from "./share-removal.ts";

/** Sweeps the shares with roles and groups that are gone, which nobody has anything of any more (SH-39). */
export const sweepShares: Job = {
  name: "SWEEP_SHARES",
  lane: "DATABASE",
  run: sweepAll,
  everyMs: 10 * 60 * 1_000,
};

async function sweepAll(run: Run): Promise<void> {
  const { database, pace, clock } = run;
  for (let after: string = ABSENT_ID; ; ) {
    const row = await database.reader.shareRemoval.findFirst({
      where: { id: { gt: after } },
      orderBy: { id: "asc" },
    });
    if (row === null) return;
    const { orgId, id } = row;
    after = id;
    for (let hasMore = true; hasMore; ) {
      if (run.isOver()) return;
      hasMore = await pace.write(database, async (tx, size) => {
        if ((await database.lockVersion(tx, orgId, "SHARE")) === null) return false;
        // Another instance may have ended it.
        const now = await tx.shareRemoval.findUnique({ where: { orgId_id: { orgId, id } } });
        return now !== null && (await sweepNextShares(database, tx, shareRemovalIn(now), size, clock.now()));
      });
    }
  }
}
