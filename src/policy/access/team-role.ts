import { viewerAlone } from "../model/party.ts";
import { teamCell } from "../rights/team-permission.ts";
import type { Kind } from "./kind.ts";

/** In a team module a member's role gives all records, or the member's own (TU-21). */
export const teamRole: Kind = {
  name: "TEAM_ROLE",
  *grants(question) {
    const { viewer, module, action } = question;
    const role = module.kind === "TEAM" ? viewer.teamRoles.get(module.id) : undefined;
    if (role === undefined) return;
    switch (teamCell(role, action)) {
      case "ALL":
        yield { kind: "TEAM_ROLE", scope: { records: "ALL" }, until: null };
        return;
      case "OWN": {
        const owners = viewerAlone(question);
        yield { kind: "TEAM_ROLE", scope: { records: "OWNED", owners }, until: null };
        return;
      }
      case "NO":
        return;
    }
  },
  path: ({ viewer, module, action }, grant) => {
    const role = viewer.teamRoles.get(module.id) ?? null;
    const reachOfRole = grant.scope.records === "ALL" ? "every record" : "the member's own records";
    return {
      sentence: `${viewer.name} is ${role} of the team module ${module.label}, which gives ${action} on ${reachOfRole}.`,
      level: role,
      rolePath: [],
    };
  },
  absence: ({ viewer, module, action }) => {
    if (module.kind !== "TEAM") return null;
    const role = viewer.teamRoles.get(module.id);
    return role === undefined
      ? `${viewer.name} is not a member of the team module ${module.label}.`
      : `The team role ${role} gives ${action} in ${module.label} on own records only.`;
  },
};
