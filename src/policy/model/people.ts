import type { RoleId, UserId } from "../../kernel/id.ts";
import type { Role, User } from "./org.ts";
import { type Forest, forestOf, NONE } from "./tree.ts";

/** The people of a policy, compiled for asking. */
export type People = {
  readonly users: Directory<UserId>;
  readonly usersBySeq: readonly (User | undefined)[];
  readonly usersByEmail: Directory<string>;
  readonly usersOfRole: ReadonlyMap<RoleId, readonly User[]>;
  readonly reportingTree: Forest<UserId>;
  /** One more than the highest `User.seq`: the width of every mask. */
  readonly width: number;
};

/**
 * People by something that names one of them. Who has which `User.seq` never changes, so that a newer version with the
 * same people shares `seqs`, however many they are.
 */
export class Directory<Key extends string> {
  readonly #seqs: ReadonlyMap<Key, number>;
  readonly #bySeq: readonly (User | undefined)[];

  constructor(seqs: ReadonlyMap<Key, number>, bySeq: readonly (User | undefined)[]) {
    this.#seqs = seqs;
    this.#bySeq = bySeq;
  }

  get(key: Key): User | undefined {
    const seq = this.#seqs.get(key);
    return seq === undefined ? undefined : this.#bySeq[seq];
  }

  get size(): number {
    return this.#seqs.size;
  }

  values(): Iterable<User> {
    return this.#bySeq.filter((user) => user !== undefined);
  }

  /** The same names among newer people. */
  among(bySeq: readonly (User | undefined)[]): Directory<Key> {
    return new Directory(this.#seqs, bySeq);
  }
}

/**
 * Compiles people.
 *
 * @throws {CycleError} when people report to each other in a circle.
 */
export function compilePeople(users: readonly User[]): People {
  const seqs = new Map<UserId, number>();
  const bySeq: (User | undefined)[] = [];
  for (const user of users) {
    seqs.set(user.id, user.seq);
    bySeq[user.seq] = user;
  }
  return {
    users: new Directory(seqs, bySeq),
    usersBySeq: bySeq,
    usersByEmail: byEmail(users, bySeq),
    usersOfRole: byRole(bySeq),
    reportingTree: reportingTreeOf(users, seqs, bySeq.length),
    width: bySeq.length,
  };
}

function byEmail(users: readonly User[], bySeq: readonly (User | undefined)[]): Directory<string> {
  const seqs = new Map<string, number>();
  for (const { email, seq } of users) if (email !== null) seqs.set(email, seq);
  return new Directory(seqs, bySeq);
}

function reportingTreeOf(
  users: readonly User[],
  seqs: ReadonlyMap<UserId, number>,
  width: number,
): Forest<UserId> {
  const nodes: (UserId | undefined)[] = new Array(width).fill(undefined);
  const above = new Int32Array(width).fill(NONE);
  for (const { id, seq, reportsToId } of users) {
    nodes[seq] = id;
    if (reportsToId !== null) above[seq] = seqs.get(reportsToId) ?? NONE;
  }
  return forestOf(nodes, above, (id) => seqs.get(id));
}

/** Beyond so many people who moved, compiling everybody is no slower. */
const FEW = 1_000;

/**
 * The same from what was compiled of an older version, where all but a few are the very same rows in the same places:
 * one in a hundred thousand who changes their role must not cost a compilation of everybody (EN-23).
 *
 * @returns who moved, too; null when it may be anybody.
 * @throws {CycleError} when people report to each other in a circle.
 */
export function recompilePeople(
  users: readonly User[],
  before: { readonly users: readonly User[]; readonly people: People },
): { readonly people: People; readonly moves: readonly Move[] | null } {
  if (users === before.users) return { people: before.people, moves: [] };
  const moved = movedSince(before.users, users);
  if (moved === null || moved.some(({ from, to }) => from.reportsToId !== to.reportsToId))
    return { people: compilePeople(users), moves: null };

  const { people } = before;
  const bySeq = people.usersBySeq.slice();
  for (const { to } of moved) bySeq[to.seq] = to;
  const hasSameEmails = moved.every(({ from, to }) => from.email === to.email);
  return {
    people: {
      ...people,
      users: people.users.among(bySeq),
      usersBySeq: bySeq,
      usersByEmail: hasSameEmails ? people.usersByEmail.among(bySeq) : byEmail(users, bySeq),
      usersOfRole: replaceInRoles(people.usersOfRole, moved),
    },
    moves: moved,
  };
}

/** One who is as they were but for some columns; not for whom they report to. */
export type Move = { readonly from: User; readonly to: User };

/** Who moved, where nobody came or went and only few moved; otherwise null. */
function movedSince(before: readonly User[], users: readonly User[]): readonly Move[] | null {
  if (before.length !== users.length) return null;
  const moved: Move[] = [];
  for (let at = 0; at < users.length; at += 1) {
    const [from, to] = [before[at], users[at]];
    if (from === to || to === undefined) continue;
    if (from?.id !== to.id || from.seq !== to.seq || moved.length === FEW) return null;
    moved.push({ from, to });
  }
  return moved;
}

/** The holders of each role that has any, by `User.seq`. */
function byRole(bySeq: readonly (User | undefined)[]): ReadonlyMap<RoleId, readonly User[]> {
  const found = new Map<RoleId, User[]>();
  for (const user of bySeq) {
    if (user === undefined || user.roleId === null) continue;
    const others = found.get(user.roleId);
    if (others) others.push(user);
    else found.set(user.roleId, [user]);
  }
  return found;
}

/** The same after some moved, without a look at anybody of other roles. */
function replaceInRoles(
  before: People["usersOfRole"],
  moved: readonly Move[],
): ReadonlyMap<RoleId, readonly User[]> {
  const ofRole = new Map(before);
  const seqs = new Set(moved.map(({ to }) => to.seq));
  const come = Map.groupBy(moved, ({ to }) => to.roleId);
  for (const role of new Set(moved.flatMap(({ from, to }) => [from.roleId, to.roleId]))) {
    if (role === null) continue;
    const stayed = (ofRole.get(role) ?? []).filter(({ seq }) => !seqs.has(seq));
    const users = [...stayed, ...(come.get(role) ?? []).map(({ to }) => to)];
    if (users.length === 0) ofRole.delete(role);
    else
      ofRole.set(
        role,
        users.sort((a, b) => a.seq - b.seq),
      );
  }
  return ofRole;
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

/** The same after some moved, among the same roles. */
export function replaceMoved(places: RolePlaces, moves: readonly Move[]): RolePlaces {
  if (moves.length === 0) return places;
  const bySeq = places.bySeq.slice();
  for (const { to } of moves) bySeq[to.seq] = to.roleId === null ? -1 : (places.ofRole.get(to.roleId) ?? -1);
  return { ...places, bySeq };
}
