import { asId, type OrgId } from "../../kernel/id.ts";
import type { User } from "../../policy/org.ts";
import type { Tx } from "../database/database.ts";

/** Beyond so many people who moved, everybody is read: a database takes so many ids in one statement. */
const ONE_BY_ONE = 500;

/**
 * The people of an organisation, with their applications and team roles. Three statements.
 *
 * @param known the people of an older version; those who have not `moved` since are the very same rows.
 */
export async function usersOf(
  tx: Tx,
  orgId: OrgId,
  known: readonly User[] = [],
  moved: readonly string[] | null = null,
): Promise<readonly User[]> {
  if (moved === null || moved.length > ONE_BY_ONE) return read(tx, orgId, null);
  const fresh = new Map((await read(tx, orgId, moved)).map((user): [string, User] => [user.id, user]));
  const hasMoved = new Set(moved);
  // Everybody stays in their place, so that who is new stands at the end.
  const users: User[] = [];
  for (const user of known) {
    const now = hasMoved.delete(user.id) ? fresh.get(user.id) : user;
    if (now) users.push(now);
  }
  return [...users, ...[...hasMoved].flatMap((id) => fresh.get(id) ?? [])];
}

async function read(tx: Tx, orgId: OrgId, ids: readonly string[] | null): Promise<readonly User[]> {
  const ofThem = ids === null ? {} : { userId: { in: [...ids] } };
  const rows = await tx.user.findMany({ where: { orgId, ...(ids !== null && { id: { in: [...ids] } }) } });
  const assignments = await tx.applicationAssignment.findMany({
    where: { orgId, isEnabled: true, ...ofThem },
  });
  const memberships = await tx.teamMembership.findMany({ where: { orgId, ...ofThem } });
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
