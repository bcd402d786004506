import { InvalidInput } from "../../../kernel/fault.ts";
import type { RuleId } from "../../../kernel/id.ts";
import { isLive } from "../../../kernel/instant.ts";
import { parseStored } from "../../../policy/criteria/check.ts";
import type { SharingRule } from "../../../policy/model/org.ts";
import type { Happening } from "../../core/audit-event.ts";
import type { Viewer } from "../../core/viewer.ts";
import { type Writing, write } from "../../core/write.ts";
import { beginning, NOT_APPLYING } from "../../grants/application.ts";
import { refuseTwin } from "./content.ts";
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
      if (rule.status === "APPLYING") throw notNow(rule, "is being applied");
      // One whose criteria cannot be read is in force by name only.
      if (rule.status === "ACTIVE" && rule.criteria !== "UNREADABLE") throw notNow(rule, "is active already");
      const criteria = await criteriaNow(writing, rule);
      if (criteria === "UNREADABLE")
        throw new InvalidInput(
          "input.id",
          `The criteria of the sharing rule ${rule.name} do not fit the fields of its module any more. Write them again.`,
          { code: "CONFLICT", requirement: "SH-32" },
        );
      refuseTwin(viewer, ruleId, { ...rule, criteria });

      const status = criteria !== null && isLive(rule.expiresAt, now) ? "APPLYING" : "ACTIVE";
      await tx.sharingRule.update({
        where: { orgId_id: { orgId, id: ruleId } },
        data: {
          status,
          isBroken: false,
          ...(criteria === null ? {} : { generation: rule.generation + 1 }),
          ...(status === "APPLYING" ? await beginning(tx, orgId, rule.moduleId) : NOT_APPLYING),
        },
      });
      return {
        result: { ruleId },
        happened: [happening("ACTIVATE_SHARING_RULE", rule, status)],
        wakes: ["APPLY_SHARING_RULES", "SWEEP_DEAD_MATCHES"],
      };
    },
  });
}

/** Takes a rule out of force; while its criteria are being applied, that ends too (SH-36, SH-37). */
export function deactivateSharingRule(viewer: Viewer, ruleId: RuleId): Promise<{ readonly ruleId: RuleId }> {
  return write(viewer, "deactivateSharingRule", {
    read: ({ viewer }) => ({ rule: reachedRule(viewer, "input.id", ruleId) }),
    change: async ({ tx, viewer }, { rule }) => {
      if (rule.status === "INACTIVE") throw notNow(rule, "is deactivated already");
      await tx.sharingRule.update({
        where: { orgId_id: { orgId: viewer.orgId, id: ruleId } },
        data: { status: "INACTIVE", ...NOT_APPLYING },
      });
      return {
        result: { ruleId },
        happened: [happening("DEACTIVATE_SHARING_RULE", rule, "INACTIVE")],
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

function notNow(rule: SharingRule, sentence: string): InvalidInput {
  return new InvalidInput("input.id", `The sharing rule ${rule.name} ${sentence}.`, {
    code: "ACTION_NOT_AVAILABLE",
    requirement: "SH-37",
  });
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
