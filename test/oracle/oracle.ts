import type { Action, OrganizationFile, Question } from "./file.ts";
import { mayInGates } from "./gates.ts";
import { isGranted } from "./grants.ts";
import { at, findPerson } from "./people.ts";
import { isAgent } from "./support.ts";

export { holds } from "./holds.ts";

/**
 * The one rule of `spec/README.md`: every gate holds and at least one grant admits.
 *
 * As slow and as literal as can be: its purpose is to disagree with the engine. Whoever is no user of the file, and
 * whatever record or module is not in it, is refused.
 */
export function may(file: OrganizationFile, question: Question): boolean {
  const record = at(at(file.records, question.module), question.recordKey);
  if (record === undefined) return false;
  if (!isAgent(file, question.user) && findPerson(file, question.user) === undefined) return false;
  return mayInGates(file, question) && isGranted(file, question, record);
}

/** The keys of the module's records for which `may` says yes. */
export function reachable(
  file: OrganizationFile,
  user: string,
  module: string,
  action: Action,
  now: number,
): Set<string> {
  const reached = new Set<string>();
  for (const recordKey of Object.keys(at(file.records, module) ?? {})) {
    if (may(file, { user, action, module, recordKey, now })) reached.add(recordKey);
  }
  return reached;
}
