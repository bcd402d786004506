import type { FileParty } from "../../policy/organization-file.ts";
import { type ImportRun, idOfKey } from "./run.ts";

/** A party of the file as the columns of a row. */
export function partyColumns(run: ImportRun, party: FileParty) {
  const columns = { kind: party.kind, userId: null, roleId: null, groupId: null };
  switch (party.kind) {
    case "USER":
      return { ...columns, userId: idOfKey(run.users, party.email).id };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return { ...columns, roleId: idOfKey(run.roles, party.role) };
    case "GROUP":
      return { ...columns, groupId: idOfKey(run.groups, party.group) };
    case "EVERYONE":
      return columns;
  }
}
