import type { Database, Tx } from "../../../database/database.ts";
import { untilWonOrFound } from "../../../database/lost-race.ts";
import type { Fault } from "../../../kernel/fault.ts";
import { asId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";
import type { MutationName } from "../../../policy/rights/needs.ts";
import { appendAuditEvents } from "../append-audit.ts";
import type { AuditEntry } from "../audit-event.ts";
import type { Job, Run } from "../jobs/job.ts";
import type { Viewer } from "../viewer.ts";

/** A fault, or what a mutation of many says of one of them. */
export type Refused = Pick<Fault, "code"> & { readonly field?: string | null };

/** Refusals of one user, mutation and code in so many milliseconds are told once, and counted (SA-24). */
const TOGETHER_MS = 60_000;

/** The refusals that are counted together, and how many followed the first. */
type Counted = {
  readonly orgId: string;
  readonly userId: string;
  readonly mutation: string;
  readonly code: string;
  readonly at: Date;
  readonly isSupport: boolean;
  readonly followed: number;
};

/**
 * Leaves an event that a mutation was refused, in a transaction of its own after the rollback (SA-20). Of the same user,
 * mutation and code, those within a minute of it are only counted, and told when the minute is over: however many are
 * sent, and to however many servers, a minute has two events (SA-24).
 */
export function tellRefusal(viewer: Viewer, mutation: MutationName, fault: Refused): Promise<void> {
  const { database } = viewer.store;
  return untilWonOrFound(() => database.write((tx) => tell(database, tx, viewer, mutation, fault)));
}

async function tell(
  database: Database,
  tx: Tx,
  { orgId, user, now, request }: Viewer,
  mutation: MutationName,
  { code, field = null }: Refused,
): Promise<void> {
  const key = { orgId, userId: user.id, mutation, code };
  const since = new Date(now - TOGETHER_MS);
  const counted = () =>
    tx.refusal.updateMany({ where: { ...key, at: { gt: since } }, data: { followed: { increment: 1 } } });
  if ((await counted()).count > 0) return;
  const over = await tx.refusal.findUnique({ where: { orgId_userId_mutation_code: key } });
  // On Postgres each statement sees what was committed before it: another one may have told the first meanwhile.
  if (over !== null && over.at > since && (await counted()).count > 0) return;
  if (over !== null) await tx.refusal.deleteMany({ where: { ...key, at: over.at } });
  const isSupport = user.license === "SUPPORT";
  // Of two at this moment one comes second, finds its twin, and is counted.
  await tx.refusal.create({ data: { ...key, at: new Date(now), isSupport } });
  await appendAuditEvents(database, tx, orgId, [
    ...(over === null ? [] : followed(over, now)),
    {
      orgId,
      at: now,
      actorId: user.id,
      isSupport,
      requestId: request.id,
      action: "REFUSE_MUTATION",
      target: { type: "User", id: user.id },
      before: null,
      after: { mutation, code, field },
    },
  ]);
}

/** How many followed the first of a minute that is over; nothing when none did. */
function followed(
  { orgId, userId, mutation, code, isSupport, followed: count }: Counted,
  now: Instant,
): readonly AuditEntry[] {
  if (count === 0) return [];
  return [
    {
      orgId: asId(orgId),
      at: now,
      actorId: asId(userId),
      isSupport,
      action: "REFUSE_MUTATION",
      target: { type: "User", id: userId },
      before: null,
      after: { mutation, code, followed: count },
    },
  ];
}

/** Tells how many refusals followed the first, when their minute is over (SA-24). */
export const tellRefusals: Job = { name: "TELL_REFUSALS", lane: "DATABASE", run: tellAll, everyMs: null };

async function tellAll({ database, clock, pace, isOver }: Run): Promise<void> {
  while (!isOver()) {
    const until = new Date(clock.now() - TOGETHER_MS);
    const row = await database.reader.refusal.findFirst({
      where: { at: { lte: until } },
      orderBy: { at: "asc" },
    });
    if (row === null) return;
    await pace.write(database, async (tx) => {
      const { orgId, userId, mutation, code, at } = row;
      const key = { orgId, userId, mutation, code };
      // Another instance may have told it; what is counted until it goes is counted.
      const { count } = await tx.refusal.updateMany({
        where: { ...key, at },
        data: { isSupport: row.isSupport },
      });
      const now =
        count === 0 ? null : await tx.refusal.findUnique({ where: { orgId_userId_mutation_code: key } });
      if (now === null) return;
      await tx.refusal.deleteMany({ where: { ...key, at } });
      await appendAuditEvents(database, tx, asId(orgId), followed(now, clock.now()));
    });
  }
}
