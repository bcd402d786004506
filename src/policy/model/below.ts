import type { User } from "./org.ts";
import { addSeq, emptyMask, type Owners } from "./owners.ts";
import { holdersBelow } from "./party.ts";
import type { Policy } from "./policy.ts";

/**
 * Who stands below a person, strictly: in the role tree, or with `hierarchy: REPORTING` by "reports to" (SH-20, SH-25).
 * Null where nobody can.
 */
export function ownersBelow(policy: Policy, user: User): Owners | null {
  if (policy.org.hierarchy === "REPORTING") return reportsOf(policy, user);
  return user.roleId === null ? null : holdersBelow(policy, user.roleId);
}

function reportsOf(policy: Policy, user: User): Owners {
  const mask = emptyMask(policy.width);
  for (const below of policy.reportingTree.descendants(user.id)) {
    const report = policy.users.get(below);
    if (report) addSeq(mask, report.seq);
  }
  return { mask, roles: emptyMask(policy.org.roles.length) };
}
