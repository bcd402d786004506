import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { UserId } from "../../../kernel/id.ts";
import type { Reach } from "../../../policy/ask/reach.ts";
import type { SeqMask } from "../../../policy/model/owners.ts";
import { SCAN } from "../plan/plan.ts";
import type { Reached } from "../query.ts";
import type { Dialect } from "../sql/dialect.ts";

/** A reach with a condition: what has branches. */
export type SomeReached = Reached & { readonly reach: Extract<Reach, { readonly kind: "SOME" }> };

export function hasBranches(reached: Reached): reached is SomeReached {
  return reached.reach.kind === "SOME";
}

/**
 * The owners who are ways of their own. The records of one who is moving are found by their role, too, as far as they have
 * moved: of these two ways one gives what the other one has given.
 */
export function ownersOneByOne({ reach }: SomeReached): readonly UserId[] {
  const { loneOwners, movingOwners } = reach;
  return movingOwners.length === 0 ? loneOwners : [...loneOwners, ...movingOwners];
}

/** A page in the order of ids, found from the ways into a reach. */
export type BranchPage = {
  readonly reached: SomeReached;
  /**
   * How the rows of owners in reach are found: by walking the index of each role and owner, by looking at the next `SCAN`
   * rows of the list, or at all of it until the page is full; the latter two are way 0.
   */
  readonly owners: "WAYS" | "SCAN" | "LIST";
  /**
   * What a row must meet besides, such as a filter; null for nothing. Given the alias of a `Record`, and whether the row is
   * in reach by the way that found it.
   */
  readonly isWanted: ((row: Sql, isReached: Sql) => Sql) | null;
  /** Whether an id lies within the cursors; null for the whole list. */
  readonly isInRange: ((id: Sql) => Sql) | null;
  readonly limit: number;
  /** Newest first, or oldest first. */
  readonly isAscending: boolean;
};

/** The next rows of a list in the order of ids, so many as `DENSE` looks at, as its index knows them. */
export function scanned(dialect: Pick<Dialect, "id">, { reached, isInRange, isAscending }: BranchPage): Sql {
  const tests = [
    sql`r."moduleId" = ${dialect.id(reached.moduleId)}`,
    ...(isInRange === null ? [] : [isInRange(sql`r."id"`)]),
  ];
  const direction = raw(isAscending ? "ASC" : "DESC");
  return sql`SELECT r."id", r."ownerSeq" FROM "Record" r WHERE ${join(tests, " AND ")}
    ORDER BY r."id" ${direction} LIMIT ${raw(String(SCAN))}`;
}

/** Whether the grants of a key are the matches of a rule: they may be a third of a module, where shares are few. */
export function isCriteriaKey(key: string): boolean {
  return key.startsWith("c:");
}

/** The grant keys of a reach, by how a statement asks for them. */
export type GrantKeys = {
  /** Those that admit any owner … */
  readonly free: readonly string[];
  /** … of them those of shares, and those of rules. */
  readonly few: readonly string[];
  readonly broad: readonly string[];
  /** Those narrowed to some owners. */
  readonly narrowed: readonly (readonly [string, SeqMask])[];
};

/** A reach is kept from request to request. */
const known = new WeakMap<SomeReached["reach"], GrantKeys>();

export function keysOf(reach: SomeReached["reach"]): GrantKeys {
  const before = known.get(reach);
  if (before !== undefined) return before;
  const all = [...reach.keys];
  const free = all.flatMap(([key, within]) => (within === null ? [key] : []));
  const keys: GrantKeys = {
    free,
    few: free.filter((key) => !isCriteriaKey(key)),
    broad: free.filter(isCriteriaKey),
    narrowed: all.flatMap(([key, within]) => (within === null ? [] : [[key, within] as const])),
  };
  known.set(reach, keys);
  return keys;
}
