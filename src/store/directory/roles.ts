import type { RoleId } from "../../kernel/id.ts";
import { compareText } from "../../kernel/text.ts";
import type { Role, User } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";

/** The roles of the organisation, by name: structure that every active member reads (AP-23). */
export function listRoles(viewer: Viewer): readonly Role[] {
  return byName(viewer.policy.org.roles);
}

export function findRole(viewer: Viewer, id: RoleId): Role | null {
  return viewer.policy.roles.get(id) ?? null;
}

/** The roles directly under a role, by name. */
export function rolesUnder(viewer: Viewer, role: Role): readonly Role[] {
  return byName(viewer.policy.org.roles.filter((each) => each.parentId === role.id));
}

/** Who holds the role, by name, whatever their status. A tombstone's last role is not held any more (UA-61). */
export function holdersOf(viewer: Viewer, role: Role): readonly User[] {
  const users = viewer.policy.usersOfRole.get(role.id) ?? [];
  return byName(users.filter((user) => user.license !== "SUPPORT" && user.status !== "DELETED"));
}

function byName<Row extends { readonly id: string; readonly name: string }>(
  rows: readonly Row[],
): readonly Row[] {
  return rows.toSorted((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
}
