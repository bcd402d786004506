import { NotFound } from "../../kernel/fault.ts";
import type { GroupId, RoleId, UserId } from "../../kernel/id.ts";
import type { Group, Role, User } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { findGroup } from "./groups.ts";
import { findRole } from "./roles.ts";
import { findPerson } from "./users.ts";

/** The role that an input names. @throws {NotFound} naming the input. */
export function roleNamed(viewer: Viewer, field: string, id: RoleId): Role {
  const role = findRole(viewer, id);
  if (role === null) throw new NotFound(field);
  return role;
}

/** The group that an input names. @throws {NotFound} naming the input. */
export function groupNamed(viewer: Viewer, field: string, id: GroupId): Group {
  const group = findGroup(viewer, id);
  if (group === null) throw new NotFound(field);
  return group;
}

/** The person that an input names for a part in something: see `findPerson`. @throws {NotFound} naming the input. */
export function personNamed(viewer: Viewer, field: string, id: UserId): User {
  const user = findPerson(viewer, id);
  if (user === null) throw new NotFound(field);
  return user;
}
