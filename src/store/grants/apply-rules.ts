import { asId, type RuleId } from "../../kernel/id.ts";
import type { Job, Run } from "../core/jobs/job.ts";
import { applyBatch, finishApplying, type RuleRef } from "./apply-batch.ts";

/** Applies the criteria of sharing rules to the records there are (SH-36): batches of every rule in turn. */
export const applyRules: Job = {
  name: "APPLY_SHARING_RULES",
  lane: "DATABASE",
  run: applyAll,
  everyMs: null,
};

/** Until none is left; a rule that fails does not keep the others waiting. */
async function applyAll(run: Run): Promise<void> {
  const failed = new Map<RuleId, unknown>();
  for (;;) {
    const rules = (await rulesToApply(run)).filter(({ ruleId }) => !failed.has(ruleId));
    if (rules.length === 0) break;
    for (const rule of rules) {
      if (run.isOver()) return;
      await applySome(run, rule).catch((error: unknown) => failed.set(rule.ruleId, error));
    }
  }
  for (const [, error] of failed) throw error;
}

async function applySome(run: Run, rule: RuleRef): Promise<void> {
  const outcome = await run.pace.write(run.database, (tx, size) => applyBatch(tx, run, rule, size));
  if (outcome.kind === "COMPLETE") await finishApplying(run, rule, outcome.generation);
}

async function rulesToApply({ database }: Run): Promise<readonly RuleRef[]> {
  const rows = await database.reader.sharingRule.findMany({
    where: { status: "APPLYING" },
    orderBy: { id: "asc" },
    select: { orgId: true, id: true },
  });
  return rows.map(({ orgId, id }) => ({ orgId: asId(orgId), ruleId: asId(id) }));
}
