import type { Tx } from "../../../database/database.ts";
import { asId, type OrgId, type UserId } from "../../../kernel/id.ts";
import { type Capability, isCapability } from "../../../policy/capability.ts";
import type { Application } from "../../../policy/model/application.ts";
import type { Org, Permission, Profile, Role, SupportGrant } from "../../../policy/model/org.ts";
import { PERMISSIONS } from "../../../policy/model/org.ts";
import type { Policy } from "../../../policy/model/policy.ts";
import { applicationsOf } from "./applications.ts";
import { modulesOf } from "./modules.ts";
import { movesSince, type Part } from "./moves.ts";
import { groupsOf, rulesOf } from "./sharing.ts";
import { usersOf } from "./users.ts";

/**
 * Reads an organisation's policy, whole and without records.
 *
 * To be called inside one consistent snapshot: version and rows belong together (EN-05). What cannot be read is
 * narrowed, never guessed (EN-07): an unknown capability or permission is dropped, unreadable criteria admit nothing.
 *
 * @param before an older version: what has not moved since is taken from it, the very same rows (EN-23).
 * @returns null when there is no such organisation, or it has no super administrator yet.
 */
export async function readOrg(
  tx: Tx,
  orgId: OrgId,
  before: Pick<Policy, "org" | "users"> | null = null,
): Promise<Org | null> {
  const row = await tx.organization.findUnique({ where: { id: orgId } });
  if (!row || row.superAdminId === null) return null;
  const known = before?.org.id === orgId && before.org.version <= row.version ? before.org : null;
  const moved = known === null ? null : await movesSince(tx, known);
  /** A part as it was known, if nothing of it has moved. */
  const part = async <Key extends keyof Org>(
    key: Key,
    parts: readonly Part[],
    read: () => Promise<Org[Key]>,
  ): Promise<Org[Key]> =>
    known === null || parts.some((each) => moved?.has(each)) ? await read() : known[key];

  const applications = await part("applications", ["APPLICATION"], () => applicationsOf(tx, orgId));
  // What somebody's values say of a seat depends on what the application asks.
  const isLikeBefore = known !== null && hasSameSeats(known.applications, applications);
  const people =
    known === null || before === null || !isLikeBefore
      ? null
      : { users: known.users, get: (id: UserId) => before.users.get(id) };
  const modules = await part("modules", ["MODULE"], () => modulesOf(tx, orgId));
  return {
    id: orgId,
    key: row.key,
    name: row.name,
    timeZone: row.timeZone,
    edition: row.edition,
    hierarchy: row.hierarchy,
    superAdminId: asId(row.superAdminId),
    version: row.version,
    roles: await part("roles", ["ROLE"], () => rolesOf(tx, orgId)),
    profiles: await part("profiles", ["PROFILE"], () => profilesOf(tx, orgId)),
    users: await (isLikeBefore
      ? part("users", ["USER"], () => usersOf(tx, orgId, applications, people, moved?.get("USER")))
      : usersOf(tx, orgId, applications, null)),
    groups: await part("groups", ["GROUP"], () => groupsOf(tx, orgId)),
    modules,
    applications,
    // What criteria mean depends on the fields of the module.
    rules: await part("rules", ["RULE", "MODULE"], () => rulesOf(tx, orgId, modules)),
    supportGrants: await part("supportGrants", ["SUPPORT_GRANT"], () => supportGrantsOf(tx, orgId)),
  };
}

function hasSameSeats(before: readonly Application[], now: readonly Application[]): boolean {
  const fields = (applications: readonly Application[]) =>
    new Map(applications.map(({ key, seatlessBy }) => [key, seatlessBy]));
  const known = fields(before);
  return (
    before === now ||
    (before.length === now.length && now.every(({ key, seatlessBy }) => known.get(key) === seatlessBy))
  );
}

async function rolesOf(tx: Tx, orgId: OrgId): Promise<readonly Role[]> {
  const rows = await tx.role.findMany({ where: { orgId, isRemoved: false } });
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
  const rows = await tx.profile.findMany({ where: { orgId } });
  const modules = Map.groupBy(
    await tx.profileModule.findMany({ where: { orgId } }),
    (each) => each.profileId,
  );
  return rows.map((row) => ({
    id: asId(row.id),
    key: row.key,
    name: row.name,
    kind: row.kind,
    capabilities: row.capabilities === null ? null : capabilitiesIn(row.capabilities),
    permissions: new Map(
      modules.get(row.id)?.map((each) => [asId(each.moduleId), new Set(permissionsIn(each.permissions))]),
    ),
  }));
}

async function supportGrantsOf(tx: Tx, orgId: OrgId): Promise<readonly SupportGrant[]> {
  const rows = await tx.supportGrant.findMany({ where: { orgId } });
  // Denials that cannot be read must not open what they denied: such a grant is no grant.
  const readable = rows.filter((row) => Array.isArray(row.extraDenials));
  return readable.map((row) => ({
    id: asId(row.id),
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
