import type { Action, Module, Permission, Profile } from "../model/org.ts";
import { PERMISSIONS } from "../model/org.ts";

/** The profile permission that each action on a record needs, besides `VIEW`. */
export const PERMISSION_OF: Readonly<Record<Action, Permission>> = {
  READ: "VIEW",
  UPDATE: "EDIT",
  DELETE: "DELETE",
  SHARE: "SHARE",
  CHANGE_OWNER: "CHANGE_OWNER",
};

const EVERYTHING: ReadonlySet<Permission> = new Set(PERMISSIONS);
const VIEW_ONLY: ReadonlySet<Permission> = new Set<Permission>(["VIEW"]);
const NOTHING: ReadonlySet<Permission> = new Set<Permission>();

/**
 * What a profile may do in an organisation module.
 *
 * *Administrator* everything; *Standard* everything unless adjusted for the module; *Team User* sees what is opened
 * to team users (TU-10); a profile of the organisation's own exactly what it lists; no profile nothing.
 */
export function permissionsOf(profile: Profile | undefined, module: Module): ReadonlySet<Permission> {
  if (!profile || module.kind !== "ORGANIZATION") return NOTHING;
  switch (profile.kind) {
    case "ADMINISTRATOR":
      return EVERYTHING;
    case "STANDARD":
      return profile.permissions.get(module.id) ?? EVERYTHING;
    case "TEAM_USER":
      return module.isOpenToTeam ? VIEW_ONLY : NOTHING;
    case "CUSTOM":
      return profile.permissions.get(module.id) ?? NOTHING;
  }
}
