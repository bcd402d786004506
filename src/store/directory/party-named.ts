import { NotFound } from "../../kernel/fault.ts";
import type { Party } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { findGroup } from "./groups.ts";
import { findRole } from "./roles.ts";
import { findPerson } from "./users.ts";

/**
 * The party that an input names, when what it names is there: see `findPerson` for whom nobody can name.
 *
 * @param field the input, such as `input.with`; the refusal names the member below it.
 * @throws {NotFound} naming the member of the input.
 */
export function partyNamed(viewer: Viewer, field: string, wanted: Party): Party {
  if (isThere(viewer, wanted)) return wanted;
  throw new NotFound(`${field}.${MEMBER[wanted.kind]}`);
}

/** The member of a party input that each kind comes from. */
const MEMBER: Readonly<Record<Party["kind"], string>> = {
  USER: "user",
  ROLE: "role",
  ROLE_AND_SUBORDINATES: "roleAndSubordinates",
  GROUP: "group",
  EVERYONE: "everyone",
};

function isThere(viewer: Viewer, wanted: Party): boolean {
  switch (wanted.kind) {
    case "USER":
      return findPerson(viewer, wanted.userId) !== null;
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return findRole(viewer, wanted.roleId) !== null;
    case "GROUP":
      return findGroup(viewer, wanted.groupId) !== null;
    case "EVERYONE":
      return true;
  }
}
