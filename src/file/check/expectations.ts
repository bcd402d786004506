import type { Draft } from "../draft.ts";
import { type Faults, shown } from "../reading/faults.ts";
import type { Path } from "../reading/node.ts";
import { type Check, hasModule, hasUser } from "./references.ts";

/** The keys of `expect.access` rows that name an action. */
const ACTION_KEYS = ["read", "update", "delete", "share", "changeOwner"] as const;

/** Expectations are about users (or the agent), modules and records of the file, and say something. */
export const checkExpectations: Check = (draft, faults) => {
  for (const { index, entry } of draft.expect?.access ?? []) {
    const path = ["expect", "access", index];
    hasSubject(draft, faults, [...path, "user"], entry.user);
    if (!hasModule(draft, faults, [...path, "module"], entry.module)) continue;
    const named = ACTION_KEYS.filter((action) => entry[action] !== undefined);
    if (named.length === 0)
      faults.add(path, {
        message: "the row names no action",
        expected: `at least one of ${ACTION_KEYS.join(", ")}`,
      });
    for (const action of named) {
      for (const [at, key] of (entry[action] ?? []).entries()) {
        if (draft.records?.get(entry.module)?.keys.has(key) === true) continue;
        faults.add([...path, action, at], {
          message: `${shown(entry.module)} has no record ${shown(key)}`,
          expected: "the key of a record",
        });
      }
    }
  }
  for (const { index, entry } of draft.expect?.capabilities ?? []) {
    const path = ["expect", "capabilities", index];
    hasSubject(draft, faults, [...path, "user"], entry.user);
    for (const [at, capability] of entry.denied.entries()) {
      if (!entry.allowed.includes(capability)) continue;
      faults.add([...path, "denied", at], {
        message: `${capability} is expected to be allowed too`,
        expected: "either allowed or denied",
      });
    }
  }
};

function hasSubject(draft: Draft, faults: Faults, path: Path, email: string): void {
  if (email !== draft.supportAccess?.agent) hasUser(draft, faults, path, email);
}
