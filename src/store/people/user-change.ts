import { InvalidInput } from "../../kernel/fault.ts";
import type { ProfileId, RoleId, UserId } from "../../kernel/id.ts";
import { type ChangingPeople, circleThrough, peopleOf } from "../../policy/model/changing-people.ts";
import type { Profile, User } from "../../policy/model/org.ts";
import { administratorsAmong } from "../../policy/rights/last-administrator.ts";
import type { Viewer } from "../core/viewer.ts";
import { readNewName } from "../directory/input.ts";
import { personNamed, roleNamed } from "../directory/named.ts";
import { type AdmittedMove, admitMove, admitMovedAboveSuper, type Place } from "../profiles/place.ts";
import { requireNotDeleted, userNamed } from "./admit.ts";
import { profileNamed, requireProfileFits } from "./assign.ts";
import { requireManagersAboveOf } from "./reporting.ts";

/** What of a person is to change; undefined leaves it. */
export type UserChange = {
  readonly userId: UserId;
  readonly name?: string | null | undefined;
  /** Null is refused: whoever works in the CRM has a role (UA-30). */
  readonly roleId?: RoleId | null | undefined;
  /** Null is refused, as with the role. */
  readonly profileId?: ProfileId | null | undefined;
  /** Null takes the manager away. */
  readonly reportsToId?: UserId | null | undefined;
};

/** What is shown of a person that a change may concern. */
export type ShownUser = Pick<User, "name"> & Place;

export function shownOf({ name, roleId, profileId, reportsToId }: User): ShownUser {
  return { name, roleId, profileId, reportsToId };
}

/** The person, what is to become of them, and the profile if it is another one. */
export type ReadUserChange = {
  readonly user: User;
  readonly after: ShownUser;
  readonly newProfile: Profile | null;
};

/**
 * Reads a change: its shape, then what it names.
 *
 * @param place of the change in the input.
 * @throws {InvalidInput} and {NotFound} naming the place.
 */
export function readUserChange(viewer: Viewer, place: string, change: UserChange): ReadUserChange {
  const newName = readNewName(`${place}.name`, change.name);
  requireNotNull(`${place}.role`, change.roleId);
  requireNotNull(`${place}.profile`, change.profileId);
  const user = userNamed(viewer, `${place}.id`, change.userId);
  if (change.roleId != null) roleNamed(viewer, `${place}.role`, change.roleId);
  const profile =
    change.profileId == null ? null : profileNamed(viewer, `${place}.profile`, change.profileId);
  if (change.reportsToId != null) personNamed(viewer, `${place}.reportsTo`, change.reportsToId);

  const after: ShownUser = {
    name: newName ?? user.name,
    roleId: change.roleId ?? user.roleId,
    profileId: change.profileId ?? user.profileId,
    reportsToId: change.reportsToId === undefined ? user.reportsToId : change.reportsToId,
  };
  return { user, after, newProfile: after.profileId === user.profileId ? null : profile };
}

/**
 * Whose place may be changed by whom, and whether the person can become that.
 *
 * @param people everybody, as those before in the same mutation have left them.
 * @throws {Forbidden}
 * @throws {InvalidInput} naming the place.
 */
export function admitUserChange(
  viewer: Viewer,
  place: string,
  { user, after, newProfile }: ReadUserChange,
  people: ChangingPeople = peopleOf(viewer.policy),
): AdmittedMove {
  const { roleId, reportsToId } = after;
  const move = admitMove(viewer, [user], {
    roleId,
    reportsToId,
    ...(newProfile === null ? {} : { profile: newProfile }),
  });
  const moved = isMoved(user, after) ? { ...user, ...after } : null;
  if (moved !== null) admitMovedAboveSuper(viewer, people, moved);
  requireNotDeleted(`${place}.id`, user);
  if (newProfile !== null) {
    const administrators = administratorsAmong(viewer.policy, people.changed);
    requireProfileFits(viewer, `${place}.profile`, user, newProfile, administrators);
  }
  if (moved !== null) requireHierarchy(people, place, user, moved);
  return move;
}

function isMoved(user: User, after: ShownUser): boolean {
  return after.roleId !== user.roleId || after.reportsToId !== user.reportsToId;
}

function requireNotNull(field: string, id: string | null | undefined): void {
  if (id === null)
    throw new InvalidInput(field, "It cannot be taken away; leave it out to keep it.", {
      requirement: "UA-30",
    });
}

/** @throws {InvalidInput} `CONFLICT` when somebody would be above themselves, or a manager not above (SH-25). */
function requireHierarchy(people: ChangingPeople, place: string, user: User, after: User): void {
  const field = after.reportsToId === user.reportsToId ? `${place}.role` : `${place}.reportsTo`;
  const circle = circleThrough(people, after);
  if (circle !== null) {
    const way = circle.map(({ name }) => name).join(" → ");
    throw new InvalidInput(field, `A user above themselves: ${way}.`, {
      code: "CONFLICT",
      requirement: "SH-25",
    });
  }
  requireManagersAboveOf(people, field, after);
}
