import type { Tx } from "../../database/database.ts";
import { untilWon } from "../../database/lost-race.ts";
import { asId, type OrgId, type RecordId, type RuleId } from "../../kernel/id.ts";
import { isSettled, keepsMatches, nextLife } from "../../policy/rights/rule-life.ts";
import { appendAuditEvent } from "../core/append-audit.ts";
import type { Workplace } from "../core/jobs/job.ts";
import { raiseVersion } from "../core/policy-version.ts";
import { fieldsOf } from "../core/snapshot/modules.ts";
import { ruleIn } from "../core/snapshot/sharing.ts";
import { lifeColumns } from "./application.ts";
import { addNextMatches } from "./derive.ts";

/** A rule that is to be applied. */
export type RuleRef = { readonly orgId: OrgId; readonly ruleId: RuleId };

/** How a batch left its rule: with more to do, with nothing more to do at that generation, or not to be applied. */
export type BatchOutcome =
  | { readonly kind: "MORE" | "OVER" }
  | { readonly kind: "COMPLETE"; readonly generation: number };

/**
 * Applies a rule's criteria to the next records of its module, in the order of ids, and remembers how far it got: one
 * transaction (SH-36).
 *
 * It shares the policy lock, so that no rule, field or criterion changes under it; it is alone with the rule, so that
 * a second instance goes on where this one ended; and it locks the records, so that a match is never made from values
 * that somebody is just replacing. Records written since the rule began have their matches from whoever wrote them.
 *
 * @param size so many records at most.
 */
export async function applyBatch(
  tx: Tx,
  { database, clock }: Workplace,
  { orgId, ruleId }: RuleRef,
  size: number,
): Promise<BatchOutcome> {
  if ((await database.lockVersion(tx, orgId, "SHARE")) === null) return { kind: "OVER" };
  await database.lockRule(tx, orgId, ruleId);
  const row = await tx.sharingRule.findUnique({ where: { orgId_id: { orgId, id: ruleId } } });
  if (row === null || isSettled(row)) return { kind: "OVER" };
  const complete = { kind: "COMPLETE", generation: row.generation } as const;
  const fields = await fieldsOf(tx, orgId, row.moduleId);
  const [rule] = ruleIn(row, fields);
  // What cannot be read matches nothing, and what has expired keeps no matches: both are applied at once.
  if (!rule || !keepsMatches(rule, clock.now())) return complete;

  const after: RecordId | null = row.appliedUpToId === null ? null : asId(row.appliedUpToId);
  const ids = await addNextMatches(database, tx, orgId, { rule, fields }, after, size);
  const last = ids.at(-1);
  if (last === undefined) return complete;
  await tx.sharingRule.update({
    where: { orgId_id: { orgId, id: ruleId } },
    data: { appliedUpToId: last, appliedRecords: { increment: ids.length } },
  });
  return ids.length < size ? complete : { kind: "MORE" };
}

/**
 * Puts a rule that was applied to every record in force, with the next version of the policy (SH-36). Criteria that
 * could not be read stay unreadable until they are written again (SH-32).
 *
 * @param generation the one that was applied; another one is not finished.
 */
export async function finishApplying(
  { database, clock }: Workplace,
  { orgId, ruleId }: RuleRef,
  generation: number,
): Promise<void> {
  const finish = async (tx: Tx): Promise<void> => {
    if ((await database.lockVersion(tx, orgId, "UPDATE")) === null) return;
    const row = await tx.sharingRule.findUnique({ where: { orgId_id: { orgId, id: ruleId } } });
    if (row === null) return;
    const [rule] = ruleIn(row, await fieldsOf(tx, orgId, row.moduleId));
    // A rule that does not name anybody any more admits nothing, as if its criteria could not be read (EN-07).
    const { criteria } = rule ?? { criteria: "UNREADABLE" };
    const state = { ...row, criteria, expiresAt: row.expiresAt?.getTime() ?? null };
    const next = nextLife(state, { kind: "FINISH", generation, criteria });
    if (next.kind === "REFUSED") return;
    const { life } = next;
    const columns = await lifeColumns(tx, orgId, asId(row.moduleId), life);
    await tx.sharingRule.update({ where: { orgId_id: { orgId, id: ruleId } }, data: columns });
    await raiseVersion(tx, orgId);
    await appendAuditEvent(database, tx, {
      orgId,
      at: clock.now(),
      actorId: null,
      action: "APPLY_SHARING_RULE",
      target: { type: "SharingRule", id: ruleId },
      before: { status: "APPLYING" },
      after: {
        status: life.status,
        generation,
        records: columns.totalRecords ?? 0,
        isReadable: !life.isBroken,
      },
    });
  };
  await untilWon(() => database.write(finish));
}
