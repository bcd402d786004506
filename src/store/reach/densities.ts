import type { ModuleId, OrgId } from "../../kernel/id.ts";
import type { Clock, Instant } from "../../kernel/instant.ts";
import { type SeqMask, seqsOf } from "../../policy/owners.ts";
import type { Reach } from "../../policy/reach.ts";
import { SMALL } from "./plan.ts";
import type { OwnerCounts, Reached } from "./query.ts";

/** Counts older than this are read again, in milliseconds: a plan may be that far behind. */
const MAX_AGE_MS = 10 * 60_000;

/** How many records a module has, and how many of them each owner. */
type Counts = { readonly total: number; readonly byOwner: ReadonlyMap<number, number> };

/** How frequent the rows of a reach are in their module, from counts kept in memory. */
export type Densities = {
  /** The share of the module's records that the reach's owners own; null for a small or unknown module. */
  readonly of: (reached: Reached) => number | null;
  /** Reads the counts of an organisation unless they are fresh. One statement. */
  readonly refresh: (read: (orgId: OrgId) => Promise<readonly OwnerCounts[]>, orgId: OrgId) => Promise<void>;
};

export function openDensities(clock: Clock): Densities {
  const known = new Map<
    OrgId,
    { readonly readAt: Instant; readonly modules: ReadonlyMap<ModuleId, Counts> }
  >();
  const kept = new WeakMap<Reach, { readonly counts: Counts; readonly density: number }>();

  return {
    of({ orgId, moduleId, reach }) {
      const counts = known.get(orgId)?.modules.get(moduleId);
      if (counts === undefined || counts.total <= SMALL) return null;
      if (reach.kind !== "SOME") return 1;
      const before = kept.get(reach);
      if (before?.counts === counts) return before.density;
      const density = ownedBy(reach.ownerMask, counts) / counts.total;
      kept.set(reach, { counts, density });
      return density;
    },
    async refresh(read, orgId) {
      const now = clock.now();
      const before = known.get(orgId);
      if (before !== undefined && now - before.readAt < MAX_AGE_MS) return;
      // Whoever comes while it is read goes by what was known before.
      known.set(orgId, { readAt: now, modules: before?.modules ?? new Map() });
      const modules = (await read(orgId)).map(({ moduleId, owners }): [ModuleId, Counts] => [
        moduleId,
        { total: owners.reduce((sum, [, n]) => sum + n, 0), byOwner: new Map(owners) },
      ]);
      known.set(orgId, { readAt: now, modules: new Map(modules) });
    },
  };
}

function ownedBy(mask: SeqMask, { byOwner }: Counts): number {
  let sum = 0;
  for (const seq of seqsOf(mask)) sum += byOwner.get(seq) ?? 0;
  return sum;
}
