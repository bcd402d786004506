import type { ModuleId, RecordId } from "../../kernel/id.ts";
import type { Writing } from "../core/write.ts";
import { type LookupOf, pointingRecords } from "../reach/rows/targets.ts";
import { deriveGrants, type MatchingRules, matchingRules } from "./derive.ts";

/** Records at once: as many as can have their grants derived together. */
const BATCH = 250;

/**
 * Derives the grants of records that point to records which were just deleted, wherever a rule's criteria read the
 * lookup: it reads as null from now on, for rules as for everybody (SH-32, SH-53). Where no rule does, nothing is asked.
 *
 * @param deleted records that are gone in this transaction.
 */
export async function deriveGrantsPointingTo(
  { tx, viewer }: Writing,
  deleted: readonly { readonly id: RecordId; readonly moduleId: ModuleId }[],
): Promise<void> {
  const { orgId, policy, now, store, request } = viewer;
  const rules = matchingRules(policy.org.rules, policy.modules, now);
  const lookups = lookupsTo(new Set(deleted.map(({ moduleId }) => moduleId)), rules, viewer);
  if (lookups.length === 0) return;
  const targets = deleted.map(({ id }) => id);
  const { kind } = store.database;
  const pointing = await pointingRecords(kind, tx, orgId, lookups, targets, request.signal);
  for (let from = 0; from < pointing.length; from += BATCH) {
    request.signal?.throwIfAborted();
    const batch = pointing.slice(from, from + BATCH);
    await store.database.lockRecords(tx, orgId, batch);
    await deriveGrants(kind, tx, orgId, batch, rules);
  }
}

function lookupsTo(
  targets: ReadonlySet<ModuleId>,
  rules: MatchingRules,
  { policy }: Writing["viewer"],
): readonly LookupOf[] {
  return [...rules].flatMap(([moduleId, { lookups }]) =>
    (policy.modules.get(moduleId)?.fields ?? [])
      .filter(
        ({ key, lookupModuleId }) =>
          lookups.has(key) && lookupModuleId !== null && targets.has(lookupModuleId),
      )
      .map(({ key }) => ({ moduleId, key })),
  );
}
