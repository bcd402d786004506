import { LRUCache } from "lru-cache";
import { CACHES } from "../../../kernel/caches.ts";
import type { ModuleId, OrgId } from "../../../kernel/id.ts";
import type { Clock, Instant } from "../../../kernel/instant.ts";
import type { Reach } from "../../../policy/ask/reach.ts";
import { criteriaKey } from "../../../policy/model/grant-key.ts";
import type { Org } from "../../../policy/model/org.ts";
import { type SeqMask, seqsOf } from "../../../policy/model/owners.ts";
import type { Reached, ReachQueries } from "../query.ts";
import { type Density, SMALL } from "./plan.ts";

/** Counts older than this are read again, in milliseconds: a plan may be that far behind. */
const MAX_AGE_MS = 10 * 60_000;

/** A row of a map under an id or a key, and under a number; measured, and rounded up. */
const KEY_BYTES = 300;
const OWNER_BYTES = 40;

/** How many records a module has, and how many of them each owner. */
type Counts = { readonly total: number; readonly byOwner: ReadonlyMap<number, number> };

/** What was counted in an organisation. */
type Known = {
  readonly readAt: Instant;
  readonly modules: ReadonlyMap<ModuleId, Counts>;
  /** The shares of the rules that match much, by key. */
  readonly matched: ReadonlyMap<string, number>;
};

/** How frequent the rows of a reach are in their module, from counts kept in memory. */
export type Densities = {
  /** Null for a small or unknown module. */
  readonly of: (reached: Reached) => Density | null;
  /** Reads the counts of an organisation unless they are fresh. Two statements. */
  readonly refresh: (read: Pick<ReachQueries, "ownerCounts" | "frequentMatches">, org: Org) => Promise<void>;
};

export function openDensities(clock: Clock): Densities {
  const known = new LRUCache<OrgId, Known>({
    maxSize: CACHES.counts.bytes,
    sizeCalculation: ({ modules, matched }) => {
      const owners = modules.values().reduce((sum, { byOwner }) => sum + byOwner.size, 0);
      return (1 + modules.size + matched.size) * KEY_BYTES + owners * OWNER_BYTES;
    },
  });
  const kept = new WeakMap<Reach, { readonly from: Known; readonly density: Density }>();

  return {
    of({ orgId, moduleId, reach }) {
      const from = known.get(orgId);
      const counts = from?.modules.get(moduleId);
      if (from === undefined || counts === undefined || counts.total <= SMALL) return null;
      if (reach.kind !== "SOME") return { owned: 1, matched: 0 };
      const before = kept.get(reach);
      if (before?.from === from) return before.density;
      let matched = 0;
      for (const key of reach.keys.keys()) matched += from.matched.get(key) ?? 0;
      const density = {
        owned: ownedBy(reach.ownerMask, counts) / counts.total,
        matched: Math.min(1, matched),
      };
      kept.set(reach, { from, density });
      return density;
    },
    async refresh(read, org) {
      const now = clock.now();
      const before = known.get(org.id);
      if (before !== undefined && now - before.readAt < MAX_AGE_MS) return;
      // Whoever comes while it is read goes by what was known before.
      known.set(org.id, {
        readAt: now,
        modules: before?.modules ?? new Map(),
        matched: before?.matched ?? new Map(),
      });
      const counts = await read.ownerCounts(org.id);
      const shares = await read.frequentMatches(matchesOf(org));
      known.set(org.id, {
        readAt: now,
        modules: new Map(
          counts.map(({ moduleId, owners }): [ModuleId, Counts] => [
            moduleId,
            { total: owners.reduce((sum, [, n]) => sum + n, 0), byOwner: new Map(owners) },
          ]),
        ),
        matched: new Map(shares.map(({ key, share }) => [key, share])),
      });
    },
  };
}

/** The rules in force that go by criteria. */
function matchesOf({ rules }: Org) {
  return rules.flatMap((rule) =>
    rule.criteria === null || rule.status !== "ACTIVE"
      ? []
      : [{ moduleId: rule.moduleId, key: criteriaKey(rule) }],
  );
}

function ownedBy(mask: SeqMask, { byOwner }: Counts): number {
  let sum = 0;
  for (const seq of seqsOf(mask)) sum += byOwner.get(seq) ?? 0;
  return sum;
}
