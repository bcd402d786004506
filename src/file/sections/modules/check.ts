import { MAX_TEAM_USER_MODULES, RESERVED_FIELDS, RESERVED_MODULES } from "../../../policy/model/naming.ts";
import { FORECASTS } from "../../../policy/model/org.ts";
import { type Faults, shown } from "../../reading/faults.ts";
import { hasModule, moduleKind } from "../../terms/references.ts";
import type { Draft } from "../section.ts";

/** Keys are free, the built-in module and team modules are what they have to be, lookups lead to a module. */
export function checkModules(draft: Draft, faults: Faults): void {
  for (const [key, module] of draft.modules.entries) {
    const path = ["modules", key];
    if (RESERVED_MODULES.includes(key)) {
      faults.add(path, {
        message: `${shown(key)} is a reserved module key`,
        expected: "another key",
        part: "KEY",
        requirement: "SH-08",
      });
    }
    if (key === FORECASTS && module.kind === "TEAM") {
      faults.add([...path, "kind"], {
        message: "forecasts is an organisation module",
        expected: "ORGANIZATION",
        requirement: "SH-09",
      });
    }
    if (module.defaultAccess !== "PRIVATE" && key === FORECASTS) {
      faults.add([...path, "default"], {
        message: "forecasts is always private",
        expected: "PRIVATE",
        requirement: "SH-09",
      });
    } else if (module.defaultAccess !== "PRIVATE" && module.kind === "TEAM") {
      faults.add([...path, "default"], {
        message: "a default does not count in a team module",
        expected: "no default",
        requirement: "TU-21",
      });
    }
    for (const [fieldKey, field] of module.fields) {
      const fieldPath = [...path, "fields", fieldKey];
      if (RESERVED_FIELDS.includes(fieldKey)) {
        faults.add(fieldPath, {
          message: `every record has ${shown(fieldKey)} already`,
          expected: "another key",
          part: "KEY",
        });
      }
      if (field.lookupModule !== null) hasModule(draft, faults, [...fieldPath, "module"], field.lookupModule);
    }
  }
  checkTeamUserModules(draft, faults);
}

function checkTeamUserModules(draft: Draft, faults: Faults): void {
  const seen = new Set<string>();
  for (const { index, entry: key } of draft.modules.openToTeam) {
    const path = ["teamUserModules", index];
    if (hasModule(draft, faults, path, key) && moduleKind(draft, key) === "TEAM") {
      faults.add(path, {
        message: `${shown(key)} is a team module, open to its members`,
        expected: "an organisation module",
        requirement: "TU-10",
      });
    }
    if (seen.has(key))
      faults.add(path, { message: `${shown(key)} is listed already`, expected: "each module once" });
    seen.add(key);
    if (index !== MAX_TEAM_USER_MODULES) continue;
    faults.add(path, {
      message: `the profile of team users opens at most ${MAX_TEAM_USER_MODULES} organisation modules`,
      expected: `at most ${MAX_TEAM_USER_MODULES} entries`,
      code: "TEAM_MODULE_LIMIT",
      requirement: "TU-10",
    });
  }
}
