import { AsyncLocalStorage } from "node:async_hooks";
import { asId, type RuleId } from "../../kernel/id.ts";
import { applyBatch, finishApplying, type RuleRef, type Workplace } from "./apply-batch.ts";
import { openPace, type Pace } from "./pace.ts";
import { deadKeys, sweepBatch } from "./sweep.ts";

/**
 * What sharing rules leave to be done in the background: criteria are applied to the records there are (SH-36), and
 * matches that admit nothing any more are swept (SH-37).
 *
 * What is to be done stands in the database, so that any instance does it: two at once share it out, and what one that
 * died has left is finished by the next that looks.
 */
export type Applying = {
  /** There may be something to do: begins soon. To be called after the transaction that made it. */
  readonly wake: () => void;
  /** Begins now, and looks again every so many milliseconds for what others have left. */
  readonly watch: (everyMs: number) => void;
  /** Begins now, and settles when nothing is left to do. @throws what it failed with; it is tried again by itself. */
  readonly idle: () => Promise<void>;
  /** Ends after the batch that is being written, for ever. */
  readonly stop: () => Promise<void>;
};

export type ApplyingOptions = {
  /** Hears of every failure. What failed is tried again by itself. */
  readonly onFailure?: (error: unknown) => void;
  /** More records than these are in no batch. */
  readonly maxBatch?: number;
};

const MAX_BATCH = 500;

/** The answer to whoever woke this comes first, and several who do so together wake it once. */
const WAKE_MS = 50;

/** After a failure it is tried again; the pause doubles from the first to the last. */
const RETRY_MS = { first: 1_000, last: 60_000 };

/** How often what nobody woke anybody for is swept: matches of rules that expire by themselves. */
const SWEEP_MS = 10 * 60 * 1_000;

export function openApplying(place: Workplace, options: ApplyingOptions = {}): Applying {
  // Whoever wakes this may do so inside a request, even inside a transaction: nothing of that is carried along.
  const outside = AsyncLocalStorage.snapshot();
  const pace = openPace(options.maxBatch ?? MAX_BATCH);
  const isOver = () => isStopped || place.database.closing.aborted;
  let running: Promise<void> | null = null;
  let isAsked = false;
  let isStopped = false;
  let isSweepDue = true;
  let sweptAt = performance.now();
  let failures = 0;
  let soon: NodeJS.Timeout | undefined;
  let watching: NodeJS.Timeout | undefined;

  /** One run at a time: whoever asks during one gets another round of it. */
  function begin(): Promise<void> {
    clearTimeout(soon);
    soon = undefined;
    isAsked = true;
    running ??= outside(run);
    return running;
  }

  async function run(): Promise<void> {
    try {
      while (isAsked && !isOver()) {
        isAsked = false;
        await applyAll(place, pace, isOver);
        if (!isSweepDue && performance.now() - sweptAt < SWEEP_MS) continue;
        isSweepDue = false;
        await sweepAll(place, pace, isOver);
        sweptAt = performance.now();
      }
      failures = 0;
    } catch (error) {
      if (!isOver()) {
        options.onFailure?.(error);
        isSweepDue = true;
        later(Math.min(RETRY_MS.first * 2 ** failures, RETRY_MS.last));
        failures += 1;
      }
      throw error;
    } finally {
      running = null;
    }
  }

  /** Failures were heard of where they happened. */
  function beginUnasked(): void {
    if (!isOver()) begin().catch(() => {});
  }

  function later(ms: number): void {
    soon ??= outside(() => setTimeout(beginUnasked, ms).unref());
  }

  return {
    wake() {
      if (isOver()) return;
      isSweepDue = true;
      later(WAKE_MS);
    },
    watch(everyMs) {
      if (isOver() || watching !== undefined) return;
      beginUnasked();
      // What fails has its own pauses.
      const look = () => failures === 0 && beginUnasked();
      watching = outside(() => setInterval(look, everyMs).unref());
    },
    async idle() {
      if (isOver()) return;
      isSweepDue = true;
      await begin();
    },
    async stop() {
      isStopped = true;
      clearTimeout(soon);
      clearInterval(watching);
      await running?.catch(() => {});
    },
  };
}

/** Batches of every rule in turn, until none is left; one that fails does not keep the others waiting. */
async function applyAll(place: Workplace, pace: Pace, isOver: () => boolean): Promise<void> {
  const failed = new Map<RuleId, unknown>();
  for (;;) {
    const rules = (await rulesToApply(place)).filter(({ ruleId }) => !failed.has(ruleId));
    if (rules.length === 0) break;
    for (const rule of rules) {
      if (isOver()) return;
      await applySome(place, pace, rule).catch((error: unknown) => failed.set(rule.ruleId, error));
    }
  }
  for (const [, error] of failed) throw error;
}

async function applySome(place: Workplace, pace: Pace, rule: RuleRef): Promise<void> {
  const outcome = await pace.write(place.database, (tx, size) => applyBatch(tx, place, rule, size));
  if (outcome.kind === "COMPLETE") await finishApplying(place, rule, outcome.generation);
}

async function rulesToApply({ database }: Workplace): Promise<readonly RuleRef[]> {
  const rows = await database.reader.sharingRule.findMany({
    where: { status: "APPLYING" },
    orderBy: { id: "asc" },
    select: { orgId: true, id: true },
  });
  return rows.map(({ orgId, id }) => ({ orgId: asId(orgId), ruleId: asId(id) }));
}

async function sweepAll(place: Workplace, pace: Pace, isOver: () => boolean): Promise<void> {
  for await (const dead of deadKeys(place)) {
    for (let hasMore = true; hasMore; ) {
      if (isOver()) return;
      hasMore = await pace.write(place.database, (tx, size) => sweepBatch(tx, place, dead, size));
    }
  }
}
