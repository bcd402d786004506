import { partyKey } from "../../policy/model/grant-key.ts";
import type { Group, Party, Role, User } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { findUser } from "./users.ts";

/** A party with the row that it names, as a reader may see it. */
export type NamedParty = {
  readonly kind: Party["kind"];
  /** Kind and id in one text: different for different parties. */
  readonly key: string;
  /** The name of what it names; empty for everyone. */
  readonly name: string;
  readonly user: User | null;
  readonly role: Role | null;
  readonly group: Group | null;
};

/** Resolves a party in memory; null when what it names is gone, or is the support agent (SA-06). */
export function namedParty(viewer: Viewer, party: Party): NamedParty | null {
  const none = { kind: party.kind, key: partyKey(party), name: "", user: null, role: null, group: null };
  switch (party.kind) {
    case "USER": {
      const user = findUser(viewer, party.userId);
      return user && { ...none, name: user.name, user };
    }
    case "ROLE":
    case "ROLE_AND_SUBORDINATES": {
      const role = viewer.policy.roles.get(party.roleId) ?? null;
      return role && { ...none, name: role.name, role };
    }
    case "GROUP": {
      const group = viewer.policy.groups.get(party.groupId) ?? null;
      return group && { ...none, name: group.name, group };
    }
    case "EVERYONE":
      return none;
  }
}
