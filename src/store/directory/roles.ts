import type { RoleId } from "../../kernel/id.ts";
import type { Role, User } from "../../policy/model/org.ts";
import { once } from "../../policy/model/policy.ts";
import type { Viewer } from "../core/viewer.ts";
import { byName, sortedOnce } from "./sorted.ts";

/** The roles of the organisation, by name: structure that every active member reads (AP-23). */
export function listRoles(viewer: Viewer): readonly Role[] {
  return sortedOnce(viewer.policy, "roles", "ALL", () => byName(viewer.policy.org.roles));
}

export function findRole(viewer: Viewer, id: RoleId): Role | null {
  return viewer.policy.roles.get(id) ?? null;
}

/** The roles directly under a role, by name. */
export function rolesUnder(viewer: Viewer, role: Role): readonly Role[] {
  const { policy } = viewer;
  const under = once(policy, "roles by parent", () =>
    Map.groupBy(listRoles(viewer), ({ parentId }) => parentId),
  );
  return under.get(role.id) ?? [];
}

/** Who holds the role, by name, whatever their status. A tombstone's last role is not held any more (UA-61). */
export function holdersOf(viewer: Viewer, role: Role): readonly User[] {
  return sortedOnce(viewer.policy, "holders", role.id, () => {
    const users = viewer.policy.usersOfRole.get(role.id) ?? [];
    return byName(users.filter((user) => user.license !== "SUPPORT" && user.status !== "DELETED"));
  });
}
