import { membersOf } from "../party.ts";
import type { Kind } from "./kind.ts";

/** The owner of a record has every action on it. In a team module ownership counts through the team role (TU-21). */
export const ownership: Kind = {
  name: "OWNERSHIP",
  *grants({ policy, viewer, module }) {
    if (module.kind === "TEAM") return;
    const owners = membersOf(policy, { kind: "USER", userId: viewer.id });
    yield { kind: "OWNERSHIP", scope: { records: "OWNED", owners }, until: null };
  },
  path: ({ viewer }) => ({ sentence: `${viewer.name} owns the record.`, level: "FULL", rolePath: [] }),
  absence: ({ policy, viewer, module }, record) => {
    if (module.kind === "TEAM") return null;
    const owner = policy.usersBySeq[record.ownerSeq];
    return `The record belongs to ${owner?.name ?? "someone else"}, not to ${viewer.name}.`;
  },
};
