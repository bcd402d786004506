import type { Tx } from "../database/database.ts";
import { inParts, rowsOf } from "../database/parts.ts";
import { asId, type ModuleId, type OrgId, type RecordId } from "../kernel/id.ts";
import { type Instant, isLive } from "../kernel/instant.ts";
import { modulesOf } from "../store/core/snapshot/modules.ts";
import { rulesOf } from "../store/core/snapshot/sharing.ts";
import { deriveGrants, type MatchingRules, matchingRules } from "../store/grants/derive.ts";
import { recordBatches } from "../store/records/batches.ts";
import type { ImportRun } from "./terms/import-run.ts";

const GRANT_BATCH = 250;

/** Derives the grants of every record that changed, or whose module's criteria did. */
export async function deriveDirtyGrants(run: ImportRun): Promise<void> {
  const { tx, orgId } = run;
  const rules = await rulesAt(run, run.now);
  let total = run.dirtyRecords.size;
  for (const moduleId of run.dirtyModules) total += await tx.record.count({ where: { orgId, moduleId } });
  let done = 0;
  const derive = async (ids: readonly RecordId[]) => {
    if (ids.length > 0) await deriveGrants(run.kind, tx, orgId, ids, rules);
    run.progress(done, total, "grants");
  };
  for (const batch of inParts(run.dirtyRecords, GRANT_BATCH)) {
    done += batch.length;
    await derive(batch);
  }
  for await (const ids of recordsIn(run, run.dirtyModules)) {
    done += ids.length;
    await derive(ids.filter((id) => !run.dirtyRecords.has(id)));
  }
}

/** Derives the grants of every record of modules, as they are at an instant. */
export async function deriveModules(
  run: ImportRun,
  moduleIds: ReadonlySet<ModuleId>,
  at: Instant,
): Promise<void> {
  if (moduleIds.size === 0) return;
  const rules = await rulesAt(run, at);
  for await (const ids of recordsIn(run, moduleIds))
    await deriveGrants(run.kind, run.tx, run.orgId, ids, rules);
}

/** The file says when rules end, and nobody else writes: what has expired has no matches, to the millisecond. */
async function rulesAt({ tx, orgId }: ImportRun, at: Instant): Promise<MatchingRules> {
  const modules = await modulesOf(tx, orgId);
  const live = (await rulesOf(tx, orgId, modules)).filter(({ expiresAt }) => isLive(expiresAt, at));
  return matchingRules(live, new Map(modules.map((module) => [module.id, module])), at);
}

async function* recordsIn(
  { tx }: ImportRun,
  moduleIds: ReadonlySet<ModuleId>,
): AsyncGenerator<readonly RecordId[]> {
  for (const moduleId of moduleIds) {
    for await (const rows of recordBatches(tx, { moduleId }, GRANT_BATCH))
      yield rows.map((row) => asId<"Record">(row.id));
  }
}

/** Counts the records of every owner and module anew: after an import, whose deltas would be as many as its records. */
export async function countOwners(tx: Tx, orgId: OrgId): Promise<void> {
  const counts = await tx.record.groupBy({ by: ["moduleId", "ownerSeq"], where: { orgId }, _count: true });
  await tx.ownerCount.deleteMany({ where: { orgId } });
  const data = counts.map(({ moduleId, ownerSeq, _count }) => ({ orgId, moduleId, ownerSeq, n: _count }));
  for (const part of inParts(data)) await tx.ownerCount.createMany({ data: rowsOf(part) });
}
