import type { UserId } from "../../kernel/id.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { writePlaces } from "../profiles/place.ts";
import { admitUserChange, readUserChange, shownOf, type UserChange } from "./user-change.ts";

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
    read: ({ viewer }) => readUserChange(viewer, "input", change),
    change: async (writing, read) => {
      const { tx, viewer } = writing;
      const { orgId } = viewer;
      const { user, after } = read;
      const move = admitUserChange(viewer, "input", read);
      await tx.user.update({ where: { orgId_id: { orgId, id: user.id } }, data: { name: after.name } });
      await writePlaces(writing, move);
      return {
        result: { userId: user.id },
        happened: [
          { action: "UPDATE_USER", target: { type: "User", id: user.id }, before: shownOf(user), after },
        ],
        wakes: after.roleId === user.roleId ? [] : ["MOVE_OWNED_RECORDS"],
      };
    },
  });
}
