import { v7 } from "uuid";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type GroupId } from "../../kernel/id.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import { nestingLoop } from "../../policy/model/nesting.ts";
import type { Group, Party } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { readName, readNewName } from "../directory/input.ts";
import { readKey, requireFreeKey } from "../directory/key.ts";
import { groupNamed } from "../directory/named.ts";
import { partyNamed } from "../directory/party-named.ts";
import { partyColumns } from "../grants/party-columns.ts";

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
};

/** Changes a group's name and members. @throws {InvalidInput} `CONFLICT` when it would contain itself (SH-40). */
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
      const group = groupNamed(viewer, "input.id", change.groupId);
      const members = change.members === undefined ? undefined : membersNamed(viewer, change.members);
      return { newName, group, members };
    },
    change: async (writing, { newName, group, members }) => {
      const { tx, viewer } = writing;
      const { orgId } = viewer;
      if (members !== undefined) requireNoLoop(viewer, group, members);

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

/** The members that an input names, in its order, each once. @throws {InvalidInput} and {NotFound} naming the input. */
function membersNamed(viewer: Viewer, members: readonly Party[]): readonly Party[] {
  requireOnce(members);
  return members.map((member, at) => partyNamed(viewer, `input.members.${at}`, member));
}

function requireOnce(members: readonly Party[]): void {
  const seen = new Set<string>();
  for (const [at, member] of members.entries()) {
    const key = partyKey(member);
    if (seen.has(key)) throw new InvalidInput(`input.members.${at}`, "The member is named twice.");
    seen.add(key);
  }
}

function requireNoLoop({ policy }: Viewer, group: Group, members: readonly Party[]): void {
  const loop = nestingLoop(policy.groups, group.id, members);
  if (loop === null) return;
  const at = members.findIndex((member) => member.kind === "GROUP" && member.groupId === loop[0]);
  const way = [group.id, ...loop].map((id) => policy.groups.get(id)?.name ?? id).join(" → ");
  throw new InvalidInput(`input.members.${at}.group`, `A group inside itself: ${way}.`, {
    code: "CONFLICT",
    requirement: "SH-40",
  });
}

/** Rows of members at once: SQLite refuses about a thousand binds in one statement (trap 7). */
const BATCH = 100;

async function writeMembers(
  { tx, viewer }: Writing,
  groupId: GroupId,
  members: readonly Party[],
): Promise<void> {
  const data = members.map((member, position) => {
    const { groupId: memberGroupId, ...columns } = partyColumns(member);
    return { orgId: viewer.orgId, groupId, position, ...columns, memberGroupId };
  });
  for (let from = 0; from < data.length; from += BATCH)
    await tx.groupMember.createMany({ data: data.slice(from, from + BATCH) });
}
