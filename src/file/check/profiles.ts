import { shown } from "../reading/faults.ts";
import { type Check, hasModule, moduleKind } from "./references.ts";

/** Permissions are about organisation modules: a team module is opened by membership, whatever the profile (TU-21). */
export const checkProfiles: Check = (draft, faults) => {
  for (const [key, { entry }] of draft.profiles.entries) {
    for (const module of Object.keys(entry.modules)) {
      const path = ["profiles", key, "modules", module];
      if (!hasModule(draft, faults, path, module) || moduleKind(draft, module) !== "TEAM") continue;
      faults.add(path, {
        message: `${shown(module)} is a team module, where membership decides and no profile`,
        expected: "an organisation module",
        part: "KEY",
        requirement: "TU-21",
      });
    }
  }
};
