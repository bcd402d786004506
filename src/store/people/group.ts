import { v7 } from "uuid";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type GroupId } from "../../kernel/id.ts";
import type { Party } from "../../policy/model/org.ts";
import { groupVersion, readExpectedVersion, requireVersion } from "../core/own-version.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readName, readNewName } from "../directory/input.ts";
import { readKey, requireFreeKey } from "../directory/key.ts";
import { groupNamed } from "../directory/named.ts";
import { membersNamed, requireNoLoop, requireOnce, writeMembers } from "./members.ts";

type OneGroup = { readonly groupId: GroupId };

export type NewGroup = {
  readonly name: string;
  /** Random when there is none. */
  readonly key?: string | null | undefined;
  readonly members: readonly Party[];
};

/** Makes a group (SH-40). */
export function createGroup(viewer: Viewer, wanted: NewGroup): Promise<OneGroup> {
  return write(viewer, "createGroup", {
    read: ({ viewer }) => {
      const name = readName("input.name", wanted.name);
      const key = readKey("input.key", wanted.key);
      const members = membersNamed(viewer, wanted.members);
      return { name, key, members };
    },
    change: async (writing, { name, key, members }) => {
      const { tx, viewer } = writing;
      const { orgId, policy } = viewer;
      requireFreeKey("input.key", key, "Group", policy.org.groups);

      // Nothing can contain it yet, so no members of its own can make it contain itself.
      const id: GroupId = asId(v7({ msecs: viewer.now }));
      await tx.group.create({ data: { orgId, id, key, name } });
      await writeMembers(writing, id, members);
      const after = { key, name, members };
      return {
        result: { groupId: id },
        happened: [{ action: "CREATE_GROUP", target: { type: "Group", id }, before: null, after }],
      };
    },
  });
}

/** What of a group is to change; undefined leaves it. */
export type GroupChange = {
  readonly groupId: GroupId;
  readonly name?: string | null | undefined;
  /** The whole list, in its order. */
  readonly members?: readonly Party[] | null | undefined;
  /** The group's version when its members were read: needed to replace them. */
  readonly expectedVersion?: number | null | undefined;
};

/**
 * Changes a group's name and members.
 *
 * @throws {InvalidInput} `CONFLICT` when it would contain itself, or has another version than was read (SH-40).
 */
export function updateGroup(viewer: Viewer, change: GroupChange): Promise<OneGroup> {
  return write(viewer, "updateGroup", {
    read: ({ viewer }) => {
      const newName = readNewName("input.name", change.name);
      if (change.members === null)
        throw new InvalidInput(
          "input.members",
          "Name the members, none of them as []; leave it out to keep them.",
        );
      requireOnce(change.members ?? []);
      const expected =
        change.members === undefined ? null : readExpectedVersion(change.expectedVersion, "The members");
      const group = groupNamed(viewer, "input.id", change.groupId);
      const members = change.members === undefined ? undefined : membersNamed(viewer, change.members);
      return { newName, group, members, expected };
    },
    change: async (writing, { newName, group, members, expected }) => {
      const { tx, viewer } = writing;
      const { orgId } = viewer;
      if (expected !== null) requireVersion(expected, await groupVersion(viewer, group.id));
      if (members !== undefined) requireNoLoop(viewer, group, members, members);

      const name = newName ?? group.name;
      await tx.group.update({ where: { orgId_id: { orgId, id: group.id } }, data: { name } });
      if (members !== undefined) {
        await tx.groupMember.deleteMany({ where: { orgId, groupId: group.id } });
        await writeMembers(writing, group.id, members);
      }
      return {
        result: { groupId: group.id },
        happened: [
          {
            action: "UPDATE_GROUP",
            target: { type: "Group", id: group.id },
            before: { name: group.name, ...(members === undefined ? {} : { members: group.members }) },
            after: { name, ...(members === undefined ? {} : { members }) },
          },
        ],
      };
    },
  });
}
