import type { ProfileId } from "../../kernel/id.ts";
import type { Profile, User } from "../../policy/model/org.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import { byName, sortedOnce } from "./sorted.ts";

/** What a profile gives, for the room that shows it. */
export {
  capabilitiesOfProfile,
  type ModulePermissions,
  permissionsOfProfile,
} from "../../policy/rights/profile.ts";

/** The profiles of the organisation, by name, for holders of `MANAGE_PROFILES`; null for others (AP-23). */
export function listProfiles(viewer: Viewer): readonly Profile[] | null {
  if (!viewerHolds(viewer, "MANAGE_PROFILES")) return null;
  return sortedOnce(viewer.policy, "profiles", "ALL", () => byName(viewer.policy.org.profiles));
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
