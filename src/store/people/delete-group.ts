import type { GroupId, RuleId } from "../../kernel/id.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { groupNamed } from "../directory/named.ts";
import { releaseParty, rulesToRemove } from "../sharing/naming-party.ts";
import { deleteParty } from "../sharing/share-removal.ts";

export type GroupDeletion = {
  readonly groupId: GroupId;
  /** Whether the rules that name the group go with it. */
  readonly force: boolean;
};

export type DeletedGroup = { readonly groupId: GroupId; readonly removedRules: readonly RuleId[] };

/**
 * Deletes a group (SH-39): rules that name it refuse, or go; its places in other groups and record shares to it are void
 * with it, and swept later.
 *
 * @throws {InvalidInput} `CONFLICT` with rules that name the group; `RULE_APPLYING`.
 */
export function deleteGroup(viewer: Viewer, { groupId, force }: GroupDeletion): Promise<DeletedGroup> {
  return write(viewer, "deleteGroup", {
    read: ({ viewer }) => {
      const group = groupNamed(viewer, "input.id", groupId);
      return { group };
    },
    change: async (writing, { group }) => {
      const { id, ...before } = group;
      const named = { kind: "GROUP", id, name: group.name } as const;
      const rules = await rulesToRemove(writing, named, force);

      const happened = [...(await releaseParty(writing, named, rules))];
      const sweeps = await deleteParty(writing, { kind: "GROUP", groupId: id });
      happened.push({ action: "DELETE_GROUP", target: { type: "Group", id }, before, after: null });
      return {
        result: { groupId: id, removedRules: rules.map((rule) => rule.id) },
        happened,
        wakes: [...sweeps, ...(rules.length > 0 ? (["SWEEP_DEAD_MATCHES"] as const) : [])],
      };
    },
  });
}
