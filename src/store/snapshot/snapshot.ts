import { asId, type OrgId } from "../../kernel/id.ts";
import { type Capability, isCapability } from "../../policy/capability.ts";
import type { Org, Permission, Profile, Role, SupportGrant, User } from "../../policy/org.ts";
import { PERMISSIONS } from "../../policy/org.ts";
import type { Tx } from "../database/database.ts";
import { modulesOf } from "./modules.ts";
import { groupsOf, rulesOf } from "./sharing.ts";

/**
 * Reads an organisation's policy, whole and without records.
 *
 * To be called inside one consistent snapshot: version and rows belong together (EN-05). What cannot be read is
 * narrowed, never guessed (EN-07): an unknown capability or permission is dropped, unreadable criteria admit nothing.
 *
 * @returns null when there is no such organisation, or it has no super administrator yet.
 */
export async function readOrg(tx: Tx, orgId: OrgId): Promise<Org | null> {
  const row = await tx.organization.findUnique({ where: { id: orgId } });
  if (!row || row.superAdminId === null) return null;
  const modules = await modulesOf(tx, orgId);
  return {
    id: orgId,
    key: row.key,
    name: row.name,
    timeZone: row.timeZone,
    edition: row.edition,
    hierarchy: row.hierarchy,
    superAdminId: asId(row.superAdminId),
    version: row.version,
    roles: await rolesOf(tx, orgId),
    profiles: await profilesOf(tx, orgId),
    users: await usersOf(tx, orgId),
    groups: await groupsOf(tx, orgId),
    modules,
    rules: await rulesOf(tx, orgId, modules),
    supportGrants: await supportGrantsOf(tx, orgId),
  };
}

async function rolesOf(tx: Tx, orgId: OrgId): Promise<readonly Role[]> {
  const rows = await tx.role.findMany({ where: { orgId } });
  return rows.map((row) => ({
    id: asId(row.id),
    key: row.key,
    name: row.name,
    parentId: row.parentId === null ? null : asId(row.parentId),
    shareDataWithPeers: row.shareDataWithPeers,
    forecastManagerId: row.forecastManagerId === null ? null : asId(row.forecastManagerId),
  }));
}

async function profilesOf(tx: Tx, orgId: OrgId): Promise<readonly Profile[]> {
  const rows = await tx.profile.findMany({ where: { orgId }, include: { modules: true } });
  return rows.map((row) => ({
    id: asId(row.id),
    key: row.key,
    name: row.name,
    kind: row.kind,
    capabilities: row.capabilities === null ? null : capabilitiesIn(row.capabilities),
    permissions: new Map(
      row.modules.map((each) => [asId(each.moduleId), new Set(permissionsIn(each.permissions))]),
    ),
  }));
}

async function usersOf(tx: Tx, orgId: OrgId): Promise<readonly User[]> {
  const rows = await tx.user.findMany({ where: { orgId } });
  const assignments = await tx.applicationAssignment.findMany({ where: { orgId, isEnabled: true } });
  const memberships = await tx.teamMembership.findMany({ where: { orgId } });
  const applications = Map.groupBy(assignments, (each) => each.userId);
  const teams = Map.groupBy(memberships, (each) => each.userId);
  return rows.map((row) => ({
    id: asId(row.id),
    seq: row.seq,
    email: row.email,
    name: row.name,
    status: row.status,
    license: row.license,
    roleId: row.roleId === null ? null : asId(row.roleId),
    profileId: row.profileId === null ? null : asId(row.profileId),
    reportsToId: row.reportsToId === null ? null : asId(row.reportsToId),
    isAdministrator: row.isAdministrator,
    applications: new Set(applications.get(row.id)?.map((each) => each.application)),
    teamRoles: new Map(teams.get(row.id)?.map((each) => [asId(each.moduleId), each.role])),
    createdAt: row.createdAt.getTime(),
  }));
}

async function supportGrantsOf(tx: Tx, orgId: OrgId): Promise<readonly SupportGrant[]> {
  const rows = await tx.supportGrant.findMany({ where: { orgId } });
  // Denials that cannot be read must not open what they denied: such a grant is no grant.
  const readable = rows.filter((row) => Array.isArray(row.extraDenials));
  return readable.map((row) => ({
    agentId: asId(row.agentId),
    grantedAt: row.grantedAt.getTime(),
    expiresAt: row.expiresAt.getTime(),
    revokedAt: row.revokedAt?.getTime() ?? null,
    extraDenials: capabilitiesIn(row.extraDenials),
  }));
}

function capabilitiesIn(json: unknown): readonly Capability[] {
  return textsIn(json).filter(isCapability);
}

function permissionsIn(json: unknown): readonly Permission[] {
  const known: ReadonlySet<string> = new Set(PERMISSIONS);
  return textsIn(json).filter((text): text is Permission => known.has(text));
}

function textsIn(json: unknown): readonly string[] {
  return Array.isArray(json) ? json.filter((each) => typeof each === "string") : [];
}
