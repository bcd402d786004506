import type { Tx } from "../../../database/database.ts";
import { ABSENT_ID, asId, type OrgId } from "../../../kernel/id.ts";
import { may } from "../../../policy/ask/ability.ts";
import { isEligibleOwner } from "../../../policy/ask/eligible-owner.ts";
import type { Module } from "../../../policy/model/org.ts";
import type { Policy } from "../../../policy/model/policy.ts";
import { MUTATION_NEEDS } from "../../../policy/rights/needs.ts";
import { whyKeptOut } from "../../../policy/rights/sign-in.ts";
import { appendAuditEvents } from "../../core/append-audit.ts";
import type { Job, Run } from "../../core/jobs/job.ts";
import { judgedRecords } from "../../core/judged.ts";
import { coreStore, type Store, storeWithin } from "../../core/store.ts";
import { reachedBy, type Viewer, viewerOf } from "../../core/viewer.ts";
import { handOver, type OwnedRecord } from "../../sharing/hand-over.ts";
import { lockNextOwned } from "../../sharing/next-owned.ts";
import { type Transfer, transferIn } from "./transfer.ts";

/**
 * Carries out transfers of records, in steps (UA-64). Where an instance dies, the next that looks goes on after the last
 * step that was committed.
 */
export const transferRecords: Job = {
  name: "TRANSFER_RECORDS",
  lane: "DATABASE",
  run: carryOutAll,
  everyMs: null,
};

/** For so long it can be read how a transfer ended, in milliseconds. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * One step of each transfer in turn, and then the next of each: a short one waits for a step of the others, whoever began
 * them and however long they are, and so do the other jobs.
 */
async function* carryOutAll(run: Run): AsyncGenerator<void> {
  const { database, clock, pace } = run;
  let store: Store | null = null;
  for (let isGoing = true; isGoing; ) {
    isGoing = false;
    for (let after = ABSENT_ID; ; ) {
      if (run.isOver()) return;
      const row = await database.reader.recordTransfer.findFirst({
        where: { id: { gt: after }, endedAt: null },
        orderBy: { id: "asc" },
        select: { orgId: true, id: true },
      });
      if (row === null) break;
      after = asId(row.id);
      // Decides for itself, and keeps what it has compiled for as long as there is something to hand over.
      const deciding: Store = store ?? coreStore(database, clock, []);
      store = deciding;
      const of = { orgId: asId<"Organization">(row.orgId), id: row.id };
      if (await pace.write(database, (tx, size) => carryOutNext(deciding, tx, of, size))) isGoing = true;
      yield;
    }
  }
  const before = new Date(clock.now() - KEPT_MS);
  if ((await database.reader.recordTransfer.findFirst({ where: { endedAt: { lt: before } } })) === null)
    return;
  await pace.write(database, (tx) => tx.recordTransfer.deleteMany({ where: { endedAt: { lt: before } } }));
}

type TransferRef = { readonly orgId: OrgId; readonly id: string };

/** One step. @returns whether one was taken; there is none while the organisation cannot be asked. */
async function carryOutNext(store: Store, tx: Tx, of: TransferRef, size: number): Promise<boolean> {
  const { database, clock, policies } = store;
  const { orgId, id } = of;
  const version = await database.lockVersion(tx, orgId, "SHARE");
  if (version === null) return false;
  // To write the row is to be alone with it: another instance goes on where this one ends.
  const { count } = await tx.recordTransfer.updateMany({
    where: { orgId, id, endedAt: null },
    data: { modulesDone: { increment: 0 } },
  });
  if (count === 0) return false;
  const transfer = transferIn(
    await tx.recordTransfer.findUniqueOrThrow({ where: { orgId_id: { orgId, id } } }),
  );
  const policy = await policies.within(tx, orgId, version);
  if (policy === null) return false;

  const now = clock.now();
  const moduleId = transfer.modules[transfer.modulesDone];
  if (moduleId === undefined) {
    await tx.recordTransfer.update({ where: { orgId_id: { orgId, id } }, data: { endedAt: new Date(now) } });
    return true;
  }
  const module = policy.modules.get(moduleId);
  const step =
    module && (await moveIn({ store: storeWithin(store, tx), tx, policy, now }, transfer, module, size));
  await tx.recordTransfer.update({
    where: { orgId_id: { orgId, id } },
    data:
      step === undefined || step.isLast
        ? { modulesDone: { increment: 1 }, upToId: null, ...countsOf(step) }
        : { upToId: step.upToId, ...countsOf(step) },
  });
  return true;
}

type Step = {
  readonly upToId: string | null;
  readonly isLast: boolean;
  readonly moved: number;
  readonly kept: number;
};

function countsOf(step: Step | undefined): object {
  if (step === undefined) return {};
  return { movedRecords: { increment: step.moved }, keptRecords: { increment: step.kept } };
}

type Deciding = { readonly store: Store; readonly tx: Tx; readonly policy: Policy; readonly now: number };

/** Hands over the next records of one module; none when the other may not own any there by now (TU-33). */
async function moveIn(deciding: Deciding, transfer: Transfer, module: Module, size: number): Promise<Step> {
  const { store, tx, policy, now } = deciding;
  const { orgId, upToId } = transfer;
  const [from, to] = [policy.users.get(transfer.fromId), policy.users.get(transfer.toId)];
  if (from === undefined || to === undefined || !isEligibleOwner(policy, to, module, now))
    return { upToId, isLast: true, moved: 0, kept: 0 };
  const viewer = transfer.scope === "EVERYTHING" ? null : viewerNow(deciding, transfer.startedById);
  // Who may not come in any more hands over nothing.
  if (transfer.scope === "ADMITTED" && viewer === null) return { upToId, isLast: true, moved: 0, kept: 0 };
  const reached = viewer && reachedBy(viewer, module, "READ");
  const of = { orgId, moduleId: module.id, owner: from, reached };
  const { seen, isLast, owned } = await lockNextOwned(store.database, tx, of, upToId, size);
  const { admitted, kept } = viewer === null ? { admitted: owned, kept: 0 } : await admittedOf(viewer, owned);
  const happened = await handOver(tx, orgId, { from, to, module, byId: transfer.startedById }, admitted, now);
  const { startedById: actorId, isSupport, requestId } = transfer;
  await appendAuditEvents(
    store.database,
    tx,
    orgId,
    happened.map((each) => ({ ...each, orgId, at: now, actorId, isSupport, requestId })),
  );
  return { upToId: seen.at(-1) ?? null, isLast, moved: admitted.length, kept };
}

type Admitted = { readonly admitted: readonly OwnedRecord[]; readonly kept: number };

/**
 * Of some records those that may be handed over now, and how many of the others whoever began the transfer reads: what
 * is out of their reach is not even counted.
 */
async function admittedOf(viewer: Viewer, owned: readonly OwnedRecord[]): Promise<Admitted> {
  const judged = await judgedRecords(viewer).loadMany(owned.map(({ id }) => id));
  const read = owned.flatMap((record, at) => {
    const each = judged[at];
    if (each instanceof Error) throw each;
    return each != null && may(viewer.ability, "READ", each) ? [{ record, each }] : [];
  });
  const { action } = MUTATION_NEEDS.massChangeOwner;
  const admitted = read.flatMap(({ record, each }) => (may(viewer.ability, action, each) ? [record] : []));
  return { admitted, kept: read.length - admitted.length };
}

/** Whoever began the transfer, with what they may by now; null when they may not come in any more. */
function viewerNow({ store, policy, now }: Deciding, id: Transfer["startedById"]): Viewer | null {
  const user = policy.users.get(id);
  if (user === undefined || whyKeptOut(policy, user, now) !== null) return null;
  return viewerOf(store, policy, user, now);
}
