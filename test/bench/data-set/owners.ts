import type { Chance } from "./chance.ts";
import type { Staff } from "./people.ts";
import { branchOf } from "./roles.ts";

/** Who owns the record at a place of a module of so many; places go from the oldest to the newest. */
export type Owners = (module: number, place: number, count: number) => number;

const SALT = { draw: 20, owner: 21 } as const;

/** The parts of the records that the branches of the viewers own. */
const PART = { lead: 0.006, regional: 0.094, rep: 0.00018, shared: 0.18, dormantOfOldest: 0.18 } as const;

/** Owners, skewed: in each branch, a hundredth of the people own a fifth of the records. */
export function ownersOf(staff: Staff, chance: Chance): Owners {
  const { tree, users, viewers } = staff;
  const without = new Set<number>([
    viewers.ceo,
    viewers.administrator,
    viewers.manyrules,
    viewers.shareonly,
    viewers.bycriteria,
    viewers.rep,
  ]);
  const left = new Set([...users.keys()].filter((user) => !without.has(user)));
  /** Takes everybody of the branches: who comes first has them. */
  const taken = (...heads: readonly number[]): readonly number[] => {
    const branch = new Set(heads.flatMap((head) => branchOf(tree.roles, head)));
    const found = [...left].filter((user) => branch.has(users[user]?.role ?? -1));
    for (const user of found) left.delete(user);
    return found;
  };
  const lead = taken(tree.lead);
  const regional = taken(tree.regional);
  const dormant = taken(tree.dormant);
  const shared = taken(...tree.shared);
  const others = [...left];

  const branchAt = (draw: number, isOld: boolean): readonly number[] => {
    let rest = draw;
    const isNext = (part: number): boolean => {
      rest -= part;
      return rest < 0;
    };
    if (isNext(PART.lead)) return lead;
    if (isNext(PART.regional)) return regional;
    if (isNext(PART.rep)) return [viewers.rep];
    if (isNext(PART.shared)) return shared;
    return isOld && isNext(PART.dormantOfOldest) ? dormant : others;
  };
  return (module, place, count) => {
    const branch = branchAt(chance.fraction(place, SALT.draw + module * 100), place * 3 < count);
    const skewed = chance.fraction(place, SALT.owner + module * 100) ** 3;
    return branch[Math.floor(branch.length * skewed)] ?? viewers.administrator;
  };
}
