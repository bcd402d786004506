import { membersOf } from "../model/party.ts";
import type { Kind } from "./kind.ts";

/**
 * Users of a role with `shareDataWithPeers` reach each other's records as superiors do (SH-21), in private
 * organisation modules only (SH-20). Peers go by the role tree whatever the hierarchy (SH-25).
 */
export const peers: Kind = {
  name: "PEERS",
  *grants({ policy, viewer, module }) {
    if (module.kind === "TEAM" || module.defaultAccess !== "PRIVATE" || viewer.roleId === null) return;
    if (!policy.roles.get(viewer.roleId)?.shareDataWithPeers) return;
    const owners = membersOf(policy, { kind: "ROLE", roleId: viewer.roleId });
    yield { kind: "PEERS", scope: { records: "OWNED", owners }, until: null };
  },
  path: ({ policy, viewer }, _grant, record) => {
    const role = viewer.roleId === null ? undefined : policy.roles.get(viewer.roleId);
    const owner = policy.usersBySeq[record.ownerSeq];
    return {
      sentence: `${viewer.name} and the owner, ${owner?.name ?? "unknown"}, are peers in the role ${role?.name}.`,
      level: "FULL",
      rolePath: role ? [role.name] : [],
    };
  },
  absence: ({ policy, viewer, module }, record) => {
    if (module.kind === "TEAM" || module.defaultAccess !== "PRIVATE" || viewer.roleId === null) return null;
    const role = policy.roles.get(viewer.roleId);
    const isPeer = policy.usersBySeq[record.ownerSeq]?.roleId === viewer.roleId;
    return isPeer && role ? `The role ${role.name} does not share data with peers.` : null;
  },
};
