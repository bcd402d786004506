import type { RoleId, UserId } from "../../kernel/id.ts";
import type { Org, User } from "./org.ts";
import { compileForest } from "./tree.ts";

/** Somebody who reports to somebody whose role is not above theirs. */
export type Misreport = { readonly user: User; readonly manager: User };

type People = Pick<Org, "users" | "roles">;

/**
 * Everybody whose manager's role is not a strict ancestor of their own (SH-25); where one of the two has no role, there
 * is nothing to compare. The same rule that organisation files are held to, whatever the organisation's hierarchy.
 *
 * @throws {CycleError} when a role is under itself.
 */
export function misreportsIn({ users, roles }: People): readonly Misreport[] {
  const people = new Map(users.map((user) => [user.id, user]));
  const tree = compileForest(new Map(roles.map((role) => [role.id, role.parentId])));
  return users.flatMap((user) => {
    const manager = user.reportsToId === null ? undefined : people.get(user.reportsToId);
    if (manager === undefined || user.roleId === null || manager.roleId === null) return [];
    return tree.isAbove(manager.roleId, user.roleId) ? [] : [{ user, manager }];
  });
}

/**
 * The roles above somebody's role, and the people above in the chain of managers; a chain that comes back to itself
 * ends there.
 */
export function aboveSomebody({ users, roles }: People, id: UserId): ReadonlySet<RoleId | UserId> {
  const people = new Map(users.map((user) => [user.id, user]));
  const parents = new Map(roles.map((role) => [role.id, role.parentId]));
  return aboveIn(
    (each) => people.get(each),
    (role) => parents.get(role) ?? null,
    id,
  );
}

/** The same where people and roles are found by their ids. */
export function aboveIn(
  personOf: (id: UserId) => User | undefined,
  parentOf: (role: RoleId) => RoleId | null,
  id: UserId,
): ReadonlySet<RoleId | UserId> {
  const above = new Set<RoleId | UserId>();
  const start = personOf(id);
  for (let at = start?.reportsToId ?? null; at !== null && !above.has(at); ) {
    above.add(at);
    at = personOf(at)?.reportsToId ?? null;
  }
  const role = start?.roleId ?? null;
  for (let at = role === null ? null : parentOf(role); at !== null && !above.has(at); ) {
    above.add(at);
    at = parentOf(at);
  }
  return above;
}

/**
 * Who would report past the role tree after a change and did not before, in the order of `after`.
 *
 * What is broken already is nobody's fault but the change's that broke it: it stands in the way of no other.
 */
export function misreportsMadeBy(before: People, after: People): readonly User[] {
  const broken = misreportsIn(after);
  if (broken.length === 0) return [];
  const known = new Set(misreportsIn(before).map(pairOf));
  return broken.filter((each) => !known.has(pairOf(each))).map(({ user }) => user);
}

function pairOf({ user, manager }: Misreport): string {
  return `${user.id} ${manager.id}`;
}
