import type { Tx } from "../../../database/database.ts";
import { ABSENT_ID, asId, type OrgId, type UserId } from "../../../kernel/id.ts";
import { appendAuditEvents } from "../../core/append-audit.ts";
import type { Job, Run } from "../../core/jobs/job.ts";
import { removeSharesToPerson } from "../../sharing/shares-to-person.ts";

/**
 * Sweeps what was shared with people who are deleted by now (UA-61), where it was more than went in that transaction.
 * Nobody has it any more since then: who is deleted reads nothing.
 */
export const sweepShares: Job = {
  name: "SWEEP_SHARES_TO_DELETED",
  run: sweepAll,
  everyMs: 10 * 60 * 1_000,
};

async function sweepAll(run: Run): Promise<void> {
  const { database, pace } = run;
  for (let after = ABSENT_ID; ; ) {
    const row = await database.reader.user.findFirst({
      where: { id: { gt: after }, status: "DELETED", shares: { some: {} } },
      orderBy: { id: "asc" },
      select: { orgId: true, id: true },
    });
    if (row === null) return;
    const [orgId, userId] = [asId<"Organization">(row.orgId), asId<"User">(row.id)];
    after = userId;
    for (let hasMore = true; hasMore; ) {
      if (run.isOver()) return;
      hasMore = await pace.write(database, (tx, size) => sweepBatch(run, tx, { orgId, userId }, size));
    }
  }
}

type Deleted = { readonly orgId: OrgId; readonly userId: UserId };

/** @returns whether there may be more. */
async function sweepBatch(
  { database, clock }: Run,
  tx: Tx,
  { orgId, userId }: Deleted,
  size: number,
): Promise<boolean> {
  if ((await database.lockVersion(tx, orgId, "SHARE")) === null) return false;
  const happened = await removeSharesToPerson(database, tx, orgId, userId, size);
  const at = clock.now();
  await appendAuditEvents(
    tx,
    orgId,
    happened.map((each) => ({ ...each, orgId, at, actorId: null })),
  );
  return happened.length > 0;
}
