/** How long something took, in milliseconds, over all repetitions. */
export type Times = {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly repetitions: number;
};

export type Repeating = {
  /** Rounds that count; more of what is quick. */
  readonly repetitions: number;
  /** Rounds before them, which fill caches and let the compiler do its work; more of what is quick. */
  readonly warmUp: number;
  /** After so many seconds no further round begins, except that a few always count; without end unless said. */
  readonly patience?: number | undefined;
};

/** So many rounds count however long they take. */
export const A_FEW = 3;

/**
 * What is quick is repeated for so long, before it counts and then: a compiler has to see it some thousand times, and a
 * median of thirty times a few microseconds is chance. So many rounds are enough in any case.
 */
const QUICK_MS = 500;
const ENOUGH = 1_000;

/**
 * Measures several things side by side: in every round each has its turn, so that whatever else the machine does at the
 * time meets all of them alike. Rounds turn the order around, so that none always comes after the same neighbour.
 *
 * @param work by name; what it gives is thrown away.
 * @param now milliseconds that pass.
 */
export async function interleaved<Name extends string>(
  work: Readonly<Record<Name, () => Promise<unknown>>>,
  { repetitions, warmUp, patience = Number.POSITIVE_INFINITY }: Repeating,
  now = () => performance.now(),
): Promise<Readonly<Record<Name, Times>>> {
  const entries = Object.entries(work) as [Name, () => Promise<unknown>][];
  const begun = now();
  const isOver = () => now() - begun > patience * 1000;
  const round = async (number: number, taken: Map<Name, number[]>): Promise<void> => {
    for (const [name, run] of number % 2 === 0 ? entries : [...entries].reverse()) {
      const start = now();
      await run();
      taken.get(name)?.push(now() - start);
    }
  };
  /** Rounds until there are as many as asked for, and more while they are quick; a few even when patience is at its end. */
  const rounds = async (wanted: number, few: number, taken = new Map<Name, number[]>()): Promise<void> => {
    const from = now();
    const isQuick = (done: number) => done < ENOUGH && now() - from < QUICK_MS;
    for (let done = 0; (done < wanted || isQuick(done)) && (done < few || !isOver()); done += 1)
      await round(done, taken);
  };

  // What takes long by itself is warm after the first time.
  if (warmUp > 0) await rounds(warmUp, 1);
  const taken = new Map<Name, number[]>(entries.map(([name]) => [name, []]));
  await rounds(repetitions, Math.min(A_FEW, repetitions), taken);
  return Object.fromEntries(entries.map(([name]) => [name, timesOf(taken.get(name) ?? [])])) as Record<
    Name,
    Times
  >;
}

/** Median, 95th and 99th percentile of durations in milliseconds. */
export function timesOf(durationsMs: readonly number[]): Times {
  const sorted = [...durationsMs].sort((a, b) => a - b);
  return {
    medianMs: quantile(sorted, 0.5),
    p95Ms: quantile(sorted, 0.95),
    p99Ms: quantile(sorted, 0.99),
    repetitions: sorted.length,
  };
}

/** A quantile of a sorted list, between neighbours by proportion; NaN of an empty one. */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}
