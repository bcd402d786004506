import type { UserId } from "../../kernel/id.ts";
import type { Role, User } from "../../policy/model/org.ts";
import { isRestricted } from "../../policy/rights/seats.ts";
import { availableUserActions, type UserAction } from "../../policy/rights/user-actions.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import { pageOf } from "./list.ts";
import type { Page, PageArgs } from "./page.ts";
import { peopleFound } from "./search.ts";
import { byName, sortedOnce } from "./sorted.ts";

export const USER_LIST_FILTERS = [
  "ALL",
  "ACTIVE",
  "INACTIVE",
  "PENDING",
  "RESTRICTED",
  "ADMINISTRATORS",
] as const;
export type UserListFilter = (typeof USER_LIST_FILTERS)[number];

/**
 * The people of the organisation, by name: whoever is active may read name, role and status of each (AP-23). The
 * support agent is in no list (SA-06), neither are the tombstones of deleted users (UA-61).
 *
 * @param search words that are looked for in names and addresses; who fits best comes first.
 * @throws {InvalidInput} naming the argument.
 */
export async function listUsers(
  viewer: Viewer,
  filter: UserListFilter,
  search: string | null,
  args: PageArgs,
): Promise<Page<User>> {
  const users = usersIn(viewer, filter);
  if (search === null) return pageOf(users, args, (user) => [`0${user.name}`, user.id]);
  const found = await peopleFound(viewer, users, search);
  const page = pageOf(found, args, ({ user, rank }) => [`${rank}${user.name}`, user.id]);
  return { ...page, edges: page.edges.map(({ cursor, node }) => ({ cursor, node: node.user })) };
}

/** By name, then id. */
function usersIn(viewer: Viewer, filter: UserListFilter): readonly User[] {
  // Nobody learns by a filter what the fields of the user do not tell.
  if (filter === "RESTRICTED" && !viewerHolds(viewer, "MANAGE_USERS"))
    return isIn(filter, viewer.user, viewer) ? [viewer.user] : [];
  const { policy } = viewer;
  const all = sortedOnce(policy, "users", "ALL", () =>
    byName(policy.org.users.filter(({ license, status }) => license !== "SUPPORT" && status !== "DELETED")),
  );
  return filter === "ALL"
    ? all
    : sortedOnce(policy, "users", filter, () => all.filter((user) => isIn(filter, user, viewer)));
}
/**
 * A person by id: members and tombstones. The support agent is found nowhere but as the actor or owner that it was.
 */
export function findUser(viewer: Viewer, id: UserId): User | null {
  const user = viewer.policy.users.get(id);
  return user && user.license !== "SUPPORT" ? user : null;
}

/**
 * A person who plays a part: tombstones play none any more (UA-61), and the support agent is nobody to choose (SA-06).
 * Both are null, as an id that never was.
 */
export function findPerson(viewer: Viewer, id: UserId): User | null {
  const user = findUser(viewer, id);
  return user?.status === "DELETED" ? null : user;
}

/** Whether more of a person is shown than the name; of the support agent others see that alone (SA-06). */
export function isShown(viewer: Viewer, user: User): boolean {
  return user.id === viewer.user.id || user.license !== "SUPPORT";
}

/** Whether the viewer sees what only the person and holders of `MANAGE_USERS` see (AP-23). */
export function seesDetails(viewer: Viewer, user: User): boolean {
  return isShown(viewer, user) && (user.id === viewer.user.id || viewerHolds(viewer, "MANAGE_USERS"));
}

/** The role that a person holds; a tombstone holds none any more (UA-61). */
export function roleOf(viewer: Viewer, user: User): Role | null {
  if (user.roleId === null || user.status === "DELETED" || !isShown(viewer, user)) return null;
  return viewer.policy.roles.get(user.roleId) ?? null;
}

/** The address of a person, for that person and holders of `MANAGE_USERS`; null for others. */
export function emailOf(viewer: Viewer, user: User): string | null {
  return seesDetails(viewer, user) ? user.email : null;
}

/** What the viewer may do with a person as a whole (UA-43). */
export function userActions({ policy, user: asker, now }: Viewer, user: User): readonly UserAction[] {
  return availableUserActions(policy, asker, user, now);
}

/** Whom a person reports to, for that person and holders of `MANAGE_USERS`; null for others, and without one. */
export function managerOf(viewer: Viewer, user: User): User | null {
  return user.reportsToId !== null && seesDetails(viewer, user) ? findUser(viewer, user.reportsToId) : null;
}

function isIn(filter: UserListFilter, user: User, { policy }: Pick<Viewer, "policy">): boolean {
  switch (filter) {
    case "ALL":
      return true;
    case "ACTIVE":
    case "INACTIVE":
    case "PENDING":
      return user.status === filter;
    case "RESTRICTED":
      return isRestricted(policy.applicationsByKey, user);
    case "ADMINISTRATORS":
      return user.isAdministrator || user.id === policy.org.superAdminId;
  }
}
