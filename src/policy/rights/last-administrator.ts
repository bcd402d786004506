import type { User } from "../model/org.ts";
import type { Policy } from "../model/policy.ts";

/** What of a person decides whether they administer. */
export type Administering = Pick<User, "id" | "status" | "profileId">;

/**
 * Why somebody has to stay what they are (UA-51): the super administrator does, and so does the last active person with
 * the *Administrator* profile. Of the administrators of the suite the super administrator is always one (UA-03), so that
 * nobody else is the last of those.
 *
 * @param users everybody, as they would be but for the person.
 * @param after the person, as they would be.
 */
export function whyMustStay(
  policy: Pick<Policy, "org" | "profiles">,
  users: readonly Administering[],
  before: Administering,
  after: Administering,
): "SUPER_ADMINISTRATOR" | "LAST_ADMINISTRATOR" | null {
  const hasProfile = ({ profileId }: Administering) =>
    profileId !== null && policy.profiles.get(profileId)?.kind === "ADMINISTRATOR";
  const administers = (user: Administering) => user.status === "ACTIVE" && hasProfile(user);
  const isDemoted = hasProfile(before) && !hasProfile(after);
  const ends = before.status === "ACTIVE" && after.status !== "ACTIVE";
  if (before.id === policy.org.superAdminId) return isDemoted || ends ? "SUPER_ADMINISTRATOR" : null;
  if (!administers(before) || administers(after)) return null;
  return users.some((each) => each.id !== before.id && administers(each)) ? null : "LAST_ADMINISTRATOR";
}
