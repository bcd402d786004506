import { Forbidden, InvalidInput, NotFound } from "../../kernel/fault.ts";
import type { ProfileId } from "../../kernel/id.ts";
import type { Capability } from "../../policy/capability.ts";
import type { Permission, Profile } from "../../policy/model/org.ts";
import { permissionsOf } from "../../policy/rights/permission.ts";
import { capabilitiesOfProfile } from "../../policy/rights/profile.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import { findProfile } from "../directory/profiles.ts";

/** A profile that the viewer reads: with `MANAGE_PROFILES` any, without it one's own. @throws {NotFound} */
export function reachedProfile(viewer: Viewer, field: string, id: ProfileId): Profile {
  const profile = findProfile(viewer, id);
  if (profile === null) throw new NotFound(field);
  return profile;
}

/** The Administrator profile, and who has it, is for holders of `MANAGE_ADMIN_PERMISSIONS`. @throws {Forbidden} */
export function admitToProfile(viewer: Viewer, profile: Profile): void {
  if (profile.kind !== "ADMINISTRATOR" || viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS")) return;
  throw new Forbidden(
    `The profile ${profile.name} is for holders of the capability MANAGE_ADMIN_PERMISSIONS.`,
    "CA-02",
  );
}

/**
 * Admits the viewer to giving people one profile in the place of another, or of nothing: nobody gives a capability that
 * they do not hold, and a support agent gives nothing on that is denied to it (SA-07). Taking away is open.
 *
 * @throws {Forbidden}
 */
export function admitGiving(viewer: Viewer, before: Profile | null, after: Profile): void {
  const given = before === null ? [] : capabilitiesOfProfile(before);
  for (const capability of capabilitiesOfProfile(after)) {
    if (given.includes(capability) || viewerHolds(viewer, capability)) continue;
    throw new Forbidden(`You do not hold ${capability}, so you cannot give it.`, "CA-02");
  }
  if (viewer.user.license !== "SUPPORT") return;
  for (const module of viewer.policy.org.modules) {
    const open = permissionsOf(before ?? undefined, module);
    for (const permission of permissionsOf(after, module)) {
      const capability = BEHIND[permission];
      if (capability === undefined || open.has(permission) || viewerHolds(viewer, capability)) continue;
      throw new Forbidden(
        `${capability} is denied to support, so ${permission} in ${module.label} is not support's to give.`,
        "SA-07",
      );
    }
  }
}

/**
 * Admits the viewer to changing what a profile holds. What is denied to a support agent is not support's to take away
 * either: not the email of D06, and not what makes an administrator, or lets support be shut out and looked after (SA-07,
 * D01, D12).
 *
 * @throws {Forbidden}
 */
export function admitChanging(viewer: Viewer, before: Profile, after: Profile): void {
  admitToProfile(viewer, before);
  admitGiving(viewer, before, after);
  if (viewer.user.license !== "SUPPORT") return;
  const kept = new Set(capabilitiesOfProfile(after));
  for (const capability of capabilitiesOfProfile(before)) {
    if (kept.has(capability) || viewerHolds(viewer, capability)) continue;
    throw new Forbidden(`${capability} is denied to support, so it is not support's to take away.`, "SA-07");
  }
}

/** Permissions that come to nothing without a capability. */
const BEHIND: { readonly [Name in Permission]?: Capability } = {
  DELETE: "RECORD_DELETE",
  MASS_DELETE: "RECORD_DELETE",
  EXPORT: "EXPORT_DATA",
};

/**
 * Refuses a change of what the system gives for good: *Administrator* holds all, *Team User* what its table says.
 *
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE`.
 */
export function requireAdjustable({ kind, name }: Profile): void {
  switch (kind) {
    case "ADMINISTRATOR":
      throw fixed(`The profile ${name} holds everything, and stays as it is.`, "CA-02");
    case "TEAM_USER":
      throw fixed(
        `The profile ${name} is the same for every team user. Which modules it opens is a setting of the modules.`,
        "CA-02",
      );
    case "STANDARD":
    case "CUSTOM":
      return;
  }
}

function fixed(message: string, requirement: string): InvalidInput {
  return new InvalidInput("input.id", message, { code: "ACTION_NOT_AVAILABLE", requirement });
}
