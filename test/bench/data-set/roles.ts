import { lineOf, type Role } from "./party.ts";
import type { Size } from "./size.ts";

/** The tree and the places in it that viewers hold. */
export type RoleTree = {
  readonly roles: readonly Role[];
  readonly root: number;
  /** Heads the tenth that `regional` sees; `lead` is below it. */
  readonly regional: number;
  readonly lead: number;
  /** Heads those whose records are all old. */
  readonly dormant: number;
  /** Heads whose records the rules for `manyrules` share, each with its subordinates. */
  readonly shared: readonly number[];
  /** Roles without subordinates for `rep`, `manyrules`, `shareonly` and `bycriteria`. */
  readonly lone: readonly number[];
  /** Roles held by viewers: no share and no rule reaches them by chance. */
  readonly reserved: ReadonlySet<number>;
};

const LONE = 4;

/** Six levels, each role below one of the level above, spread evenly. */
export function roleTreeOf({ levels }: Size): RoleTree {
  const roles: Role[] = [];
  const starts: number[] = [];
  for (const [level, count] of levels.entries()) {
    starts.push(roles.length);
    const above = levels[level - 1] ?? 0;
    for (let at = 0; at < count; at += 1) {
      const parent = level === 0 ? null : (starts[level - 1] ?? 0) + Math.floor((at * above) / count);
      roles.push({ key: `role-${level}-${at}`, parent, level });
    }
  }
  const start = (level: number) => starts[level] ?? 0;
  const leaves = start(5);
  const above = leaves - 1;
  // They report to the last role of the level above, however many it would have by itself.
  const lone = Array.from({ length: LONE }, (_, at) => roles.length - LONE + at);
  for (const at of lone) roles[at] = { ...roles[at]!, parent: above };

  const regional = start(1);
  const dormant = roles.findIndex(({ parent }) => parent === start(1) + 1);
  const isBelow = (role: number, head: number) => lineOf(roles, role).includes(head);
  const free = Array.from({ length: leaves - start(4) }, (_, at) => start(4) + at).filter(
    (role) => role !== above && !isBelow(role, regional) && !isBelow(role, dormant),
  );
  const lead = start(3);
  return {
    roles,
    root: 0,
    regional,
    lead,
    dormant,
    shared: free.slice(-Math.max(2, Math.round((leaves - start(4)) / 5))),
    lone,
    reserved: new Set([0, regional, lead, dormant, ...lone]),
  };
}

/** The roles below the head, the head included. */
export function branchOf(roles: readonly Role[], head: number): readonly number[] {
  return [...roles.keys()].filter((role) => lineOf(roles, role).includes(head));
}
