import type { Party } from "../../policy/model/org.ts";
import type { FileParty } from "../organization-file.ts";
import { type ImportRun, idOfKey } from "./run.ts";

/** The party that the file names, by ids. */
export function partyOf(run: ImportRun, party: FileParty): Party {
  switch (party.kind) {
    case "USER":
      return { kind: party.kind, userId: idOfKey(run.users, party.email).id };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return { kind: party.kind, roleId: idOfKey(run.roles, party.role) };
    case "GROUP":
      return { kind: party.kind, groupId: idOfKey(run.groups, party.group) };
    case "EVERYONE":
      return party;
  }
}
