import type { Database, Tx } from "../../../database/database.ts";
import type { AuditKeys } from "../../../kernel/audit-key.ts";
import { InvalidInput } from "../../../kernel/fault.ts";
import type { OrgId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";
import { appendAuditEvent } from "../../core/append-audit.ts";
import { signatureOf } from "../../core/audit/signing.ts";
import { openPace } from "../../core/jobs/pace.ts";
import { verifyLog } from "./verify.ts";

/** So many events go in one transaction at most. */
const BATCH = 500;

/** What would be removed: the events up to a number, all of which happened before an instant. */
export type Prunable = { readonly upTo: number; readonly events: number };

/** Which events of a log all happened before an instant, from its beginning on; null when there are none. */
export async function prunableBefore(
  { reader }: Database,
  orgId: OrgId,
  before: Instant,
): Promise<Prunable | null> {
  const kept = await reader.auditEvent.findFirst({
    where: { orgId, at: { gte: new Date(before) } },
    orderBy: { sequence: "asc" },
    select: { sequence: true },
  });
  const head = await reader.auditHead.findUnique({ where: { orgId } });
  const upTo = kept === null ? (head?.sequence ?? 0) : kept.sequence - 1;
  const events = await reader.auditEvent.count({ where: { orgId, sequence: { lte: upTo } } });
  return events === 0 ? null : { upTo, events };
}

export type PruneOptions = {
  readonly now: Instant;
  /** The account that removes, for the checkpoint and the log. */
  readonly account: string;
  readonly progress?: (done: number, total: number) => void;
};

/**
 * Removes the events of a log up to a number, behind a signed checkpoint from which the chain goes on, and leaves an
 * event that says so (SA-25). The checkpoint stands before anything is removed; what a stop leaves over goes with the
 * next call.
 *
 * @throws {InvalidInput} when the log is not whole, which pruning would hide, or when the number lies among events that
 * are older than the chain.
 */
export async function pruneLog(
  database: Database,
  keys: AuditKeys,
  orgId: OrgId,
  { upTo, events }: Prunable,
  { now, account, progress = () => {} }: PruneOptions,
): Promise<void> {
  const { reader } = database;
  const where = { orgId, kind: "PRUNED", sequence: { gte: upTo } } as const;
  if ((await reader.auditCheckpoint.findFirst({ where })) === null) {
    const { faultCount, beginning } = await verifyLog(database, keys, orgId);
    if (faultCount > 0)
      throw new InvalidInput(null, "The log is not whole: `sightline audit verify` says where.");
    if (beginning !== null && upTo < beginning.sequence)
      throw new InvalidInput(
        null,
        `The events up to ${beginning.sequence} are older than the chain and go together: choose a later day.`,
      );
    await database.write((tx) => close(database, tx, keys, orgId, { upTo, events, now, account }));
  }
  const pace = openPace(BATCH);
  for (let done = 0; ; ) {
    const removed = await pace.write(database, async (tx, size) => {
      const first = await tx.auditEvent.findFirst({
        where: { orgId, sequence: { lte: upTo } },
        orderBy: { sequence: "asc" },
        select: { sequence: true },
      });
      if (first === null) return 0;
      const last = Math.min(first.sequence + size - 1, upTo);
      return (await tx.auditEvent.deleteMany({ where: { orgId, sequence: { lte: last } } })).count;
    });
    if (removed === 0) return;
    done += removed;
    progress(done, events);
  }
}

/** Lets the chain go on from a checkpoint. */
async function close(
  database: Database,
  tx: Tx,
  [key]: AuditKeys,
  orgId: OrgId,
  { upTo, events, now, account }: Prunable & PruneOptions,
): Promise<void> {
  const { hash } = await tx.auditEvent.findUniqueOrThrow({
    where: { orgId_sequence: { orgId, sequence: upTo } },
    select: { hash: true },
  });
  const beginning = await tx.auditCheckpoint.findFirst({
    where: { orgId, kind: "BEGINNING", sequence: upTo },
  });
  const carried = hash ?? beginning?.hash;
  if (carried === undefined) throw new Error(`event ${upTo} has no hash to go on from`);
  const checkpoint = {
    orgId,
    sequence: upTo,
    kind: "PRUNED",
    hash: carried,
    at: new Date(now),
    madeBy: account,
  } as const;
  await tx.auditCheckpoint.create({
    data: { ...checkpoint, signature: signatureOf(key, checkpoint), signedWith: key.id },
  });
  await appendAuditEvent(database, tx, {
    orgId,
    at: now,
    actorId: null,
    account,
    action: "PRUNE_AUDIT_LOG",
    target: { type: "Organization", id: orgId },
    before: null,
    after: { upTo, events },
  });
}
