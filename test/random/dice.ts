/** Chance out of a seed: the same seed, the same throws. */
export type Dice = {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** One of the values, each as likely as its weight says. */
  weighted<T>(choices: readonly (readonly [number, T])[]): T;
  /** Some of the items in a random order, `size` of them or all there are. */
  sample<T>(items: readonly T[], size: number): T[];
};

/** Dice loaded with a seed (mulberry32). */
export function diceOf(seed: number): Dice {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[between(0, items.length - 1)];
    if (items.length === 0) throw new Error("nothing to pick from");
    return item as T;
  };
  return {
    between,
    chance: (probability) => next() < probability,
    pick,
    weighted: <T>(choices: readonly (readonly [number, T])[]): T => {
      let rest = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, choice] of choices) {
        rest -= weight;
        if (rest < 0) return choice;
      }
      return pick(choices)[1];
    },
    sample: (items, size) => {
      const left = [...items];
      const taken: typeof left = [];
      while (taken.length < size && left.length > 0)
        taken.push(...left.splice(between(0, left.length - 1), 1));
      return taken;
    },
  };
}
