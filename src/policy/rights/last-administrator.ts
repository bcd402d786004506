import type { User } from "../model/org.ts";
import { once, type Policy } from "../model/policy.ts";

/** What of a person decides whether they administer. */
export type Administering = Pick<User, "id" | "status" | "profileId">;

/**
 * Why somebody has to stay what they are (UA-51): the super administrator does, and so does the last active person with
 * the *Administrator* profile. Of the administrators of the suite the super administrator is always one (UA-03), so that
 * nobody else is the last of those.
 *
 * @param users everybody who may have the profile, as they would be but for the person; walked no further than to one
 * who has.
 * @param after the person, as they would be.
 */
export function whyMustStay(
  policy: Pick<Policy, "org" | "profiles">,
  users: Iterable<Administering>,
  before: Administering,
  after: Administering,
): "SUPER_ADMINISTRATOR" | "LAST_ADMINISTRATOR" | null {
  const hasProfile = (user: Administering) => isOfProfile(policy, user);
  const administers = (user: Administering) => user.status === "ACTIVE" && hasProfile(user);
  const isDemoted = hasProfile(before) && !hasProfile(after);
  const ends = before.status === "ACTIVE" && after.status !== "ACTIVE";
  if (before.id === policy.org.superAdminId) return isDemoted || ends ? "SUPER_ADMINISTRATOR" : null;
  if (!administers(before) || administers(after)) return null;
  for (const each of users) if (each.id !== before.id && administers(each)) return null;
  return "LAST_ADMINISTRATOR";
}

/** Everybody with the *Administrator* profile, active or not: looked for once for each policy. */
export function profileAdministrators(policy: Policy): readonly User[] {
  return once(policy, "profile administrators", () =>
    policy.org.users.filter((user) => isOfProfile(policy, user)),
  );
}

/** The same in the middle of a change, and whoever is somebody else by now. */
export function* administratorsAmong(
  policy: Policy,
  changed: ReadonlyMap<User["id"], Administering>,
): Iterable<Administering> {
  for (const user of profileAdministrators(policy)) if (!changed.has(user.id)) yield user;
  yield* changed.values();
}

function isOfProfile({ profiles }: Pick<Policy, "profiles">, { profileId }: Administering): boolean {
  return profileId !== null && profiles.get(profileId)?.kind === "ADMINISTRATOR";
}
