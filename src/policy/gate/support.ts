import { capabilitiesOf } from "../rights/holding.ts";
import { liveSupportGrant, nextSupportChange } from "../rights/support-window.ts";
import type { Gate } from "./gate.ts";

/**
 * The support agent's door: open only inside its window (SA-01, SA-03), and a denial beats every grant (SA-07,
 * SA-08). Members always pass.
 */
export const support: Gate = {
  name: "SUPPORT",
  refuse: ({ policy, viewer, action, now }) => {
    if (viewer.license !== "SUPPORT") return null;
    if (!liveSupportGrant(policy, viewer, now)) {
      return { gate: "SUPPORT", sentence: "No support access is open.", requirement: "SA-01" };
    }
    if (action === "DELETE" && !capabilitiesOf(policy, viewer, now).has("RECORD_DELETE")) {
      return {
        gate: "SUPPORT",
        sentence: "The support grant denies deleting records (RECORD_DELETE).",
        requirement: "SA-08",
      };
    }
    return null;
  },
  nextChange: ({ policy, viewer, now }) =>
    viewer.license === "SUPPORT" ? nextSupportChange(policy, viewer, now) : null,
};
