import { inParts, oneOf } from "../../database/parts.ts";
import { Forbidden } from "../../kernel/fault.ts";
import type { ProfileId, RoleId, UserId } from "../../kernel/id.ts";
import { aboveAmong, type ChangingPeople, withChanged } from "../../policy/model/changing-people.ts";
import type { Org, Profile, User } from "../../policy/model/org.ts";
import { aboveSomebody } from "../../policy/model/reporting.ts";
import { admitCapability } from "../core/admit.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import type { Writing } from "../core/write.ts";
import { admitGiving, admitToProfile } from "./admit.ts";

/** What makes out a person's place: whose records they reach, what they may, and who stands above them. */
export type Place = {
  readonly roleId: RoleId | null;
  readonly profileId: ProfileId | null;
  readonly reportsToId: UserId | null;
};

/** What of everybody's place is to become another one; the profile as it is read. */
export type NewPlace = Partial<Pick<Place, "roleId" | "reportsToId">> & { readonly profile?: Profile | null };

/** People whose place may become another one. Only asking makes one, and only with one is a place written. */
export type AdmittedMove = {
  readonly people: readonly User[];
  readonly to: NewPlace;
  readonly [admitted]: true;
};
declare const admitted: unique symbol;

/**
 * Admits the viewer to giving people another role, profile or manager, whatever mutation does it: `MANAGE_USERS`; for
 * oneself, for the super administrator, and for who has or gets the Administrator profile `MANAGE_ADMIN_PERMISSIONS`
 * (UA-31, SH-60); and nobody gives a capability that they do not hold. Deleted people are rows for the sake of their
 * records: they are nobody to ask about.
 *
 * @param people of whom each becomes the same.
 * @throws {Forbidden}
 */
export function admitMove(viewer: Viewer, people: readonly User[], to: NewPlace): AdmittedMove {
  const moved = people.filter((user) => user.status !== "DELETED" && isElsewhere(user, to));
  admitToSuper(viewer, moved);
  const { profile } = to;
  if (profile != null) {
    // Of many people few have different profiles: each is asked about once.
    const before = new Set(moved.map(({ profileId }) => profileId).filter((id) => id !== profile.id));
    for (const profileId of before) admitProfile(viewer, profileId, profile);
  }
  admitToSelf(viewer, moved);
  if (moved.length > 0) admitCapability(viewer, "MANAGE_USERS");
  return { people, to } as AdmittedMove;
}

function isElsewhere(user: User, { roleId, reportsToId, profile }: NewPlace): boolean {
  return (
    (roleId !== undefined && roleId !== user.roleId) ||
    (reportsToId !== undefined && reportsToId !== user.reportsToId) ||
    (profile !== undefined && (profile?.id ?? null) !== user.profileId)
  );
}

/** The super administrator's place is for holders of `MANAGE_ADMIN_PERMISSIONS`. @throws {Forbidden} */
function admitToSuper(viewer: Viewer, moved: readonly User[]): void {
  const { superAdminId } = viewer.policy.org;
  if (!moved.some(({ id }) => id === superAdminId) || viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS")) return;
  throw new Forbidden(
    "The role, the profile and the manager of the super administrator are for holders of the capability MANAGE_ADMIN_PERMISSIONS.",
    "SH-60",
  );
}

/** One's own place is, too (UA-31). @throws {Forbidden} */
function admitToSelf(viewer: Viewer, moved: readonly User[]): void {
  const { id: selfId } = viewer.user;
  if (!moved.some(({ id }) => id === selfId) || viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS")) return;
  throw new Forbidden(
    "One's own role, profile and manager are for holders of the capability MANAGE_ADMIN_PERMISSIONS.",
    "UA-31",
  );
}

/**
 * Admits to giving somebody another profile: to the *Administrator* profile, given or taken, and to giving what it
 * holds.
 *
 * @throws {Forbidden}
 */
function admitProfile(viewer: Viewer, beforeId: ProfileId | null, profile: Profile): void {
  const before = beforeId === null ? null : (viewer.policy.profiles.get(beforeId) ?? null);
  if (before !== null) admitToProfile(viewer, before);
  admitToProfile(viewer, profile);
  // Whoever makes administrators gives them everything.
  if (profile.kind !== "ADMINISTRATOR") admitGiving(viewer, before, profile);
}

/**
 * Admits to whatever puts a role or a person above the super administrator who was not there before, by moving roles.
 *
 * @param after the organisation with the change.
 * @throws {Forbidden}
 */
export function admitAboveSuper(viewer: Viewer, after: Pick<Org, "users" | "roles">): void {
  if (viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS")) return;
  const { org } = viewer.policy;
  const before = aboveSomebody(org, org.superAdminId);
  if (aboveSomebody(after, org.superAdminId).isSubsetOf(before)) return;
  throw aboveSuper();
}

/**
 * The same as much by a manager: the super administrator's own or that of somebody above, among people who are changing.
 *
 * @param after who somebody becomes.
 * @throws {Forbidden}
 */
export function admitMovedAboveSuper(viewer: Viewer, people: ChangingPeople, after: User): void {
  if (viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS")) return;
  const { superAdminId } = viewer.policy.org;
  const before = aboveAmong(people, superAdminId);
  // Who is neither them nor above them leaves above them whoever was.
  if (after.id !== superAdminId && !before.has(after.id)) return;
  if (aboveAmong(withChanged(people, after), superAdminId).isSubsetOf(before)) return;
  throw aboveSuper();
}

function aboveSuper(): Forbidden {
  return new Forbidden(
    "Who stands above the super administrator is for holders of the capability MANAGE_ADMIN_PERMISSIONS.",
    "SH-60",
  );
}

/**
 * Writes the places. The records of whoever changes their role are found by their owner from then on, until all of them
 * stand under the new one: `MOVE_OWNED_RECORDS` is to be woken (SH-23).
 */
export async function writePlaces({ tx, viewer }: Writing, { people, to }: AdmittedMove): Promise<void> {
  const { roleId, reportsToId, profile } = to;
  const data = {
    ...(roleId === undefined ? {} : { roleId }),
    ...(reportsToId === undefined ? {} : { reportsToId }),
    ...(profile === undefined ? {} : { profileId: profile?.id ?? null }),
  };
  const isMoving = (user: User) => roleId !== undefined && user.roleId !== roleId;
  const [stay, move] = [people.filter((user) => !isMoving(user)), people.filter(isMoving)];
  for (const [some, more] of [
    [stay, {}],
    [move, { isPathBehind: true }],
  ] as const)
    for (const part of inParts(some.map(({ id }) => id)))
      await tx.user.updateMany({
        where: { orgId: viewer.orgId, id: oneOf(part) },
        data: { ...data, ...more },
      });
}
