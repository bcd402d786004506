import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Seeded chance: the same seed gives the same throws in the same order, on every machine. */
export type Dice = {
  /** A whole number; both ends are included. */
  readonly between: (from: number, to: number) => number;
  /** Whether something happens that happens so many times in a hundred. */
  readonly chance: (perCent: number) => boolean;
  /** One of the items, each as likely as the others. @throws RangeError when there is none. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
  /** So many different items, in the order of the list. */
  readonly some: <Item>(items: readonly Item[], count: number) => Item[];
};

export function diceOf(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const between = (from: number, to: number) => uniformInt(generator, from, to);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[between(0, items.length - 1)];
    if (item === undefined) throw new RangeError("nothing to pick from");
    return item;
  };
  return {
    between,
    chance: (perCent) => between(1, 100) <= perCent,
    pick,
    some(items, count) {
      const left = items.map((_, index) => index);
      const chosen = new Set<number>();
      while (chosen.size < count && left.length > 0) {
        const [index] = left.splice(between(0, left.length - 1), 1);
        if (index !== undefined) chosen.add(index);
      }
      return items.filter((_, index) => chosen.has(index));
    },
  };
}
