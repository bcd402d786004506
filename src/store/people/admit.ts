import { InvalidInput, NotFound } from "../../kernel/fault.ts";
import type { UserId } from "../../kernel/id.ts";
import type { User } from "../../policy/model/org.ts";
import { admitCapability } from "../core/admit.ts";
import type { Viewer } from "../core/viewer.ts";
import { findUser } from "../directory/users.ts";

/** The person that an input names, whatever their status. @throws {NotFound} naming the input. */
export function userNamed(viewer: Viewer, field: string, id: UserId): User {
  const user = findUser(viewer, id);
  if (user === null) throw new NotFound(field);
  return user;
}

/**
 * Admits administrators alone (UA-02): beside what the table of needs asks, who ends somebody's work, or makes them an
 * administrator, manages people.
 *
 * @throws {Forbidden}
 */
export function admitAdministrator(viewer: Viewer): void {
  admitCapability(viewer, "MANAGE_ADMIN_PERMISSIONS");
  admitCapability(viewer, "MANAGE_USERS");
}

/** @throws {InvalidInput} `ACTION_NOT_AVAILABLE`: a tombstone stays as it is (UA-61). */
export function requireNotDeleted(field: string, user: User): void {
  if (user.status !== "DELETED") return;
  throw new InvalidInput(field, `${user.name} is deleted: nothing of a deleted user changes.`, {
    code: "ACTION_NOT_AVAILABLE",
    requirement: "UA-61",
  });
}
