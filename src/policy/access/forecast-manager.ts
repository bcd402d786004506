import { FORECASTS } from "../model/org.ts";
import { membersOf } from "../model/party.ts";
import type { Kind } from "./kind.ts";

/**
 * In `forecasts` a role's forecast manager reads the forecasts of users of that same role, also when peers do not
 * share (SH-22). A manager who has left the role reads them no longer.
 */
export const forecastManager: Kind = {
  name: "FORECAST_MANAGER",
  *grants({ policy, viewer, module, action }) {
    if (module.key !== FORECASTS || action !== "READ" || viewer.roleId === null) return;
    if (policy.roles.get(viewer.roleId)?.forecastManagerId !== viewer.id) return;
    const owners = membersOf(policy, { kind: "ROLE", roleId: viewer.roleId });
    yield { kind: "FORECAST_MANAGER", scope: { records: "OWNED", owners }, until: null };
  },
  path: ({ policy, viewer }) => {
    const role = viewer.roleId === null ? undefined : policy.roles.get(viewer.roleId);
    return {
      sentence: `${viewer.name} is the forecast manager of the role ${role?.name}.`,
      level: "READ_ONLY",
      rolePath: role ? [role.name] : [],
    };
  },
  absence: ({ module, viewer, action }) => {
    if (module.key !== FORECASTS) return null;
    return action === "READ"
      ? `${viewer.name} is not the forecast manager of the owner's role.`
      : "A forecast manager reads forecasts and does nothing else with them.";
  },
};
