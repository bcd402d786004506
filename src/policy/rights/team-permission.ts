import type { Action, TeamRole } from "../model/org.ts";

/** How far a team role goes: every record of the module, the viewer's own, or none. */
export type TeamCell = "ALL" | "OWN" | "NO";

/** What each team role allows with the records of its module (TU-21). */
const TABLE: Readonly<Record<TeamRole, Readonly<Record<Action, TeamCell>>>> = {
  ADMIN: { READ: "ALL", UPDATE: "ALL", DELETE: "ALL", SHARE: "ALL", CHANGE_OWNER: "ALL" },
  MANAGER: { READ: "ALL", UPDATE: "ALL", DELETE: "ALL", SHARE: "ALL", CHANGE_OWNER: "ALL" },
  MEMBER: { READ: "ALL", UPDATE: "OWN", DELETE: "OWN", SHARE: "OWN", CHANGE_OWNER: "OWN" },
  PARTICIPANT: { READ: "OWN", UPDATE: "OWN", DELETE: "NO", SHARE: "NO", CHANGE_OWNER: "NO" },
  REQUESTER: { READ: "OWN", UPDATE: "OWN", DELETE: "NO", SHARE: "NO", CHANGE_OWNER: "NO" },
};

/** The cell of TU-21. "OWN" is widened by rules and shares, "NO" by nothing. */
export function teamCell(role: TeamRole, action: Action): TeamCell {
  return TABLE[role][action];
}
