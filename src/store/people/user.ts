import { InvalidInput, NotFound } from "../../kernel/fault.ts";
import type { ProfileId, RoleId, UserId } from "../../kernel/id.ts";
import type { Profile, User } from "../../policy/model/org.ts";
import { findCycle } from "../../policy/model/tree.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readNewName } from "../directory/input.ts";
import { personNamed, roleNamed } from "../directory/named.ts";
import { findUser } from "../directory/users.ts";
import { type AdmittedMove, admitAboveSuper, admitMove, type Place, writePlaces } from "../profiles/place.ts";
import { profileNamed, requireProfileFits } from "./assign.ts";
import { requireManagersAbove } from "./reporting.ts";

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

/**
 * Changes a person's name, role, profile and manager. With the role moves reach, on the next request; the access path
 * of the records owned follows in steps (SH-23).
 *
 * @throws {Forbidden} for the Administrator profile, and the super administrator's place, without
 * `MANAGE_ADMIN_PERMISSIONS`; for a profile that gives more than the asker has.
 * @throws {InvalidInput} `CONFLICT` where a manager would not be above (SH-25); `LAST_ADMINISTRATOR` (UA-51);
 * `ACTION_NOT_AVAILABLE` for a tombstone (UA-61) and for the profile of another licence (TU-07).
 */
export function updateUser(viewer: Viewer, change: UserChange): Promise<{ readonly userId: UserId }> {
  return write(viewer, "updateUser", {
    read: ({ viewer }) => readChange(viewer, change),
    change: async (writing, { user, after, newProfile }) => {
      const { tx, viewer } = writing;
      const { orgId } = viewer;
      const move = admitted(viewer, user, after, newProfile);
      requireChangeable(viewer, user, after, newProfile);
      const before = shownOf(user);
      await tx.user.update({ where: { orgId_id: { orgId, id: user.id } }, data: { name: after.name } });
      await writePlaces(writing, move);
      return {
        result: { userId: user.id },
        happened: [{ action: "UPDATE_USER", target: { type: "User", id: user.id }, before, after }],
        wakes: after.roleId === user.roleId ? [] : ["MOVE_OWNED_RECORDS"],
      };
    },
  });
}

type Shown = Pick<User, "name"> & Place;

function shownOf({ name, roleId, profileId, reportsToId }: User): Shown {
  return { name, roleId, profileId, reportsToId };
}

/** The person, what is to become of them, and the profile if it is another one. */
type ReadChange = { readonly user: User; readonly after: Shown; readonly newProfile: Profile | null };

function readChange(viewer: Viewer, change: UserChange): ReadChange {
  const newName = readNewName("input.name", change.name);
  requireNotNull("input.role", change.roleId);
  requireNotNull("input.profile", change.profileId);
  const user = findUser(viewer, change.userId);
  if (user === null) throw new NotFound("input.id");
  if (change.roleId != null) roleNamed(viewer, "input.role", change.roleId);
  const profile = change.profileId == null ? null : profileNamed(viewer, "input.profile", change.profileId);
  if (change.reportsToId != null) personNamed(viewer, "input.reportsTo", change.reportsToId);

  const after: Shown = {
    name: newName ?? user.name,
    roleId: change.roleId ?? user.roleId,
    profileId: change.profileId ?? user.profileId,
    reportsToId: change.reportsToId === undefined ? user.reportsToId : change.reportsToId,
  };
  return { user, after, newProfile: after.profileId === user.profileId ? null : profile };
}

/** Whose place may be changed by whom. @throws {Forbidden} */
function admitted(viewer: Viewer, user: User, after: Shown, newProfile: Profile | null): AdmittedMove {
  const { roleId, reportsToId } = after;
  const move = admitMove(viewer, [user], {
    roleId,
    reportsToId,
    ...(newProfile === null ? {} : { profile: newProfile }),
  });
  if (isMoved(user, after)) admitAboveSuper(viewer, withUser(viewer, user, after));
  return move;
}

function isMoved(user: User, after: Shown): boolean {
  return after.roleId !== user.roleId || after.reportsToId !== user.reportsToId;
}

function withUser({ policy: { org } }: Viewer, user: User, after: Shown) {
  const users = org.users.map((each) => (each.id === user.id ? { ...each, ...after } : each));
  return { users, roles: org.roles };
}

/** Whether the person can become that. */
function requireChangeable(viewer: Viewer, user: User, after: Shown, newProfile: Profile | null): void {
  if (user.status === "DELETED")
    throw new InvalidInput("input.id", `${user.name} is deleted: nothing of a deleted user changes.`, {
      code: "ACTION_NOT_AVAILABLE",
      requirement: "UA-61",
    });
  if (newProfile !== null) requireProfileFits(viewer, user, newProfile);
  requireHierarchy(viewer, user, after);
}

function requireNotNull(field: string, id: string | null | undefined): void {
  if (id === null)
    throw new InvalidInput(field, "It cannot be taken away; leave it out to keep it.", {
      requirement: "UA-30",
    });
}

/** @throws {InvalidInput} `CONFLICT` when somebody would be above themselves, or a manager not above (SH-25). */
function requireHierarchy(viewer: Viewer, user: User, after: Shown): void {
  if (!isMoved(user, after)) return;
  const then = withUser(viewer, user, after);
  const field = after.reportsToId === user.reportsToId ? "input.role" : "input.reportsTo";
  const cycle = findCycle(new Map(then.users.map((each) => [each.id, each.reportsToId])));
  if (cycle !== null) {
    const names = new Map(then.users.map((each) => [each.id, each.name]));
    const way = cycle.map((id) => names.get(id) ?? id).join(" → ");
    throw new InvalidInput(field, `A user above themselves: ${way}.`, {
      code: "CONFLICT",
      requirement: "SH-25",
    });
  }
  requireManagersAbove(viewer, field, then);
}
