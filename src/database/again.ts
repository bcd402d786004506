import { setTimeout as sleep } from "node:timers/promises";

/** Pauses between attempts, in milliseconds: the first, then each twice as long as the one before, up to the last. */
export type Pauses = { readonly firstMs: number; readonly lastMs: number };

/** When to try again, and until when: as often as `attempts` in all, or for so long. */
export type Patience = Pauses & {
  readonly when: (error: unknown) => boolean;
  readonly attempts?: number;
  readonly forMs?: number;
};

/** Does the work until it succeeds. @throws what it failed with last, or with what it is not tried again for. */
export async function again<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  const { when, attempts = Number.POSITIVE_INFINITY, forMs = Number.POSITIVE_INFINITY } = patience;
  const startedAt = performance.now();
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!when(error) || failures >= attempts || performance.now() - startedAt > forMs) throw error;
    }
    await sleep(pauseAfter(failures, patience));
  }
}

/** How long to wait after so many failures in a row, in milliseconds. */
export function pauseAfter(failures: number, { firstMs, lastMs }: Pauses): number {
  return Math.min(firstMs * 2 ** (failures - 1), lastMs);
}
