import type { RuleId } from "../../../kernel/id.ts";
import type { Viewer } from "../../core/viewer.ts";
import { write } from "../../core/write.ts";
import { contentAsEvent } from "./content.ts";
import { refuseWhileApplying } from "./life.ts";
import { reachedRule } from "./reached.ts";

/** Deletes a sharing rule. Its matches admit nothing from then on; they are swept in the background. */
export function deleteSharingRule(viewer: Viewer, ruleId: RuleId): Promise<{ readonly ruleId: RuleId }> {
  return write(viewer, "deleteSharingRule", {
    read: ({ viewer }) => ({ rule: reachedRule(viewer, "input.id", ruleId) }),
    change: async ({ tx, viewer: { orgId } }, { rule }) => {
      refuseWhileApplying(rule);
      await tx.sharingRule.delete({ where: { orgId_id: { orgId, id: ruleId } } });
      return {
        result: { ruleId },
        happened: [
          {
            action: "DELETE_SHARING_RULE",
            target: { type: "SharingRule", id: ruleId },
            before: contentAsEvent(rule),
            after: null,
          },
        ],
        wakes: ["SWEEP_DEAD_MATCHES"],
      };
    },
  });
}
