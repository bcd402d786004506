import type { Database, Tx } from "../../database/database.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type OrgId, type RecordId } from "../../kernel/id.ts";
import { type Instant, isLive } from "../../kernel/instant.ts";
import { appendAuditEvent } from "../../store/core/append-audit.ts";
import { modulesOf } from "../../store/core/snapshot/modules.ts";
import { rulesOf } from "../../store/core/snapshot/sharing.ts";
import { deriveGrants, matchingRules } from "../../store/grants/derive.ts";
import { recordBatches } from "../../store/records/batches.ts";
import type { OrganizationFile } from "../organization-file.ts";
import { importGroups } from "./groups.ts";
import { importModules } from "./modules.ts";
import { countOwners } from "./owner-count.ts";
import { importProfiles } from "./profiles.ts";
import { pruneStructure } from "./prune.ts";
import { identifyRecords, importRecords } from "./records.ts";
import { importForecastManagers, importRoles } from "./roles.ts";
import { importRules } from "./rules.ts";
import { type ImportRun, inBatches, NOUNS, newId, newTallies, type Progress } from "./run.ts";
import { importShares } from "./shares.ts";
import { dropStaleValues } from "./stale-values.ts";
import { importAgent, importSupportAccess } from "./support.ts";
import { importUsers } from "./users.ts";

export type ApplyOptions = {
  /** The clock of the load: of what the file gives no instant for. */
  readonly now: Instant;
  /** Whether what the file does not name is removed. */
  readonly prune?: boolean;
  /** Removing people needs to be confirmed. */
  readonly confirmDeletions?: boolean;
  readonly progress?: Progress;
};

/** What an import did, noun by noun; all zeroes when the organisation was like the file already. */
export type Applied = {
  readonly orgId: OrgId;
  /** The policy version in force afterwards. */
  readonly version: number;
  readonly tallies: ImportRun["tallies"];
  readonly isChanged: boolean;
};

/** Long imports hold one transaction. */
const TIMEOUT_MS = 60 * 60 * 1000;
const GRANT_BATCH = 250;

/**
 * Makes the organisation equal to a checked file, in one transaction, or changes nothing (BU-01).
 *
 * Applying the same file again changes nothing and writes nothing. The policy version rises once, and one audit event
 * says what was done.
 *
 * @throws {InvalidInput} for what only the organisation's present state shows to be wrong.
 */
export function applyOrganization(
  database: Database,
  file: OrganizationFile,
  options: ApplyOptions,
): Promise<Applied> {
  return database.write((tx) => apply(database, tx, file, options), { timeoutMs: TIMEOUT_MS });
}

async function apply(
  database: Database,
  tx: Tx,
  file: OrganizationFile,
  options: ApplyOptions,
): Promise<Applied> {
  const tallies = newTallies();
  const orgId = await importOrganization(database, tx, file, options.now, tallies);
  const run: ImportRun = {
    tx,
    kind: database.kind,
    orgId,
    now: options.now,
    prune: options.prune ?? false,
    tallies,
    progress: options.progress ?? (() => {}),
    roles: new Map(),
    profiles: new Map(),
    users: new Map(),
    groups: new Map(),
    modules: new Map(),
    records: new Map(),
    knownRecords: new Set(),
    dirtyRecords: new Set(),
    dirtyModules: new Set(),
    staleFields: new Map(),
  };

  await importRoles(run, file.roles);
  await importModules(run, file.modules);
  await importProfiles(run, file.profiles);
  await importUsers(run, file.users);
  if (tallies.users.removed > 0 && !options.confirmDeletions) {
    throw new InvalidInput(
      "users",
      `Pruning would delete ${tallies.users.removed} users; confirm it with --confirm-deletions.`,
      {
        code: "CONFIRMATION_REQUIRED",
      },
    );
  }
  await importAgent(run, file.supportAccess);
  await importForecastManagers(run, file.roles);
  await importGroups(run, file.groups);
  await setSuperAdministrator(run, file);
  await importSupportAccess(run, file);
  await identifyRecords(run, file);
  await importRules(run, file);
  await dropStaleValues(run);
  await importRecords(run, file);
  await importShares(run, file);
  if (run.prune) await pruneStructure(run, file);
  await deriveDirtyGrants(run);
  if (tallies.records.added + tallies.records.changed + tallies.records.removed > 0)
    await countOwners(tx, orgId);

  const isChanged = NOUNS.some((noun) => Object.values(tallies[noun]).some((count) => count > 0));
  return { orgId, tallies, isChanged, version: await raiseVersion(run, isChanged) };
}

async function importOrganization(
  database: Database,
  tx: Tx,
  file: OrganizationFile,
  now: Instant,
  tallies: ImportRun["tallies"],
): Promise<OrgId> {
  const { key, name, timeZone, edition, seats, hierarchy } = file.organization;
  const columns = { name, timeZone, edition, regularSeats: seats.regular, teamSeats: seats.team, hierarchy };
  const found = await tx.organization.findUnique({ where: { key }, select: { id: true } });
  if (!found) {
    const id = newId<"Organization">(now);
    await tx.organization.create({ data: { id, key, ...columns, version: 0, createdAt: new Date(now) } });
    tallies.organization.added += 1;
    return id;
  }
  // Whoever else writes in this organisation waits, and decides again under the new version (EN-05).
  await database.lockVersion(tx, found.id, "UPDATE");
  const known = await tx.organization.findUniqueOrThrow({ where: { id: found.id } });
  const isSame = Object.entries(columns).every(
    ([column, value]) => known[column as keyof typeof columns] === value,
  );
  if (!isSame) {
    await tx.organization.update({ where: { id: known.id }, data: columns });
    tallies.organization.changed += 1;
  }
  return asId(known.id);
}

async function setSuperAdministrator(
  { tx, orgId, users, tallies }: ImportRun,
  file: OrganizationFile,
): Promise<void> {
  const superAdminId = users.get(file.organization.superAdmin)?.id ?? null;
  const known = await tx.organization.findUniqueOrThrow({ where: { id: orgId } });
  if (known.superAdminId === superAdminId) return;
  await tx.organization.update({ where: { id: orgId }, data: { superAdminId } });
  tallies.organization.changed += tallies.organization.added > 0 ? 0 : 1;
}

/** Derives the grants of every record that changed, or whose module's criteria did. */
async function deriveDirtyGrants(run: ImportRun): Promise<void> {
  const { tx, orgId } = run;
  const modules = await modulesOf(tx, orgId);
  // The file says when rules end, and nobody else writes: what has expired has no matches, to the millisecond.
  const live = (await rulesOf(tx, orgId, modules)).filter(({ expiresAt }) => isLive(expiresAt, run.now));
  const rules = matchingRules(live, new Map(modules.map((module) => [module.id, module])), run.now);
  const inModules = await tx.record.count({ where: { orgId, moduleId: { in: [...run.dirtyModules] } } });
  const total = run.dirtyRecords.size + inModules;
  let done = 0;
  const derive = async (ids: readonly RecordId[]) => {
    if (ids.length > 0) await deriveGrants(run.kind, tx, orgId, ids, rules);
    run.progress(done, total, "grants");
  };
  for (const batch of inBatches(run.dirtyRecords, GRANT_BATCH)) {
    done += batch.length;
    await derive(batch);
  }
  for (const moduleId of run.dirtyModules) {
    for await (const rows of recordBatches(tx, { moduleId }, GRANT_BATCH)) {
      done += rows.length;
      await derive(rows.map((row) => asId<"Record">(row.id)).filter((id) => !run.dirtyRecords.has(id)));
    }
  }
}

async function raiseVersion({ tx, orgId, now, tallies }: ImportRun, isChanged: boolean): Promise<number> {
  if (!isChanged) return (await tx.organization.findUniqueOrThrow({ where: { id: orgId } })).version;
  const { version } = await tx.organization.update({
    where: { id: orgId },
    data: { version: { increment: 1 } },
  });
  await appendAuditEvent(tx, {
    orgId,
    at: now,
    actorId: null,
    action: "APPLY_ORGANIZATION_FILE",
    target: { type: "Organization", id: orgId },
    before: null,
    after: { version, ...tallies },
  });
  return version;
}
