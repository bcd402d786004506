import { type Faults, shown } from "../../reading/faults.ts";
import { hasModule, hasUser, isAgentOf, moduleKind } from "../../terms/references.ts";
import type { Draft } from "../section.ts";
import { readValues } from "./values.ts";

/** Records are of modules of the file, owned by whom may own them, with values that fit the fields. */
export function checkRecords(draft: Draft, faults: Faults): void {
  for (const [module, { entries }] of draft.records ?? []) {
    if (!hasModule(draft, faults, ["records", module], module)) continue;
    for (const [key, record] of entries) {
      checkOwner(draft, faults, module, key, record.owner);
      for (const { path, ...found } of readValues(draft, module, record).faults) {
        faults.add(["records", module, key, "values", ...path], found);
      }
    }
  }
}

function checkOwner(draft: Draft, faults: Faults, module: string, key: string, owner: string): void {
  // The agent owns what it creates, and the grant is in the file (SA-08).
  if (isAgentOf(draft, owner)) return;
  const path = ["records", module, key, "owner"];
  if (!hasUser(draft, faults, path, owner) || moduleKind(draft, module) !== "ORGANIZATION") return;
  if (draft.users.entries.get(owner)?.license !== "TEAM") return;
  faults.add(path, {
    message: `${shown(owner)} is a team user, ${shown(module)} an organisation module`,
    expected: "a user with the licence REGULAR",
    requirement: "TU-22",
  });
}
