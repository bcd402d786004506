import type { GroupId, RoleId, UserId } from "../../kernel/id.ts";
import type { Party } from "../../policy/model/org.ts";

/** A party as the columns of a row: rules, shares and members of groups all have these. */
export type PartyColumns = {
  readonly kind: Party["kind"];
  readonly userId: UserId | null;
  readonly roleId: RoleId | null;
  readonly groupId: GroupId | null;
};

export function partyColumns(party: Party): PartyColumns {
  const none = { kind: party.kind, userId: null, roleId: null, groupId: null };
  switch (party.kind) {
    case "USER":
      return { ...none, userId: party.userId };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return { ...none, roleId: party.roleId };
    case "GROUP":
      return { ...none, groupId: party.groupId };
    case "EVERYONE":
      return none;
  }
}
