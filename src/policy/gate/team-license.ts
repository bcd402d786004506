import type { Action } from "../model/org.ts";
import type { Gate } from "./gate.ts";

/** In an organisation module the team licence reads and does nothing else (TU-11, TU-12). */
export const teamLicense: Gate = {
  name: "TEAM_LICENSE",
  refuse: ({ viewer, module, action }) =>
    viewer.license !== "TEAM" || module.kind === "TEAM" || action === "READ"
      ? null
      : {
          gate: "TEAM_LICENSE",
          sentence: `A team user may read in ${module.label}, but not ${VERB[action]} its records.`,
          requirement: LINE[action],
        },
};

const VERB: Readonly<Record<Exclude<Action, "READ">, string>> = {
  UPDATE: "update",
  DELETE: "delete",
  SHARE: "share",
  CHANGE_OWNER: "change the owner of",
};

const LINE: Readonly<Record<Exclude<Action, "READ">, string>> = {
  UPDATE: "TU-12a",
  DELETE: "TU-12a",
  SHARE: "TU-12e",
  CHANGE_OWNER: "TU-12d",
};
