import { ABSENT_ID, asId } from "../../kernel/id.ts";
import type { Job, Run } from "../core/jobs/job.ts";
import { removalIn, sweepNext } from "./removal.ts";

/** Sweeps what deleted fields and modules have left: values that nobody reads, and records that nobody reaches (SH-32). */
export const sweepRemoved: Job = {
  name: "SWEEP_REMOVED",
  lane: "DATABASE",
  run: sweepAll,
  everyMs: 10 * 60 * 1_000,
};

async function sweepAll(run: Run): Promise<void> {
  const { database, pace } = run;
  for (let after = ABSENT_ID; ; ) {
    const row = await database.reader.removal.findFirst({
      where: { id: { gt: after } },
      orderBy: { id: "asc" },
    });
    if (row === null) return;
    const { orgId, id } = removalIn(row);
    after = asId(id);
    for (let hasMore = true; hasMore; ) {
      if (run.isOver()) return;
      hasMore = await pace.write(database, async (tx, size) => {
        if ((await database.lockVersion(tx, orgId, "SHARE")) === null) return false;
        // Another instance may have gone on with it, and who makes a field of its key anew ends it.
        const now = await tx.removal.findUnique({ where: { orgId_id: { orgId, id } } });
        return now !== null && (await sweepNext(database.kind, tx, removalIn(now), size)) !== null;
      });
    }
  }
}
