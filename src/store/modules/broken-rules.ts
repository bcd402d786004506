import { checkCondition } from "../../policy/criteria/check.ts";
import { fieldsOf } from "../../policy/criteria/criteria.ts";
import { criteriaKey } from "../../policy/model/grant-key.ts";
import type { Field, Module, SharingRule } from "../../policy/model/org.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Viewer } from "../core/viewer.ts";
import type { Writing } from "../core/write.ts";

/** The rules of a module, by whether a change of its fields leaves them their meaning. */
export type RulesAfter = { readonly broken: readonly SharingRule[]; readonly kept: readonly SharingRule[] };

/**
 * Which rules a change of fields breaks (SH-32): those that use the field that became another or went, those whose
 * criteria do not read under the fields afterwards, and those that could not be read before, so that no field made
 * later gives them a meaning again.
 *
 * @param fields the fields of the module afterwards.
 * @param changed the key of the field that became another or went; null when none did.
 */
export function rulesAfter(
  { policy }: Viewer,
  module: Module,
  fields: readonly Field[],
  changed: string | null,
): RulesAfter {
  const isBroken = ({ criteria }: SharingRule) => {
    if (criteria === null) return false;
    if (criteria === "UNREADABLE") return true;
    if (changed !== null && fieldsOf(criteria).has(changed)) return true;
    return checkCondition(criteria, fields).length > 0;
  };
  const rules = policy.rulesOfModule.get(module.id) ?? [];
  return { broken: rules.filter(isBroken), kept: rules.filter((rule) => !isBroken(rule)) };
}

/**
 * Breaks rules: they admit nothing and say so until somebody writes their criteria again or activates them anew. Their matches go, and a new
 * generation sees to it that none of them counts, whoever was about to store some.
 *
 * A rule stays active or deactivated as it was, for that is somebody's wish. One that was being applied is not any
 * more, since there is nothing to apply: it becomes active, which is what it was to become, and stays without effect.
 */
export async function breakRules(
  { tx, viewer: { orgId } }: Writing,
  rules: readonly SharingRule[],
): Promise<readonly Happening[]> {
  if (rules.length === 0) return [];
  const ids = rules.map((rule) => rule.id);
  const whole = await tx.sharingRule.findMany({
    where: { orgId, id: { in: ids }, isBroken: false },
    select: { id: true },
  });
  const breaking = rules.filter((rule) => whole.some(({ id }) => id === rule.id));
  if (breaking.length === 0) return [];
  const where = { orgId, id: { in: breaking.map((rule) => rule.id) } };
  await tx.sharingRule.updateMany({
    where: { ...where, status: "APPLYING" },
    data: { status: "ACTIVE", appliedRecords: 0, totalRecords: 0, appliedUpToId: null },
  });
  await tx.sharingRule.updateMany({ where, data: { isBroken: true, generation: { increment: 1 } } });
  await tx.recordGrant.deleteMany({ where: { orgId, key: { in: breaking.map(criteriaKey) } } });
  return breaking.map(({ id, status, criteria }) => ({
    action: "BREAK_SHARING_RULE",
    target: { type: "SharingRule", id },
    before: { status, criteria, isBroken: false },
    after: { status: status === "APPLYING" ? "ACTIVE" : status, criteria, isBroken: true },
  }));
}
