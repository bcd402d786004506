import type { Tx } from "../../../database/database.ts";
import { few, oneOf } from "../../../database/parts.ts";
import { asId, type OrgId, type UserId } from "../../../kernel/id.ts";
import type { Application } from "../../../policy/model/application.ts";
import type { User } from "../../../policy/model/org.ts";

/** Beyond so many people who moved, everybody is read. */
const ONE_BY_ONE = 500;

/** People of an older version, in their order and by id. */
export type KnownPeople = {
  readonly users: readonly User[];
  readonly get: (id: UserId) => User | undefined;
};

/**
 * The people of an organisation, with their applications and team roles. Three statements.
 *
 * @param catalogue the applications of the organisation.
 * @param known those of an older version, of whom all but `moved` are the very same rows still; null reads everybody.
 */
export async function usersOf(
  tx: Tx,
  orgId: OrgId,
  catalogue: readonly Application[],
  known: KnownPeople | null,
  moved: readonly string[] = [],
): Promise<readonly User[]> {
  if (known === null || moved.length > ONE_BY_ONE) return read(tx, orgId, catalogue, null);
  const fresh = new Map(
    (await read(tx, orgId, catalogue, moved)).map((user): [string, User] => [user.id, user]),
  );
  // Everybody stays in their place, and who is new stands at the end. Nobody else is looked at: of a hundred thousand
  // rows, a look at each takes longer than all else.
  const users = known.users.slice();
  const gone: number[] = [];
  for (const id of new Set(moved)) {
    const before = known.get(asId(id));
    const now = fresh.get(id);
    if (before === undefined) {
      if (now !== undefined) users.push(now);
      continue;
    }
    const place = known.users.indexOf(before);
    if (now === undefined) gone.push(place);
    else users[place] = now;
  }
  for (const place of gone.sort((a, b) => b - a)) users.splice(place, 1);
  return users;
}

async function read(
  tx: Tx,
  orgId: OrgId,
  catalogue: readonly Application[],
  ids: readonly string[] | null,
): Promise<readonly User[]> {
  const some = ids === null ? null : few(ids);
  const ofThem = some === null ? {} : { userId: oneOf(some) };
  const rows = await tx.user.findMany({ where: { orgId, ...(some !== null && { id: oneOf(some) }) } });
  const assignments = await tx.applicationAssignment.findMany({
    where: { orgId, isEnabled: true, ...ofThem },
  });
  const memberships = await tx.teamMembership.findMany({ where: { orgId, ...ofThem } });
  const applications = Map.groupBy(assignments, (each) => each.userId);
  const seatlessBy = new Map(catalogue.map((each) => [each.key, each.seatlessBy]));
  const isSeatless = ({ application, values }: (typeof assignments)[number]) => {
    const field = seatlessBy.get(application) ?? null;
    return field !== null && (Object(values) as Record<string, unknown>)[field] === true;
  };
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
    neverAccepted: row.neverAccepted,
    isPathBehind: row.isPathBehind,
    applications: keysOf(applications.get(row.id)),
    seatlessApplications: keysOf(applications.get(row.id)?.filter(isSeatless)),
    teamRoles: new Map(teams.get(row.id)?.map((each) => [asId(each.moduleId), each.role])),
    createdAt: row.createdAt.getTime(),
    addressSince: row.addressSince?.getTime() ?? null,
  }));
}

/** Most people have no application of a kind: those share one empty set. */
const NONE: ReadonlySet<string> = new Set();

function keysOf(assignments: readonly { readonly application: string }[] | undefined): ReadonlySet<string> {
  return assignments === undefined || assignments.length === 0
    ? NONE
    : new Set(assignments.map(({ application }) => application));
}
