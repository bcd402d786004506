import type { DatabaseKind } from "../../../database/database.ts";
import type { Reach } from "../../../policy/ask/reach.ts";
import type { RowTest } from "../query.ts";

/**
 * How the rows of a reach are found. Every plan gives the same rows; they differ in what they cost.
 *
 * - `EXACT`: the list's own order, every row tested, without end. For small modules, for reaches without a condition,
 *   and wherever nearly everything is visible.
 * - `DENSE`: the same, but rows are tested for their owner alone, and grants come from their keys. Without a filter only
 *   so many rows are looked at; when too few of them are in reach, `SPARSE` is asked instead.
 * - `SPARSE`: from visible roles, lone owners and grant keys, each on its own index, merged. Bounded by what is visible.
 */
export type Plan = "EXACT" | "DENSE" | "SPARSE";

/** Which shares of a module's records, 0 to 1, a reach finds in which way. */
export type Density = {
  /** What the reach's owners own. */
  readonly owned: number;
  /** What rules match by criteria, as far as each of them matches much: of the newest records, and with overlaps. */
  readonly matched: number;
};

/** What of a question decides its plan. */
export type Shape = {
  readonly kind: DatabaseKind;
  readonly reach: Reach;
  /** Null when the module is small. */
  readonly density: Density | null;
  readonly isFiltered: boolean;
  /** Whether rows come in the order of ids, which indexes have. */
  readonly isById: boolean;
};

/** Below this many records in a module, looking at each is as good as any plan. */
export const SMALL = 2_000;

/** How many rows `DENSE` looks at without a filter: a page's worth at 2 %. */
export const SCAN = 2_000;

/**
 * A scan looks at so many rows for a page as owned rows are rare; ways cost as much as there are owner keys. The two
 * are even where density times keys is about this.
 */
const SCAN_FROM = 3;
/** With a filter, every way is walked until the filter has let a page through: from here on that is the longer walk. */
const DENSE_FROM = 0.02;
/** A list in another order is sorted whole: what is visible first, unless that is nearly everything. */
const SORT_ALL_FROM = 0.1;

/** Which plan a page of a list takes; it picks what the page costs, never what is on it. */
export function planOf({ kind, reach, density, isFiltered, isById }: Shape): Plan {
  if (reach.kind !== "SOME" || density === null) return "EXACT";
  if (!isById) return isBroad(kind, density) ? "EXACT" : "SPARSE";
  if (isFiltered) return density.matched > 0 ? "EXACT" : density.owned >= DENSE_FROM ? "DENSE" : "SPARSE";
  return density.owned * (reach.roles.length + reach.loneOwners.length) >= SCAN_FROM ? "DENSE" : "SPARSE";
}

/** Which plan a filtered count takes. */
export function countPlanOf({ kind, reach, density }: Pick<Shape, "kind" | "reach" | "density">): Plan {
  if (reach.kind !== "SOME" || density === null) return "EXACT";
  return isBroad(kind, density) ? "EXACT" : "SPARSE";
}

/** Owners are tested on the row itself. Its grants are asked for one by one, and Postgres has joined all of them sooner. */
function isBroad(kind: DatabaseKind, { owned, matched }: Density): boolean {
  return owned + (kind === "postgres" ? 0 : matched) >= SORT_ALL_FROM;
}

/** The parts of the filter that lead to few rows by themselves; none where it does not. */
export function leading(filter: RowTest): readonly RowTest[] {
  if (!leads(filter)) return [];
  return filter.kind === "ALL" ? filter.tests.flatMap(leading) : [filter];
}

/** Whether the filter itself leads to few rows: it names records by id or key. */
export function leads(filter: RowTest | null): boolean {
  if (filter === null) return false;
  if (filter.kind !== "COMPARE") return filter.kind === "ALL" && filter.tests.some(leads);
  const { operand, op } = filter;
  if (operand.kind !== "ATTRIBUTE" || (op !== "EQ" && op !== "IN")) return false;
  return operand.attribute === "id" || operand.attribute === "key";
}
