import type { GroupId } from "../../kernel/id.ts";
import { partyKey } from "./grant-key.ts";
import type { Group, Party } from "./org.ts";
import { CycleError } from "./tree.ts";

/**
 * What groups hold with the groups inside them, however deep (SH-40).
 *
 * Nothing is kept for each group but its own members: of ten thousand groups, each inside the next, the members of all
 * together would be fifty million.
 */
export type GroupNesting = {
  /** The members that are not groups, of it and of every group inside it, each once. */
  readonly closure: (group: GroupId) => readonly Party[];
  /** It and the groups inside it, each after those inside itself. */
  readonly innerFirst: (group: GroupId) => readonly GroupId[];
};

/**
 * Compiles nested groups.
 *
 * @throws {CycleError} when a group contains itself.
 */
export function compileGroups(groups: readonly Group[]): GroupNesting {
  const rows = new Map(groups.map((group) => [group.id, group]));
  const known = new Set<GroupId>();
  for (const { id } of groups) for (const each of walkInside(rows, id, known)) known.add(each);
  const innerFirst = (group: GroupId) => (rows.has(group) ? walkInside(rows, group, new Set()) : []);
  return {
    innerFirst,
    closure(group) {
      const members = new Map<string, Party>();
      for (const id of innerFirst(group)) {
        for (const member of rows.get(id)?.members ?? [])
          if (member.kind !== "GROUP") members.set(partyKey(member), member);
      }
      return [...members.values()];
    },
  };
}

/**
 * The group and those inside it, each after those inside itself. Without recursion: depth is that of the data.
 *
 * @param known groups that are left out, with all that is inside them.
 * @throws {CycleError} when one contains itself.
 */
function walkInside(
  rows: ReadonlyMap<GroupId, Group>,
  first: GroupId,
  known: ReadonlySet<GroupId>,
): readonly GroupId[] {
  const done: GroupId[] = [];
  const isDone = new Set<GroupId>();
  const path: GroupId[] = [];
  const onPath = new Set<GroupId>();
  const open: Iterator<Party>[] = [];
  const enter = (group: GroupId) => {
    path.push(group);
    onPath.add(group);
    open.push((rows.get(group)?.members ?? [])[Symbol.iterator]());
  };
  if (!known.has(first)) enter(first);
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { value: member, done: isDry } = top.next();
    if (isDry === true) {
      open.pop();
      const left = path.pop() ?? first;
      onPath.delete(left);
      isDone.add(left);
      done.push(left);
    } else if (member.kind === "GROUP") {
      const { groupId } = member;
      if (onPath.has(groupId)) throw cycleAt(rows, path, groupId);
      if (rows.has(groupId) && !known.has(groupId) && !isDone.has(groupId)) enter(groupId);
    }
  }
  return done;
}

function cycleAt(rows: ReadonlyMap<GroupId, Group>, path: readonly GroupId[], group: GroupId): CycleError {
  const cycle = [...path.slice(path.indexOf(group)), group];
  return new CycleError(cycle.map((id) => rows.get(id)?.key ?? id));
}
