import { InvalidInput } from "../../../kernel/fault.ts";
import { toGlobalId } from "../../../kernel/global-id.ts";
import type { RuleId } from "../../../kernel/id.ts";
import type { SharingRule } from "../../../policy/model/org.ts";
import { meaningOf } from "../../../policy/rights/rule-meaning.ts";
import type { RuleFacts } from "../../core/audit-event.ts";
import type { Viewer } from "../../core/viewer.ts";
import { partyColumns } from "../../grants/party-columns.ts";

/** What a rule says, as it is written and as the audit log keeps it. */
export type RuleContent = Omit<SharingRule, "id" | "generation">;

/** What a rule says as columns, but for its criteria and its status. */
export function contentColumns(content: RuleContent) {
  const { key, name, moduleId, source, target, level, includeSuperiors, expiresAt } = content;
  const from = source === null ? null : partyColumns(source);
  const to = partyColumns(target);
  return {
    key,
    name,
    moduleId,
    sourceKind: from?.kind ?? null,
    sourceRoleId: from?.roleId ?? null,
    sourceGroupId: from?.groupId ?? null,
    targetKind: to.kind,
    targetUserId: to.userId,
    targetRoleId: to.roleId,
    targetGroupId: to.groupId,
    level,
    includeSuperiors,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
}

/** What a rule says, for the audit log. */
export function contentAsEvent(content: RuleContent): RuleFacts {
  const { key, name, moduleId, source, criteria, target, level, includeSuperiors, status, expiresAt } =
    content;
  return {
    key,
    name,
    moduleId,
    source,
    criteria,
    target,
    level,
    includeSuperiors,
    status,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}

/** @throws {InvalidInput} for a rule that says neither whose records nor which (SH-30). */
export function requireSourceOrCriteria(
  field: string,
  { source, criteria }: Pick<RuleContent, "source" | "criteria">,
) {
  if (source !== null || criteria !== null) return;
  throw new InvalidInput(field, "A sharing rule goes by source, by criteria, or by both.", {
    requirement: "SH-30",
  });
}

/** @throws {InvalidInput} `CONFLICT` when another rule of the module has the name (SH-30). */
export function refuseNamesake(viewer: Viewer, own: RuleId | null, { moduleId, name }: RuleContent): void {
  const twin = othersIn(viewer, own, moduleId).find((rule) => rule.name === name);
  if (twin !== undefined)
    throw conflict(
      "input.name",
      `The module has a sharing rule ${JSON.stringify(name)} already.`,
      "SH-30",
      twin,
    );
}

/**
 * Whatever its status, and whenever it ends: a twin is a twin.
 *
 * @throws {InvalidInput} `CONFLICT` when another rule has the same module, source, criteria, target and level (SH-38).
 */
export function refuseTwin(viewer: Viewer, own: RuleId | null, content: RuleContent): void {
  const meaning = meaningOf(content);
  if (meaning === null) return;
  const twin = othersIn(viewer, own, content.moduleId).find((rule) => meaningOf(rule) === meaning);
  if (twin !== undefined)
    throw conflict("input", `The sharing rule ${twin.name} is exactly the same.`, "SH-38", twin);
}

/** @throws {InvalidInput} `CONFLICT` when another rule of the organisation has the key. */
export function refuseSameKey(viewer: Viewer, { key }: RuleContent): void {
  const twin = viewer.policy.org.rules.find((rule) => rule.key === key);
  if (twin !== undefined)
    throw conflict("input.key", `There is a sharing rule with the key ${key} already.`, null, twin);
}

function othersIn(
  viewer: Viewer,
  own: RuleId | null,
  moduleId: RuleContent["moduleId"],
): readonly SharingRule[] {
  return (viewer.policy.rulesOfModule.get(moduleId) ?? []).filter((rule) => rule.id !== own);
}

function conflict(
  field: string,
  sentence: string,
  requirement: string | null,
  twin: SharingRule,
): InvalidInput {
  return new InvalidInput(field, sentence, {
    code: "CONFLICT",
    ...(requirement === null ? {} : { requirement }),
    details: { twin: toGlobalId("SharingRule", twin.id) },
  });
}
