import type { Gate } from "./gate.ts";

/** Only active users reach anything. */
export const status: Gate = {
  name: "STATUS",
  refuse: ({ viewer }) =>
    viewer.status === "ACTIVE"
      ? null
      : { gate: "STATUS", sentence: `${viewer.name} is ${viewer.status.toLowerCase()}, not active.` },
};
