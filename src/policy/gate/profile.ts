import type { Question } from "../model/policy.ts";
import { holds } from "../rights/holding.ts";
import { PERMISSION_OF, permissionsOf } from "../rights/permission.ts";
import { teamCell } from "../rights/team-permission.ts";
import type { Gate, Refusal } from "./gate.ts";

/**
 * What the viewer may do in the module at all.
 *
 * In an organisation module the profile says so, and without `VIEW` nothing counts; the super administrator passes.
 * In a team module membership is the profile gate (TU-21): no member, no access, and what the team role answers with
 * "no" nothing widens. Holders of `VIEW_ALL_DATA` (to read) and `MODIFY_ALL_DATA` are excepted there.
 */
export const profile: Gate = {
  name: "PROFILE",
  refuse: (question) =>
    question.module.kind === "TEAM" ? refuseByMembership(question) : refuseByPermissions(question),
};

function refuseByPermissions({ policy, viewer, module, action }: Question): Refusal | null {
  if (viewer.id === policy.org.superAdminId || viewer.license === "SUPPORT") return null;
  const held = viewer.profileId === null ? undefined : policy.profiles.get(viewer.profileId);
  const permissions = permissionsOf(held, module);
  const missing = [...new Set(["VIEW", PERMISSION_OF[action]] as const)].filter(
    (name) => !permissions.has(name),
  );
  if (missing.length === 0) return null;
  return {
    gate: "PROFILE",
    sentence: `The profile ${held?.name ?? "(none)"} lacks ${missing.join(" and ")} in ${module.label}.`,
  };
}

function refuseByMembership({ policy, viewer, module, action, now }: Question): Refusal | null {
  if (holds(policy, viewer, "MODIFY_ALL_DATA", now)) return null;
  if (action === "READ" && holds(policy, viewer, "VIEW_ALL_DATA", now)) return null;
  const role = viewer.teamRoles.get(module.id);
  if (role === undefined) {
    return {
      gate: "PROFILE",
      sentence: `${viewer.name} is not a member of the team module ${module.label}.`,
      requirement: "TU-21",
    };
  }
  if (teamCell(role, action) !== "NO") return null;
  return {
    gate: "PROFILE",
    sentence: `The team role ${role} does not allow ${action} in ${module.label}.`,
    requirement: "TU-21",
  };
}
