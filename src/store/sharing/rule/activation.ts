import type { RuleId } from "../../../kernel/id.ts";
import { parseStored } from "../../../policy/criteria/check.ts";
import type { SharingRule } from "../../../policy/model/org.ts";
import type { Happening } from "../../core/audit-event.ts";
import type { Viewer } from "../../core/viewer.ts";
import { type Writing, write } from "../../core/write.ts";
import { lifeColumns } from "../../grants/application.ts";
import { refuseTwin } from "./content.ts";
import { lifeAfter } from "./life.ts";
import { reachedRule } from "./reached.ts";

/**
 * Puts a deactivated rule in force again: at once without criteria, otherwise when they have been applied anew (SH-36).
 * Criteria that could not be read are read under the fields of now.
 */
export function activateSharingRule(viewer: Viewer, ruleId: RuleId): Promise<{ readonly ruleId: RuleId }> {
  return write(viewer, "activateSharingRule", {
    read: ({ viewer }) => ({ rule: reachedRule(viewer, "input.id", ruleId) }),
    change: async (writing, { rule }) => {
      const { tx, viewer } = writing;
      const { orgId, now } = viewer;
      const criteria = await criteriaNow(writing, rule);
      const life = lifeAfter(rule, { kind: "ACTIVATE", criteria, at: now });
      refuseTwin(viewer, ruleId, { ...rule, criteria });

      await tx.sharingRule.update({
        where: { orgId_id: { orgId, id: ruleId } },
        data: await lifeColumns(tx, orgId, rule.moduleId, life),
      });
      return {
        result: { ruleId },
        happened: [happening("ACTIVATE_SHARING_RULE", rule, life.status)],
        wakes: ["APPLY_SHARING_RULES", "SWEEP_DEAD_MATCHES"],
      };
    },
  });
}

/** Takes a rule out of force; while its criteria are being applied, that ends too (SH-36, SH-37). */
export function deactivateSharingRule(viewer: Viewer, ruleId: RuleId): Promise<{ readonly ruleId: RuleId }> {
  return write(viewer, "deactivateSharingRule", {
    read: ({ viewer }) => ({ rule: reachedRule(viewer, "input.id", ruleId) }),
    change: async ({ tx, viewer: { orgId } }, { rule }) => {
      const life = lifeAfter(rule, { kind: "DEACTIVATE" });
      await tx.sharingRule.update({
        where: { orgId_id: { orgId, id: ruleId } },
        data: await lifeColumns(tx, orgId, rule.moduleId, life),
      });
      return {
        result: { ruleId },
        happened: [happening("DEACTIVATE_SHARING_RULE", rule, life.status)],
        wakes: ["SWEEP_DEAD_MATCHES"],
      };
    },
  });
}

/** The criteria as they are stored, under the fields of now, even when a field was changed meanwhile. */
async function criteriaNow({ tx, viewer }: Writing, rule: SharingRule): Promise<SharingRule["criteria"]> {
  if (rule.criteria !== "UNREADABLE") return rule.criteria;
  const row = await tx.sharingRule.findUnique({
    where: { orgId_id: { orgId: viewer.orgId, id: rule.id } },
    select: { criteria: true },
  });
  return parseStored(row?.criteria, viewer.policy.modules.get(rule.moduleId)?.fields ?? []);
}

function happening(
  action: "ACTIVATE_SHARING_RULE" | "DEACTIVATE_SHARING_RULE",
  rule: SharingRule,
  status: SharingRule["status"],
): Happening {
  return {
    action,
    target: { type: "SharingRule", id: rule.id },
    before: { status: rule.status },
    after: { status },
  };
}
