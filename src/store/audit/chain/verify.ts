import type { Database, Db } from "../../../database/database.ts";
import type { AuditKeys } from "../../../kernel/audit-key.ts";
import { BEFORE_ALL } from "../../core/audit/signing.ts";
import { type LogFault, LogFaults } from "./faults.ts";
import { LogJudge, type SignedCheckpoint } from "./judge.ts";
import type { Place } from "./place.ts";

export type VerifyOptions = {
  /** A place that was kept elsewhere: the log must still have its very event. */
  readonly head?: Place | null;
  /** A place up to which the log was proven before: what is older is not read again. */
  readonly from?: Place | null;
  /** Asked between pages; whoever stops goes on from `reached`. */
  readonly isStopped?: () => boolean;
  readonly progress?: (done: number, total: number) => void;
};

/** What was found when a log was read through. */
export type Proof = {
  /** How many events were read. */
  readonly events: number;
  /** The last of them; what is before it need not be read again. */
  readonly reached: Place;
  /** Whether it was read to the end. */
  readonly isComplete: boolean;
  /** The first hundred faults, and how many there are. */
  readonly faults: readonly LogFault[];
  readonly faultCount: number;
  /** Behind which events were removed; null when none ever were. */
  readonly pruned: SignedCheckpoint | null;
  /** Up to which events are older than the chain; null when none are. */
  readonly beginning: SignedCheckpoint | null;
};

const PAGE = 1_000;

/**
 * Reads the log of an organisation from its beginning, its last checkpoint or a place proven before, and says of every
 * event that was removed, changed, moved, inserted or cut off which it is (SA-21). Holds a page in memory, however long
 * the log; others may append meanwhile.
 */
export async function verifyLog(
  database: Database,
  keys: AuditKeys,
  orgId: string,
  { head: kept = null, from = null, isStopped = () => false, progress = () => {} }: VerifyOptions = {},
): Promise<Proof> {
  const pruned = await checkpointOf(database.reader, orgId, "PRUNED");
  const start = from ?? (pruned === null ? { sequence: 0, hash: BEFORE_ALL } : pruned);
  const found = await checkpointOf(database.reader, orgId, "BEGINNING");
  const beginning = found !== null && found.sequence > start.sequence ? found : null;
  const judge = new LogJudge(keys, { place: start, beginning });
  if (pruned !== null) judge.checkpoint(pruned);

  const about = new LogFaults();
  await judgeRemoved(database.reader, orgId, pruned, about);
  for (const place of [kept, from]) {
    if (place !== null && place.sequence <= start.sequence)
      await holdAgainst(database.reader, orgId, place, pruned, about);
  }
  // Nothing follows a place that is not there.
  const isAstray = from !== null && about.kept.some(({ first }) => first === from.sequence);
  let events = 0;
  let lastHash: string | null = null;
  let isComplete = isAstray;
  while (!isComplete && !isStopped()) {
    const { sequence: read } = judge.place;
    const { rows, head } = await database.snapshot(async (tx) => ({
      rows: await tx.auditEvent.findMany({
        where: { orgId, sequence: { gt: read } },
        orderBy: { sequence: "asc" },
        take: PAGE,
      }),
      head: await tx.auditHead.findUnique({ where: { orgId } }),
    }));
    for (const row of rows) {
      judge.event(row);
      lastHash = row.hash;
      if (kept?.sequence === row.sequence && kept.hash !== row.hash) about.add("KEPT_DIFFERS", row.sequence);
    }
    events += rows.length;
    progress(events, Math.max((head?.sequence ?? 0) - start.sequence, events));
    if (rows.length === PAGE) continue;
    isComplete = true;
    judgeEnd(judge.place, head, lastHash, about);
    const last = Math.max(judge.place.sequence, head?.sequence ?? 0);
    if (kept !== null && kept.sequence > last) about.add("CUT_OFF", last + 1, kept.sequence);
  }
  return {
    events,
    reached: judge.place,
    isComplete,
    faults: [...judge.faults.kept, ...about.kept],
    faultCount: judge.faults.count + about.count,
    pruned,
    beginning,
  };
}

/** What stands behind the last checkpoint was to be removed, or was put there since. */
async function judgeRemoved(
  db: Db,
  orgId: string,
  pruned: SignedCheckpoint | null,
  faults: LogFaults,
): Promise<void> {
  if (pruned === null) return;
  const where = { orgId, sequence: { lte: pruned.sequence } };
  const { _min: first, _max: last } = await db.auditEvent.aggregate({
    where,
    _min: { sequence: true },
    _max: { sequence: true },
  });
  if (first.sequence !== null)
    faults.add("BEHIND_CHECKPOINT", first.sequence, last.sequence ?? first.sequence);
}

/** Holds the head against the last event that there is. */
function judgeEnd(
  last: Place,
  head: { readonly sequence: number; readonly hash: string | null } | null,
  lastHash: string | null,
  faults: LogFaults,
): void {
  if (head === null) {
    if (last.sequence > 0) faults.add("NO_HEAD", last.sequence);
  } else if (head.sequence > last.sequence) faults.add("CUT_OFF", last.sequence + 1, head.sequence);
  else if (head.sequence < last.sequence) faults.add("AFTER_HEAD", head.sequence + 1, last.sequence);
  else if (lastHash !== null && head.hash !== lastHash) faults.add("HEAD_DIFFERS", last.sequence);
}

/** A place that lies where judging does not go. */
async function holdAgainst(
  db: Db,
  orgId: string,
  { sequence, hash }: Place,
  pruned: SignedCheckpoint | null,
  faults: LogFaults,
): Promise<void> {
  const row = await db.auditEvent.findUnique({ where: { orgId_sequence: { orgId, sequence } } });
  const known = row?.hash ?? (pruned?.sequence === sequence ? pruned.hash : null);
  if (known !== null && known !== hash) faults.add("KEPT_DIFFERS", sequence);
  // Whether it was cut off, or removed behind a checkpoint that is of a later event.
  if (known === null && sequence > (pruned?.sequence ?? 0)) faults.add("MISSING", sequence);
}

async function checkpointOf(
  db: Db,
  orgId: string,
  kind: "BEGINNING" | "PRUNED",
): Promise<SignedCheckpoint | null> {
  return db.auditCheckpoint.findFirst({ where: { orgId, kind }, orderBy: { sequence: "desc" } });
}
