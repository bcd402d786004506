import { asId } from "../../kernel/id.ts";
import type { OrganizationFile } from "../organization-file.ts";
import type { ImportRun } from "./run.ts";

/**
 * Removes the structure that the file does not name, after everything that the file names was written: nothing that
 * stays refers to it any more, but for tombstones, which let go of it, and shares, which go with it (SH-39).
 */
export async function pruneStructure(run: ImportRun, file: OrganizationFile): Promise<void> {
  await clearTombstones(run);
  await pruneGroups(run, file);
  await pruneRoles(run, file);
  await pruneModules(run, file);
  await pruneProfiles(run, file);
}

/** What a deleted user had goes: applications, team roles, shares (UA-61). */
async function clearTombstones(run: ImportRun): Promise<void> {
  const { tx, orgId } = run;
  const gone = { orgId, user: { status: "DELETED" as const } };
  await tx.applicationAssignment.deleteMany({ where: gone });
  await tx.teamMembership.deleteMany({ where: gone });
  await removeShares(run, { ...gone });
}

async function pruneGroups(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.group.findMany({ where: { orgId }, select: { id: true, key: true } });
  const missing = rows.filter((row) => !file.groups.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  await removeShares(run, { orgId, groupId: { in: missing } });
  await tx.groupMember.deleteMany({
    where: { orgId, OR: [{ groupId: { in: missing } }, { memberGroupId: { in: missing } }] },
  });
  await tx.group.deleteMany({ where: { orgId, id: { in: missing } } });
  tallies.groups.removed += missing.length;
}

async function pruneRoles(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.role.findMany({ where: { orgId }, select: { id: true, key: true } });
  const missing = rows.filter((row) => !file.roles.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  const held = { orgId, roleId: { in: missing } };
  await removeShares(run, held);
  await tx.groupMember.deleteMany({ where: held });
  await tx.record.updateMany({ where: { orgId, ownerRoleId: { in: missing } }, data: { ownerRoleId: null } });
  await tx.user.updateMany({ where: held, data: { roleId: null } });
  await tx.role.updateMany({
    where: { orgId, id: { in: missing } },
    data: { parentId: null, forecastManagerId: null },
  });
  await tx.role.deleteMany({ where: { orgId, id: { in: missing } } });
  tallies.roles.removed += missing.length;
}

async function pruneModules(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.module.findMany({ where: { orgId }, select: { id: true, key: true } });
  const missing = rows.filter((row) => !file.modules.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  const inModules = { orgId, moduleId: { in: missing } };
  const { count } = await tx.record.deleteMany({ where: inModules });
  await tx.ownerCount.deleteMany({ where: inModules });
  await tx.module.deleteMany({ where: { orgId, id: { in: missing } } });
  tallies.records.removed += count;
  tallies.modules.removed += missing.length;
}

async function pruneProfiles(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.profile.findMany({
    where: { orgId, kind: "CUSTOM" },
    select: { id: true, key: true },
  });
  const missing = rows.filter((row) => !file.profiles.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  await tx.user.updateMany({ where: { orgId, profileId: { in: missing } }, data: { profileId: null } });
  await tx.profile.deleteMany({ where: { orgId, id: { in: missing } } });
  tallies.profiles.removed += missing.length;
}

async function removeShares(
  run: ImportRun,
  where: NonNullable<Parameters<ImportRun["tx"]["recordShare"]["findMany"]>[0]>["where"] & object,
) {
  const rows = await run.tx.recordShare.findMany({ where, select: { recordId: true } });
  for (const row of rows) run.dirtyRecords.add(asId(row.recordId));
  const { count } = await run.tx.recordShare.deleteMany({ where });
  run.tallies.shares.removed += count;
}
