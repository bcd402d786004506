import { NotFound } from "../../../kernel/fault.ts";
import type { RuleId } from "../../../kernel/id.ts";
import type { SharingRule } from "../../../policy/model/org.ts";
import type { Viewer } from "../../core/viewer.ts";
import { findRule } from "../rules.ts";

/**
 * The rule that an input names. Rules are read by those alone who may change them, so to others there is none (AP-23).
 *
 * @throws {NotFound} naming the input.
 */
export function reachedRule(viewer: Viewer, field: string, id: RuleId): SharingRule {
  const rule = findRule(viewer, id);
  if (rule === null) throw new NotFound(field);
  return rule;
}
