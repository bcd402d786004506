import { InvalidInput } from "../../kernel/fault.ts";
import { MAX_TEAM_USER_MODULES } from "../../policy/model/naming.ts";
import type { Module } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";

/** Organisation modules are opened to team users; a team module is open to its members. @throws {InvalidInput} */
export function requireOpenable(field: string, { kind, label }: Pick<Module, "kind" | "label">): void {
  if (kind === "ORGANIZATION") return;
  throw new InvalidInput(field, `${label} is a team module, open to its members and to nobody else.`, {
    requirement: "TU-10",
  });
}

/** Room for one more module under the limit of the Team User profile. @throws {InvalidInput} `TEAM_MODULE_LIMIT`. */
export function requireRoomForTeam(viewer: Viewer, field: string): void {
  const open = viewer.policy.org.modules.filter(
    (module) => module.kind === "ORGANIZATION" && module.isOpenToTeam,
  );
  if (open.length < MAX_TEAM_USER_MODULES) return;
  throw new InvalidInput(
    field,
    `The profile of team users opens at most ${MAX_TEAM_USER_MODULES} organisation modules.`,
    { code: "TEAM_MODULE_LIMIT", requirement: "TU-10" },
  );
}
