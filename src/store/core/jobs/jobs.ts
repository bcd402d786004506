import { AsyncLocalStorage } from "node:async_hooks";
import { pauseAfter } from "../../../database/again.ts";
import { type Job, type JobName, LANES, type Workplace } from "./job.ts";
import { openPace } from "./pace.ts";

/** The one background worker of an instance: it runs the jobs that were woken or are due, in each lane one after another. */
export type Jobs = {
  /** There may be something to do for these: they run soon. To be called after the transaction that made it. */
  readonly wake: (names: readonly JobName[]) => void;
  /** Runs all now, and looks again every so many milliseconds for what others have left. */
  readonly watch: (everyMs: number) => void;
  /** Runs all now, and settles when nothing is left to do. @throws what one failed with; it is run again by itself. */
  readonly idle: () => Promise<void>;
  /** Ends after the batch that is being written, for ever. */
  readonly stop: () => Promise<void>;
};

export type JobsOptions = {
  /** Hears of every failure. What failed is run again by itself. */
  readonly onFailure?: (error: unknown) => void;
  /** No batch touches more rows. */
  readonly maxBatch?: number;
};

const MAX_BATCH = 500;

/** The answer to whoever woke a job comes first, and several who do so together wake it once. */
const WAKE_MS = 50;

/** After a failure it is run again. */
const PAUSES = { firstMs: 1_000, lastMs: 60_000 };

export function openJobs(jobs: readonly Job[], place: Workplace, options: JobsOptions = {}): Jobs {
  const lanes = LANES.map((lane) =>
    laneOf(
      jobs.filter((job) => job.lane === lane),
      place,
      options,
    ),
  );
  return {
    wake(names) {
      for (const lane of lanes) lane.wake(names);
    },
    watch(everyMs) {
      for (const lane of lanes) lane.watch(everyMs);
    },
    async idle() {
      const ends = await Promise.allSettled(lanes.map((lane) => lane.idle()));
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    },
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

function laneOf(jobs: readonly Job[], { database, clock }: Workplace, options: JobsOptions): Jobs {
  // Whoever wakes a job may do so inside a request, even inside a transaction: nothing of that is carried along.
  const outside = AsyncLocalStorage.snapshot();
  const pace = openPace(options.maxBatch ?? MAX_BATCH);
  const isOver = () => isStopped || database.closing.aborted;
  /** In the order of their turns. */
  const due = new Set<Job>();
  /** Those that are due in the middle of a run: it goes on when their turn comes. */
  const begun = new Map<Job, AsyncIterator<void>>();
  const endedAt = new Map<Job, number>();
  let running: Promise<void> | null = null;
  let isStopped = false;
  let failures = 0;
  let soon: NodeJS.Timeout | undefined;
  let watching: NodeJS.Timeout | undefined;

  /** One run at a time: what becomes due during one is run at its end. */
  function begin(): Promise<void> {
    clearTimeout(soon);
    soon = undefined;
    for (const job of jobs) if (isDueByItself(job)) due.add(job);
    running ??= outside(runDue);
    return running;
  }

  function isDueByItself(job: Job): boolean {
    const ended = endedAt.get(job);
    return job.everyMs === null || ended === undefined || performance.now() - ended >= job.everyMs;
  }

  async function runDue(): Promise<void> {
    const failed: unknown[] = [];
    const again: Job[] = [];
    for (let job = nextDue(); job && !isOver(); job = nextDue()) {
      due.delete(job);
      try {
        if (await goOn(job)) due.add(job);
        else endedAt.set(job, performance.now());
      } catch (error) {
        failed.push(error);
        again.push(job);
      }
    }
    running = null;
    if (failed.length === 0) {
      failures = 0;
      return;
    }
    if (!isOver()) {
      for (const error of failed) options.onFailure?.(error);
      for (const job of again) due.add(job);
      failures += 1;
      later(pauseAfter(failures, PAUSES));
    }
    throw failed[0];
  }

  /** Whoever has had a turn comes after all that are due by then: none waits for the end of another one's steps. */
  function nextDue(): Job | undefined {
    const [job] = due;
    return job;
  }

  /** One turn of a job. @returns whether it has more to do. */
  async function goOn(job: Job): Promise<boolean> {
    const steps = begun.get(job) ?? stepsOf(job.run({ database, clock, pace, isOver }));
    begun.delete(job);
    const { done } = await steps.next();
    if (done) return false;
    begun.set(job, steps);
    return true;
  }

  /** Failures were heard of where they happened. */
  function beginUnasked(): void {
    if (!isOver()) begin().catch(() => {});
  }

  function later(ms: number): void {
    soon ??= outside(() => setTimeout(beginUnasked, ms).unref());
  }

  return {
    wake(names) {
      const woken = jobs.filter(({ name }) => names.includes(name));
      if (isOver() || woken.length === 0) return;
      for (const job of woken) due.add(job);
      later(WAKE_MS);
    },
    watch(everyMs) {
      if (isOver() || jobs.length === 0 || watching !== undefined) return;
      beginUnasked();
      // What fails has its own pauses.
      const look = () => failures === 0 && beginUnasked();
      watching = outside(() => setInterval(look, everyMs).unref());
    },
    async idle() {
      if (isOver() || jobs.length === 0) return;
      for (const job of jobs) due.add(job);
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

function stepsOf(run: ReturnType<Job["run"]>): AsyncIterator<void> {
  if (Symbol.asyncIterator in run) return run[Symbol.asyncIterator]();
  return { next: () => run.then(() => ({ done: true, value: undefined })) };
}
