import type { GroupId, RuleId } from "../../kernel/id.ts";
import { admitCapability } from "../core/admit.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, type Written, write } from "../core/write.ts";
import { groupNamed } from "../directory/named.ts";
import { releaseParty, rulesToRemove } from "../sharing/naming-party.ts";

export type GroupDeletion = {
  readonly groupId: GroupId;
  /** Whether the rules that name the group go with it. */
  readonly force: boolean;
};

export type DeletedGroup = { readonly groupId: GroupId; readonly removedRules: readonly RuleId[] };

/**
 * Deletes a group (SH-39): rules that name it refuse, or go; its places in other groups and record shares to it go with
 * it.
 *
 * @throws {InvalidInput} `CONFLICT` with rules that name the group; `RULE_APPLYING`.
 */
export async function deleteGroup(viewer: Viewer, deletion: GroupDeletion): Promise<DeletedGroup> {
  const result = await write(viewer, "deleteGroup", (writing) => remove(writing, deletion));
  if (result.removedRules.length > 0) viewer.store.jobs.wake(["APPLY_SHARING_RULES", "SWEEP_DEAD_MATCHES"]);
  return result;
}

async function remove(writing: Writing, { groupId, force }: GroupDeletion): Promise<Written<DeletedGroup>> {
  const { tx, viewer } = writing;
  const group = groupNamed(viewer, "input.id", groupId);
  admitCapability(viewer, "deleteGroup");
  const { id, ...before } = group;
  const named = { kind: "GROUP", id, name: group.name } as const;
  const rules = await rulesToRemove(writing, named, force);

  const happened = [...(await releaseParty(writing, named, rules))];
  await tx.group.delete({ where: { orgId_id: { orgId: viewer.orgId, id } } });
  happened.push({ action: "DELETE_GROUP", target: { type: "Group", id }, before, after: null });
  return { result: { groupId: id, removedRules: rules.map((rule) => rule.id) }, happened };
}
