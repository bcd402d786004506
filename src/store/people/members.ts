import { inParts, rowsOf } from "../../database/parts.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import type { GroupId } from "../../kernel/id.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import { nestingLoop } from "../../policy/model/nesting.ts";
import type { Group, Party } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import type { Writing } from "../core/write.ts";
import { partyNamed } from "../directory/party-named.ts";
import { partyColumns } from "../grants/party-columns.ts";

/** The members that an input names, in its order, each once. @throws {InvalidInput} and {NotFound} naming the input. */
export function membersNamed(viewer: Viewer, members: readonly Party[]): readonly Party[] {
  requireOnce(members);
  return members.map((member, at) => partyNamed(viewer, `input.members.${at}`, member));
}

export function requireOnce(members: readonly Party[]): void {
  const seen = new Set<string>();
  for (const [at, member] of members.entries()) {
    const key = partyKey(member);
    if (seen.has(key)) throw new InvalidInput(`input.members.${at}`, "The member is named twice.");
    seen.add(key);
  }
}

/**
 * @param named what the input names.
 * @param members what the group would have.
 * @throws {InvalidInput} `CONFLICT` when the group would contain itself (SH-40).
 */
export function requireNoLoop(
  { policy }: Viewer,
  group: Group,
  named: readonly Party[],
  members: readonly Party[],
): void {
  const loop = nestingLoop(policy.groups, group.id, members);
  if (loop === null) return;
  const at = named.findIndex((member) => member.kind === "GROUP" && member.groupId === loop[0]);
  const way = [group.id, ...loop].map((id) => policy.groups.get(id)?.name ?? id).join(" → ");
  throw new InvalidInput(`input.members.${at}.group`, `A group inside itself: ${way}.`, {
    code: "CONFLICT",
    requirement: "SH-40",
  });
}

/** Members named by four columns each in one statement. */
const TOGETHER = 100;

/** Writes members after those that there are. */
export async function writeMembers(
  { tx, viewer }: Writing,
  groupId: GroupId,
  members: readonly Party[],
): Promise<void> {
  const { orgId } = viewer;
  const last = await tx.groupMember.aggregate({ where: { orgId, groupId }, _max: { position: true } });
  const first = (last._max.position ?? -1) + 1;
  const data = members.map((member, at) => ({
    orgId,
    groupId,
    position: first + at,
    ...memberColumns(member),
  }));
  for (const part of inParts(data)) await tx.groupMember.createMany({ data: rowsOf(part) });
}

/** Removes members; the others keep their places. */
export async function removeMembers(
  { tx, viewer: { orgId } }: Writing,
  groupId: GroupId,
  members: readonly Party[],
): Promise<void> {
  for (const part of inParts(members.map(memberColumns), TOGETHER))
    await tx.groupMember.deleteMany({ where: { orgId, groupId, OR: rowsOf(part) } });
}

function memberColumns(member: Party) {
  const { groupId: memberGroupId, ...columns } = partyColumns(member);
  return { ...columns, memberGroupId };
}
