import type { RoleId, UserId } from "../kernel/id.ts";
import type { Role, User } from "./org.ts";
import { type Forest, forestOf, NONE } from "./tree.ts";

/** The people of a policy, compiled for asking. */
export type People = {
  readonly users: ReadonlyMap<UserId, User>;
  readonly usersBySeq: readonly (User | undefined)[];
  readonly usersByEmail: ReadonlyMap<string, User>;
  readonly usersOfRole: ReadonlyMap<RoleId, readonly User[]>;
  readonly reportingTree: Forest<UserId>;
  /** One more than the highest `User.seq`: the width of every mask. */
  readonly width: number;
};

/**
 * Compiles people.
 *
 * @throws {CycleError} when people report to each other in a circle.
 */
export function compilePeople(users: readonly User[]): People {
  const byId = new Map<UserId, User>();
  const bySeq: (User | undefined)[] = [];
  const byEmail = new Map<string, User>();
  for (const user of users) {
    byId.set(user.id, user);
    bySeq[user.seq] = user;
    if (user.email !== null) byEmail.set(user.email, user);
  }
  return {
    users: byId,
    usersBySeq: bySeq,
    usersByEmail: byEmail,
    usersOfRole: byRole(users, () => true),
    reportingTree: reportingTreeOf(users, byId, bySeq.length),
    width: bySeq.length,
  };
}

function reportingTreeOf(
  users: readonly User[],
  byId: ReadonlyMap<UserId, User>,
  width: number,
): Forest<UserId> {
  const nodes: (UserId | undefined)[] = new Array(width).fill(undefined);
  const above = new Int32Array(width).fill(NONE);
  for (const { id, seq, reportsToId } of users) {
    nodes[seq] = id;
    if (reportsToId !== null) above[seq] = byId.get(reportsToId)?.seq ?? NONE;
  }
  return forestOf(nodes, above, (id) => byId.get(id)?.seq);
}

/** Beyond so many people who moved, compiling everybody is no slower. */
const FEW = 1_000;

/**
 * The same from what was compiled of an older version, where all but a few are the very same rows in the same places:
 * one in a hundred thousand who changes their role must not cost a compilation of everybody (EN-23).
 *
 * @throws {CycleError} when people report to each other in a circle.
 */
export function recompilePeople(
  users: readonly User[],
  before: { readonly users: readonly User[]; readonly people: People },
): People {
  if (users === before.users) return before.people;
  const moved = movedSince(before.users, users);
  if (moved === null || moved.some(({ from, to }) => from?.reportsToId !== to.reportsToId))
    return compilePeople(users);

  const { people } = before;
  const byId = new Map(people.users);
  const bySeq = [...people.usersBySeq];
  const byEmail = new Map(people.usersByEmail);
  const roles = new Set<RoleId | null>();
  // Addresses may change hands: all go before any comes.
  for (const { from } of moved) if (from.email !== null) byEmail.delete(from.email);
  for (const { from, to } of moved) {
    byId.set(to.id, to);
    bySeq[to.seq] = to;
    if (to.email !== null) byEmail.set(to.email, to);
    roles.add(from.roleId).add(to.roleId);
  }
  const ofRole = new Map(people.usersOfRole);
  for (const role of roles) if (role !== null) ofRole.delete(role);
  for (const [role, some] of byRole(users, ({ roleId }) => roles.has(roleId))) ofRole.set(role, some);
  return { ...people, users: byId, usersBySeq: bySeq, usersByEmail: byEmail, usersOfRole: ofRole };
}

type Move = { readonly from: User; readonly to: User };

/** Who moved, where nobody came or went and only few moved; otherwise null. */
function movedSince(before: readonly User[], users: readonly User[]): readonly Move[] | null {
  if (before.length !== users.length) return null;
  const moved: Move[] = [];
  for (const [at, to] of users.entries()) {
    const from = before[at];
    if (from === to) continue;
    if (from?.id !== to.id || from.seq !== to.seq || moved.length === FEW) return null;
    moved.push({ from, to });
  }
  return moved;
}

function byRole(users: readonly User[], isWanted: (user: User) => boolean): Map<RoleId, User[]> {
  const found = new Map<RoleId, User[]>();
  for (const user of users) {
    if (user.roleId === null || !isWanted(user)) continue;
    const others = found.get(user.roleId);
    if (others) others.push(user);
    else found.set(user.roleId, [user]);
  }
  return found;
}

/** The place of each role in the masks over roles, and by `User.seq` the place of the user's role; -1 without one. */
export type RolePlaces = { readonly ofRole: ReadonlyMap<RoleId, number>; readonly bySeq: Int32Array };

export function placeRoles(roles: readonly Role[], { usersBySeq, width }: People): RolePlaces {
  const ofRole = new Map(roles.map(({ id }, at) => [id, at]));
  const bySeq = new Int32Array(width).fill(-1);
  for (const user of usersBySeq) {
    if (user && user.roleId !== null) bySeq[user.seq] = ofRole.get(user.roleId) ?? -1;
  }
  return { ofRole, bySeq };
}
