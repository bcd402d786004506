import type { ProfileId } from "../../kernel/id.ts";
import { compareText } from "../../kernel/text.ts";
import { CAPABILITIES, type Capability, capabilityRow } from "../../policy/capability.ts";
import type { Module, Permission, Profile, User } from "../../policy/model/org.ts";
import { PERMISSIONS } from "../../policy/model/org.ts";
import { permissionsOf } from "../../policy/rights/permission.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";

/** The profiles of the organisation, by name, for holders of `MANAGE_PROFILES`; null for others (AP-23). */
export function listProfiles(viewer: Viewer): readonly Profile[] | null {
  if (!viewerHolds(viewer, "MANAGE_PROFILES")) return null;
  return viewer.policy.org.profiles.toSorted(
    (a, b) => compareText(a.name, b.name) || compareText(a.id, b.id),
  );
}

/** A profile, for holders of `MANAGE_PROFILES` and, the viewer's own, for the viewer; null for others. */
export function findProfile(viewer: Viewer, id: ProfileId): Profile | null {
  const isOpen = id === viewer.user.profileId || viewerHolds(viewer, "MANAGE_PROFILES");
  return isOpen ? (viewer.policy.profiles.get(id) ?? null) : null;
}

/** The profile of a person: one's own, and for holders of `MANAGE_PROFILES` everybody's; null for others. */
export function profileOf(viewer: Viewer, user: User): Profile | null {
  const isOpen = user.id === viewer.user.id || viewerHolds(viewer, "MANAGE_PROFILES");
  return isOpen && user.profileId !== null ? (viewer.policy.profiles.get(user.profileId) ?? null) : null;
}

/**
 * The capabilities that a profile by itself gives an active regular user (CA-02), in the order of the catalogue. What
 * comes from the licence, from a module's `DELETE` or from being an administrator of the suite is not the profile's.
 */
export function capabilitiesOfProfile(profile: Profile): readonly Capability[] {
  const listed = profile.capabilities;
  switch (profile.kind) {
    case "ADMINISTRATOR":
      return CAPABILITIES;
    case "STANDARD":
      return CAPABILITIES.filter((each) =>
        listed === null ? capabilityRow(each).standard === true : listed.includes(each),
      );
    case "TEAM_USER":
      return CAPABILITIES.filter((each) => capabilityRow(each).team === "ALWAYS");
    case "CUSTOM":
      return CAPABILITIES.filter((each) => listed?.includes(each) ?? false);
  }
}

/** What a profile opens in one organisation module. */
export type ModulePermissions = { readonly module: Module; readonly permissions: readonly Permission[] };

/** What a profile opens, per organisation module, in the order of the modules; team modules go by membership (TU-21). */
export function permissionsOfProfile(viewer: Viewer, profile: Profile): readonly ModulePermissions[] {
  return viewer.policy.org.modules
    .filter((module) => module.kind === "ORGANIZATION")
    .map((module) => {
      const held = permissionsOf(profile, module);
      return { module, permissions: PERMISSIONS.filter((each) => held.has(each)) };
    });
}
