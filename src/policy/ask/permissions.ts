import type { Instant } from "../../kernel/instant.ts";
import { refusalsOf } from "../gate/index.ts";
import {
  type Action,
  type Module,
  PERMISSIONS,
  type Permission,
  type TeamRole,
  type User,
} from "../model/org.ts";
import { type Policy, questionsOf } from "../model/policy.ts";
import { holds } from "../rights/holding.ts";
import { permissionsOf } from "../rights/permission.ts";

/**
 * What the user may do in a module at all, as far as status, applications, licence, profile, team role and support
 * denials go. Which records it applies to is the reach's business; what a capability guards besides, the capability's.
 *
 * The gates answer first, so that nothing is listed that no record could ever admit.
 */
export function permissionsIn(
  policy: Policy,
  user: User,
  module: Module,
  now: Instant,
): readonly Permission[] {
  const ask = questionsOf(policy, user, now);
  return PERMISSIONS.filter(
    (permission) =>
      refusalsOf(ask(module, GATED_AS[permission])).length === 0 &&
      opens(policy, user, module, permission, now),
  );
}

/** The action whose gates a permission stands behind. */
export const GATED_AS: Readonly<Record<Permission, Action>> = {
  VIEW: "READ",
  CREATE: "READ",
  EDIT: "UPDATE",
  DELETE: "DELETE",
  SHARE: "SHARE",
  CHANGE_OWNER: "CHANGE_OWNER",
  IMPORT: "READ",
  EXPORT: "READ",
  MASS_UPDATE: "UPDATE",
  MASS_DELETE: "DELETE",
};

function opens(policy: Policy, user: User, module: Module, permission: Permission, now: Instant): boolean {
  if (module.kind === "TEAM") {
    const role = user.teamRoles.get(module.id);
    return (
      holds(policy, user, "MODIFY_ALL_DATA", now) ||
      (role === undefined ? permission === "VIEW" : teamRoleOpens(role, permission))
    );
  }
  if (user.license === "TEAM") return permission === "VIEW"; // TU-11, TU-12
  if (user.id === policy.org.superAdminId || user.license === "SUPPORT") return true;
  const profile = user.profileId === null ? undefined : policy.profiles.get(user.profileId);
  return permissionsOf(profile, module).has(permission);
}

/** The rows of TU-21 that are no action on one record; those that are were answered by the gates. */
function teamRoleOpens(role: TeamRole, permission: Permission): boolean {
  const isRunning = role === "ADMIN" || role === "MANAGER";
  switch (permission) {
    case "IMPORT":
    case "EXPORT":
      return isRunning;
    case "MASS_UPDATE":
    case "MASS_DELETE":
      return isRunning || role === "MEMBER";
    case "VIEW":
    case "CREATE":
    case "EDIT":
    case "DELETE":
    case "SHARE":
    case "CHANGE_OWNER":
      return true;
  }
}
