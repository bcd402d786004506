import type { Sql } from "@prisma/client/runtime/client";
import type { SeqMask } from "../../policy/owners.ts";
import type { Reach } from "../../policy/reach.ts";
import type { Reached } from "./query.ts";

/** A reach with a condition: what has branches. */
export type SomeReached = Reached & { readonly reach: Extract<Reach, { readonly kind: "SOME" }> };

export function hasBranches(reached: Reached): reached is SomeReached {
  return reached.reach.kind === "SOME";
}

/** A page in the order of ids, found from the ways into a reach. */
export type BranchPage = {
  readonly reached: SomeReached;
  /** What a row must meet besides, such as a filter; null for nothing. Given the alias of a `Record`. */
  readonly isWanted: ((row: Sql) => Sql) | null;
  /** Whether an id lies within the cursors; null for the whole list. */
  readonly isInRange: ((id: Sql) => Sql) | null;
  readonly limit: number;
  /** Newest first, or oldest first. */
  readonly isAscending: boolean;
};

/** Whether the grants of a key are the matches of a rule: they may be a third of a module, where shares are few. */
export function isCriteriaKey(key: string): boolean {
  return key.startsWith("c:");
}

/** The grant keys that admit any owner, and those narrowed to some. */
export function keysOf({ reach: { keys } }: SomeReached): {
  readonly free: readonly string[];
  readonly narrowed: readonly (readonly [string, SeqMask])[];
} {
  const all = [...keys];
  return {
    free: all.flatMap(([key, within]) => (within === null ? [key] : [])),
    narrowed: all.flatMap(([key, within]) => (within === null ? [] : [[key, within] as const])),
  };
}
