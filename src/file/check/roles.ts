import { cyclesOf, cycleText } from "./cycles.ts";
import { type Check, hasRole, hasUser } from "./references.ts";

/** Parents and forecast managers exist; roles form a forest (SH-20). */
export const checkRoles: Check = (draft, faults) => {
  for (const [key, { parent, forecastManager }] of draft.roles.entries) {
    if (parent !== null) hasRole(draft, faults, ["roles", key, "parent"], parent);
    if (forecastManager === null) continue;
    const path = ["roles", key, "forecastManager"];
    if (
      hasUser(draft, faults, path, forecastManager) &&
      draft.users.entries.get(forecastManager)?.status === "DELETED"
    ) {
      faults.add(path, {
        message: `${forecastManager} is deleted`,
        expected: "a user who is not deleted",
        requirement: "UA-61",
      });
    }
  }
  const parents = (key: string) => {
    const parent = draft.roles.entries.get(key)?.parent ?? null;
    return parent === null ? [] : [parent];
  };
  for (const cycle of cyclesOf(draft.roles.entries.keys(), parents)) {
    faults.add(["roles", cycle.at(-1) ?? "", "parent"], {
      message: `a role under itself: ${cycleText(cycle)}`,
      expected: "a parent that is not below the role",
      requirement: "SH-20",
    });
  }
};
