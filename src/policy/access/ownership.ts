import { viewerAlone } from "../model/party.ts";
import type { Kind } from "./kind.ts";

/** The owner of a record has every action on it. In a team module ownership counts through the team role (TU-21). */
export const ownership: Kind = {
  name: "OWNERSHIP",
  *grants(question) {
    if (question.module.kind === "TEAM") return;
    const owners = viewerAlone(question);
    yield { kind: "OWNERSHIP", scope: { records: "OWNED", owners }, until: null };
  },
  path: ({ viewer }) => ({ sentence: `${viewer.name} owns the record.`, level: "FULL", rolePath: [] }),
  absence: ({ policy, viewer, module }, record) => {
    if (module.kind === "TEAM") return null;
    const owner = policy.usersBySeq[record.ownerSeq];
    return `The record belongs to ${owner?.name ?? "someone else"}, not to ${viewer.name}.`;
  },
};
