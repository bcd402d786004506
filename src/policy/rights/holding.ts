import type { Instant } from "../../kernel/instant.ts";
import { CAPABILITIES, type Capability, capabilityRow } from "../capability.ts";
import type { Profile, User } from "../model/org.ts";
import type { Policy } from "../model/policy.ts";
import { permissionsOf } from "./permission.ts";
import { profileGives } from "./profile.ts";
import { liveSupportGrant } from "./support-window.ts";
import { teamCell } from "./team-permission.ts";

/**
 * Which capabilities the user holds at this instant (CA-02, SA-07, UA-03, SH-60).
 *
 * Nobody but an active user holds anything; an agent holds an administrator's less the denials while its window is
 * open. The answer for members depends on the policy alone, that for agents on the instant too.
 */
export function capabilitiesOf(policy: Policy, user: User, now: Instant): ReadonlySet<Capability> {
  if (user.status !== "ACTIVE") return new Set();
  switch (user.license) {
    case "SUPPORT":
      return capabilitiesOfAgent(policy, user, now);
    case "TEAM":
      return new Set(CAPABILITIES.filter((capability) => teamUserHolds(policy, user, capability)));
    case "REGULAR":
      return new Set(CAPABILITIES.filter((capability) => memberHolds(policy, user, capability)));
  }
}

/** Whether the user holds one capability at this instant. */
export function holds(policy: Policy, user: User, capability: Capability, now: Instant): boolean {
  if (user.status !== "ACTIVE") return false;
  switch (user.license) {
    case "SUPPORT":
      return capabilitiesOfAgent(policy, user, now).has(capability);
    case "TEAM":
      return teamUserHolds(policy, user, capability);
    case "REGULAR":
      return memberHolds(policy, user, capability);
  }
}

function capabilitiesOfAgent(policy: Policy, agent: User, now: Instant): ReadonlySet<Capability> {
  const grant = liveSupportGrant(policy, agent, now);
  if (!grant) return new Set();
  const held = CAPABILITIES.filter(
    (capability) =>
      capabilityRow(capability).denial === undefined &&
      capability !== "BE_LOOKED_UP" && // hidden from every picker (SA-06)
      !grant.extraDenials.includes(capability),
  );
  return new Set(held);
}

function teamUserHolds(policy: Policy, user: User, capability: Capability): boolean {
  const { team } = capabilityRow(capability);
  if (team === undefined) return false;
  if (team === "ALWAYS") return true;
  return [...user.teamRoles].some(
    ([moduleId, role]) => policy.modules.get(moduleId)?.kind === "TEAM" && teamRoleGives(role, capability),
  );
}

function memberHolds(policy: Policy, user: User, capability: Capability): boolean {
  const profile = user.profileId === null ? undefined : policy.profiles.get(user.profileId);
  if (user.id === policy.org.superAdminId || profile?.kind === "ADMINISTRATOR") return true;
  if (user.isAdministrator && (capability === "MANAGE_USERS" || capability === "MANAGE_ADMIN_PERMISSIONS"))
    return true;
  const { source } = capabilityRow(capability);
  if (source === "REGULAR_LICENCE") return true;
  if (source === "MODULE_DELETE") return mayDeleteSomewhere(policy, user, profile);
  // The profile of team users gives nothing to anybody else (TU-07).
  return profile !== undefined && profile.kind !== "TEAM_USER" && profileGives(profile, capability);
}

function mayDeleteSomewhere(policy: Policy, user: User, profile: Profile | undefined): boolean {
  return policy.org.modules.some((module) => {
    if (module.kind === "TEAM") {
      const role = user.teamRoles.get(module.id);
      return role !== undefined && teamRoleGives(role, "RECORD_DELETE");
    }
    const permissions = permissionsOf(profile, module);
    return permissions.has("VIEW") && permissions.has("DELETE");
  });
}

function teamRoleGives(role: Parameters<typeof teamCell>[0], capability: Capability): boolean {
  switch (capability) {
    case "RECORD_DELETE":
      return teamCell(role, "DELETE") !== "NO";
    case "SEND_EMAIL":
      return role === "ADMIN" || role === "MANAGER" || role === "MEMBER";
    case "MASS_EMAIL":
    case "MAIL_MERGE":
    case "EXPORT_DATA":
      return role === "ADMIN" || role === "MANAGER";
    default:
      return false;
  }
}
