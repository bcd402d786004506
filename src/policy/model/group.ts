import type { GroupId } from "../../kernel/id.ts";
import { partyKey } from "./grant-key.ts";
import type { Group, Party } from "./org.ts";
import { CycleError } from "./tree.ts";

/** For each group, the members that are not groups, of it and of every group inside it (SH-40). */
export type GroupClosure = ReadonlyMap<GroupId, readonly Party[]>;

/**
 * Flattens nested groups.
 *
 * @throws {CycleError} when a group contains itself.
 */
export function compileGroups(groups: readonly Group[]): GroupClosure {
  const rows = new Map(groups.map((group) => [group.id, group]));
  const closure = new Map<GroupId, Party[]>();

  function flatten(group: Group, path: readonly GroupId[]): Party[] {
    if (path.includes(group.id)) {
      const cycle = [...path.slice(path.indexOf(group.id)), group.id];
      throw new CycleError(cycle.map((id) => rows.get(id)?.key ?? id));
    }
    const known = closure.get(group.id);
    if (known) return known;
    const members = new Map<string, Party>();
    for (const member of group.members) {
      const inner = member.kind === "GROUP" ? rows.get(member.groupId) : undefined;
      const parts = member.kind === "GROUP" ? (inner ? flatten(inner, [...path, group.id]) : []) : [member];
      for (const part of parts) members.set(partyKey(part), part);
    }
    const flat = [...members.values()];
    closure.set(group.id, flat);
    return flat;
  }

  for (const group of groups) flatten(group, []);
  return closure;
}
