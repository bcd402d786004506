import { InvalidInput } from "../../kernel/fault.ts";
import type { GroupId } from "../../kernel/id.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import type { Party } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { groupNamed } from "../directory/named.ts";
import { membersNamed, removeMembers, requireNoLoop, requireOnce, writeMembers } from "./members.ts";

export type MembersChange = { readonly groupId: GroupId; readonly members: readonly Party[] };

type OneGroup = { readonly groupId: GroupId };

/**
 * Adds members to a group, after those that it has: whoever else adds or removes some meanwhile loses nothing (SH-40).
 * Who is one already stays one.
 *
 * @throws {InvalidInput} `CONFLICT` when the group would contain itself.
 */
export function addGroupMembers(viewer: Viewer, change: MembersChange): Promise<OneGroup> {
  return write(viewer, "addGroupMembers", {
    read: ({ viewer }) => readMembers(viewer, change),
    change: async (writing, { group, members }) => {
      const present = new Set(group.members.map(partyKey));
      const added = members.filter((member) => !present.has(partyKey(member)));
      requireNoLoop(writing.viewer, group, members, [...group.members, ...added]);

      await writeMembers(writing, group.id, added);
      return {
        result: { groupId: group.id },
        happened: [
          {
            action: "ADD_GROUP_MEMBERS",
            target: { type: "Group", id: group.id },
            before: null,
            after: { members: added },
          },
        ],
      };
    },
  });
}

/** Removes members from a group, in force on the next request (SH-40). Who is none stays none. */
export function removeGroupMembers(viewer: Viewer, change: MembersChange): Promise<OneGroup> {
  return write(viewer, "removeGroupMembers", {
    read: ({ viewer }) => readMembers(viewer, change),
    change: async (writing, { group, members }) => {
      const present = new Set(group.members.map(partyKey));
      const removed = members.filter((member) => present.has(partyKey(member)));

      await removeMembers(writing, group.id, removed);
      return {
        result: { groupId: group.id },
        happened: [
          {
            action: "REMOVE_GROUP_MEMBERS",
            target: { type: "Group", id: group.id },
            before: { members: removed },
            after: null,
          },
        ],
      };
    },
  });
}

function readMembers(viewer: Viewer, { groupId, members: named }: MembersChange) {
  if (named.length === 0) throw new InvalidInput("input.members", "Name at least one member.");
  requireOnce(named);
  const group = groupNamed(viewer, "input.id", groupId);
  return { group, members: membersNamed(viewer, named) };
}
