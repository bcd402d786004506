import { InvalidInput, NotFound } from "../../kernel/fault.ts";
import type { ProfileId } from "../../kernel/id.ts";
import type { Profile, User } from "../../policy/model/org.ts";
import type { Administering } from "../../policy/rights/last-administrator.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import { findProfile } from "../directory/profiles.ts";
import { requireAdministratorStays } from "./administrator-stays.ts";

/**
 * The profile that an input names to be given to somebody. Whoever manages people may name any, though only holders of
 * `MANAGE_PROFILES` read them: nobody is assigned without one (UA-30).
 *
 * @throws {NotFound} naming the input.
 */
export function profileNamed(viewer: Viewer, field: string, id: ProfileId): Profile {
  const isOpen = viewerHolds(viewer, "MANAGE_USERS");
  const profile = isOpen ? profileIn(viewer, id) : findProfile(viewer, id);
  if (profile === null) throw new NotFound(field);
  return profile;
}

/**
 * Whether the person can have the profile: one of their licence, and not at the price of the last administrator.
 *
 * @param users as `requireAdministratorStays` takes them.
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE` (TU-07), `LAST_ADMINISTRATOR` (UA-51).
 */
export function requireProfileFits(
  viewer: Viewer,
  field: string,
  user: User,
  profile: Profile,
  users?: Iterable<Administering>,
): void {
  if ((user.license === "TEAM") !== (profile.kind === "TEAM_USER"))
    throw new InvalidInput(
      field,
      user.license === "TEAM"
        ? "A team user has the profile of team users, and no other."
        : `${profile.name} is the profile of team users alone.`,
      { code: "ACTION_NOT_AVAILABLE", requirement: "TU-07" },
    );
  requireAdministratorStays(viewer, field, user, { profileId: profile.id }, users);
}

function profileIn({ policy }: Viewer, id: ProfileId | null): Profile | null {
  return id === null ? null : (policy.profiles.get(id) ?? null);
}
