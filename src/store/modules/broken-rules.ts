import { inParts, oneOf } from "../../database/parts.ts";
import { checkCondition } from "../../policy/criteria/check.ts";
import { fieldsOf } from "../../policy/criteria/criteria.ts";
import type { Field, Module, SharingRule } from "../../policy/model/org.ts";
import { nextLife } from "../../policy/rights/rule-life.ts";
import type { Happening } from "../core/audit-event.ts";
import type { JobName } from "../core/jobs/job.ts";
import type { Viewer } from "../core/viewer.ts";
import type { Writing } from "../core/write.ts";
import { lifeColumns } from "../grants/application.ts";

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
 * Breaks rules: they admit nothing and say so until somebody writes their criteria again or activates them anew. With
 * a new generation none of their matches counts any more, whoever was about to store some; they are swept later
 * (`wakesOfBroken`).
 */
export async function breakRules(
  { tx, viewer: { orgId } }: Writing,
  rules: readonly SharingRule[],
): Promise<readonly Happening[]> {
  if (rules.length === 0) return [];
  const ids = rules.map((rule) => rule.id);
  const whole = new Set<string>();
  for (const part of inParts(ids)) {
    const where = { orgId, id: oneOf(part), isBroken: false };
    for (const { id } of await tx.sharingRule.findMany({ where, select: { id: true } })) whole.add(id);
  }
  const breaking = rules.filter((rule) => whole.has(rule.id));
  if (breaking.length === 0) return [];
  const lives = breaking.map((rule) => ({ rule, life: nextLife(rule, { kind: "BREAK" }).life }));
  // Those of one status and generation live on alike.
  const alike = Map.groupBy(lives, ({ rule }) => `${rule.status} ${rule.generation}`);
  for (const some of alike.values()) {
    const [first] = some;
    if (first === undefined) continue;
    const data = await lifeColumns(tx, orgId, first.rule.moduleId, first.life);
    for (const part of inParts(some.map(({ rule }) => rule.id)))
      await tx.sharingRule.updateMany({ where: { orgId, id: oneOf(part) }, data });
  }
  return lives.map(({ rule: { id, status, criteria }, life }) => ({
    action: "BREAK_SHARING_RULE",
    target: { type: "SharingRule", id },
    before: { status, criteria, isBroken: false },
    after: { status: life.status, criteria, isBroken: life.isBroken },
  }));
}

/** The background work that broken rules leave. */
export function wakesOfBroken(broken: readonly Happening[]): readonly JobName[] {
  return broken.length > 0 ? ["SWEEP_DEAD_MATCHES"] : [];
}
