import type { Gate } from "./gate.ts";

/** Without an enabled CRM assignment a member has no record access (UA-04). The agent is no member and needs none. */
export const application: Gate = {
  name: "APPLICATION",
  refuse: ({ viewer }) =>
    viewer.license === "SUPPORT" || viewer.applications.has("CRM")
      ? null
      : {
          gate: "APPLICATION",
          sentence: `${viewer.name} does not have the CRM application.`,
          requirement: "UA-04",
        },
};
