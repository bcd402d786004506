import type { GroupId } from "../../kernel/id.ts";
import type { Group, Party } from "./org.ts";

/**
 * How a group would contain itself with these members: the groups from a member of its own down to it, each inside the
 * one before (SH-40). Null when it would not. Depth is no limit.
 *
 * @param groups the groups of the organisation; what is said there of the members of `group` does not count.
 */
export function nestingLoop(
  groups: ReadonlyMap<GroupId, Group>,
  group: GroupId,
  members: readonly Party[],
): readonly GroupId[] | null {
  /** Each group that was met, with the one that it is inside of; null for a member of the group's own. */
  const within = new Map<GroupId, GroupId | null>();
  const open = nestedIn(members).map((id): readonly [GroupId, GroupId | null] => [id, null]);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [at, from] = next;
    if (within.has(at)) continue;
    within.set(at, from);
    if (at === group) return wayTo(at, within);
    for (const inner of nestedIn(groups.get(at)?.members ?? [])) open.push([inner, at]);
  }
  return null;
}

function nestedIn(members: readonly Party[]): GroupId[] {
  return members.flatMap((member) => (member.kind === "GROUP" ? [member.groupId] : []));
}

function wayTo(group: GroupId, within: ReadonlyMap<GroupId, GroupId | null>): readonly GroupId[] {
  const way: GroupId[] = [];
  for (let at: GroupId | null = group; at !== null; at = within.get(at) ?? null) way.push(at);
  return way.reverse();
}
