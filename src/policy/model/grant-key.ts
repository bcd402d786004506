import { asId } from "../../kernel/id.ts";
import type { Party, SharingRule } from "./org.ts";

/**
 * The key under which a share to the party is stored and found (`u:` user, `r:` role, `s:` role and its
 * subordinates, `g:` group).
 */
export function partyKey(party: Party): string {
  switch (party.kind) {
    case "USER":
      return `u:${party.userId}`;
    case "ROLE":
      return `r:${party.roleId}`;
    case "ROLE_AND_SUBORDINATES":
      return `s:${party.roleId}`;
    case "GROUP":
      return `g:${party.groupId}`;
    case "EVERYONE":
      return "everyone";
  }
}

/** The party whose shares a key is of; null for a key of another kind. */
export function partyOfKey(key: string): Party | null {
  const [kind, id = ""] = key.split(":");
  switch (kind) {
    case "u":
      return { kind: "USER", userId: asId(id) };
    case "r":
      return { kind: "ROLE", roleId: asId(id) };
    case "s":
      return { kind: "ROLE_AND_SUBORDINATES", roleId: asId(id) };
    case "g":
      return { kind: "GROUP", groupId: asId(id) };
    default:
      return null;
  }
}

/**
 * The key of a criteria rule's matches. A new generation (new criteria, a reactivation) is another key, so that
 * matches of an older one admit nothing from the same instant on, swept or not.
 */
export function criteriaKey(rule: Pick<SharingRule, "id" | "generation">): string {
  return `c:${rule.id}#${rule.generation}`;
}

/** Whose matches a key is of; null for a key of a share. */
export function ruleOfKey(key: string): Pick<SharingRule, "id" | "generation"> | null {
  const [, id, generation] = /^c:([0-9a-f-]{36})#(\d+)$/.exec(key) ?? [];
  if (id === undefined) return null;
  return { id: asId<"SharingRule">(id), generation: Number(generation) };
}
