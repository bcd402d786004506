import { foldEmail } from "../kernel/text.ts";
import { type CriteriaField, type ReadCondition, readCondition } from "../policy/criteria/check.ts";
import { mapConstants } from "../policy/criteria/criteria.ts";
import type { Draft, DraftModule, DraftRule } from "./draft.ts";
import { fieldOf } from "./fields.ts";

/**
 * A rule's criteria under the fields of its module, addresses of USER constants in lower case; null when the rule has
 * none or its module is malformed or missing.
 */
export function readCriteria(draft: Draft, rule: DraftRule): ReadCondition | null {
  const module = draft.modules.entries.get(rule.module);
  if (module === undefined || rule.criteria === undefined) return null;
  const read = readCondition(rule.criteria, criteriaFields(module));
  if (read.kind === "FAULTS") return read;
  const isUser = (field: string) => module.fields[field]?.type === "USER";
  return {
    kind: "CONDITION",
    condition: mapConstants(read.condition, (constant, field) =>
      isUser(field) ? foldEmail(String(constant)) : constant,
    ),
  };
}

function criteriaFields(module: DraftModule): CriteriaField[] {
  return Object.entries(module.fields).map(([key, written]) => ({ key, ...fieldOf(written) }));
}
