import { few, oneOf } from "../../database/parts.ts";
import { toGlobalId } from "../../kernel/global-id.ts";
import { asId, type RuleId } from "../../kernel/id.ts";
import { mapConstants } from "../../policy/criteria/criteria.ts";
import type { Condition } from "../../policy/model/condition.ts";
import type { Module, SharingRule } from "../../policy/model/org.ts";
import { once } from "../../policy/model/policy.ts";
import { loaderOf } from "../core/loaders.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import { byName, sortedOnce } from "../directory/sorted.ts";

/** Whether the viewer reads sharing rules whole, and not only those that explain an answer (AP-23). */
export function seesRules(viewer: Viewer): boolean {
  return viewerHolds(viewer, "MANAGE_DATA_SHARING");
}

/** The sharing rules, of one module or of all, by name, for holders of `MANAGE_DATA_SHARING`; null for others. */
export function listRules(viewer: Viewer, module: Module | null): readonly SharingRule[] | null {
  if (!seesRules(viewer)) return null;
  const { policy } = viewer;
  return module === null
    ? sortedOnce(policy, "rules", "ALL", () => byName(policy.org.rules))
    : sortedOnce(policy, "rules", module.id, () => byName(policy.rulesOfModule.get(module.id) ?? []));
}

/** A sharing rule, for holders of `MANAGE_DATA_SHARING`; null for others. */
export function findRule(viewer: Viewer, id: RuleId): SharingRule | null {
  if (!seesRules(viewer)) return null;
  const rules = once(
    viewer.policy,
    "rules by id",
    () => new Map(viewer.policy.org.rules.map((rule) => [rule.id, rule])),
  );
  return rules.get(id) ?? null;
}

/** The criteria in the shape of a record filter, references as global ids; null when there are none to read. */
export function criteriaAsFilter(viewer: Viewer, rule: SharingRule): unknown {
  if (rule.criteria === null || rule.criteria === "UNREADABLE") return null;
  const fields = viewer.policy.modules.get(rule.moduleId)?.fields ?? [];
  const withIds = mapConstants(rule.criteria, (constant, key) => {
    const type = fields.find((field) => field.key === key)?.type;
    if (type === "LOOKUP") return toGlobalId("Record", String(constant));
    return type === "USER" ? toGlobalId("User", String(constant)) : constant;
  });
  return asFilter(withIds);
}

function asFilter(condition: Condition): unknown {
  if ("all" in condition) return { all: condition.all.map(asFilter) };
  if ("any" in condition) return { any: condition.any.map(asFilter) };
  return { compare: condition };
}

/** How far a rule's criteria have been applied (SH-36). */
export type RuleProgress = { readonly appliedRecords: number; readonly totalRecords: number };

/** How far a rule has been applied, for holders of `MANAGE_DATA_SHARING`; null for others. Batched. */
export async function progressOf(viewer: Viewer, rule: SharingRule): Promise<RuleProgress | null> {
  return seesRules(viewer) ? progressOfRules(viewer).load(rule.id) : null;
}

const progressOfRules = loaderOf<RuleId, RuleProgress>(async ({ store, orgId }, ids) => {
  const rows = await store.database.reader.sharingRule.findMany({
    where: { orgId, id: oneOf(few(ids)) },
    select: { id: true, appliedRecords: true, totalRecords: true },
  });
  return new Map(rows.map(({ id, ...progress }) => [asId(id), progress]));
});
