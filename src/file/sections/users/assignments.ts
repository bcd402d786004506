import { isPlaceType } from "../../../policy/model/application.ts";
import { faultsOfValues } from "../../../policy/rights/application-values.ts";
import { type Faults, unknownName } from "../../reading/faults.ts";
import type { DocumentPath } from "../../reading/node.ts";
import { userPath } from "../../terms/references.ts";
import type { Draft } from "../section.ts";
import type { FileAssignment, FileUser } from "./index.ts";

/** What a list says of each of its applications. */
export const LISTED: FileAssignment = { isEnabled: true, values: {} };

/** What somebody has is an application, and its values are those that it asks for (UA-30). */
export function checkAssignments(draft: Draft, faults: Faults, email: string, user: FileUser): void {
  for (const [at, [key, assignment]] of [...user.applications].entries()) {
    const isListed = assignment === LISTED;
    const path = userPath(draft, email, "applications", isListed ? at : key);
    if (!draft.applications.keys.has(key)) {
      faults.add(path, {
        ...unknownName("application", key, draft.applications.keys),
        part: isListed ? "VALUE" : "KEY",
      });
      continue;
    }
    checkValues(draft, faults, path, key, assignment);
  }
}

function checkValues(
  draft: Draft,
  faults: Faults,
  path: DocumentPath,
  key: string,
  assignment: FileAssignment,
): void {
  const { isEnabled, values } = assignment;
  const application = draft.applications.entries.get(key);
  if (application === undefined) return;
  for (const { field, kind, message, expected } of faultsOfValues(application, values)) {
    // Who has it off is asked anew when it is switched on (UA-42).
    if (kind === "MISSING" && !isEnabled) continue;
    const place = kind === "MISSING" ? path : [...path, "values", field];
    faults.add(place, {
      message: message.replace(/\.$/, ""),
      expected: application.fields.some((each) => each.key === field && isPlaceType(each.type))
        ? "nothing: it stands at the user"
        : expected,
      requirement: "UA-30",
      part: kind === "WRONG" || (kind === "MISSING" && assignment === LISTED) ? "VALUE" : "KEY",
    });
  }
}
