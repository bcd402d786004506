import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { AssignmentValues } from "../../policy/model/application.ts";
import type { Happening } from "../../store/core/audit-event.ts";

/** An application of a person as its row has it. */
type Assigned = { readonly application: string; readonly isEnabled: boolean; readonly values: unknown };

/** What became of somebody's applications, an event for each as the mutations tell it (SA-24). */
export function assignmentsTold(
  userId: string,
  before: readonly Assigned[],
  after: readonly Assigned[],
): readonly Happening[] {
  const left = new Map(before.map((each) => [each.application, each]));
  const happened = after.flatMap((each) => {
    const was = left.get(each.application) ?? null;
    left.delete(each.application);
    return assignmentTold(userId, was, each);
  });
  return [...happened, ...[...left.values()].flatMap((each) => assignmentTold(userId, each, null))];
}

function assignmentTold(userId: string, was: Assigned | null, is: Assigned | null): readonly Happening[] {
  const target = { type: "User", id: userId } as const;
  const facts = ({ application, isEnabled, values }: Assigned) => ({
    application,
    isEnabled,
    values: Object(values) as AssignmentValues,
  });
  if (was === null)
    return is ? [{ action: "ASSIGN_APPLICATION", target, before: null, after: facts(is) }] : [];
  const before = facts(was);
  if (is === null) return [{ action: "UNASSIGN_APPLICATION", target, before, after: null }];
  const after = facts(is);
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (was.isEnabled === is.isEnabled)
    return [{ action: "EDIT_APPLICATION_ASSIGNMENT", target, before, after }];
  return [{ action: is.isEnabled ? "ENABLE_APPLICATION" : "DISABLE_APPLICATION", target, before, after }];
}
