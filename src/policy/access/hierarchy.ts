import { ownersBelow } from "../model/below.ts";
import type { User } from "../model/org.ts";
import type { Owners } from "../model/owners.ts";
import { once, type Question } from "../model/policy.ts";
import type { Kind } from "./kind.ts";

/**
 * A superior has the owner's reach, strictly (SH-20), in private organisation modules only. By the role tree, or with
 * `hierarchy: REPORTING` by "reports to", where managers of any status pass it on (SH-25).
 */
export const hierarchy: Kind = {
  name: "HIERARCHY",
  *grants(question) {
    const { module } = question;
    if (module.kind === "TEAM" || module.defaultAccess !== "PRIVATE") return;
    const owners = subordinatesOf(question);
    if (owners) yield { kind: "HIERARCHY", scope: { records: "OWNED", owners }, until: null };
  },
  path: (question, _grant, record) => {
    const owner = question.policy.usersBySeq[record.ownerSeq];
    if (question.policy.org.hierarchy === "REPORTING") {
      const chain = chainDown(question, owner);
      return {
        // Without those between: the sentence is for whoever may ask, and they are not.
        sentence: `${question.viewer.name} stands above the owner, ${owner?.name ?? "unknown"}, who reports to them, or to somebody who does.`,
        level: "FULL",
        rolePath: chain.map(({ name }) => name),
        chain,
      };
    }
    const rolePath = pathDown(question, owner);
    return {
      sentence: `${question.viewer.name} stands above the owner, ${owner?.name ?? "unknown"}: ${rolePath.join(" → ")}.`,
      level: "FULL",
      rolePath,
    };
  },
  absence: ({ policy, viewer, module }, record) => {
    if (module.kind === "TEAM") return null;
    if (module.defaultAccess !== "PRIVATE")
      return `${module.label} is not private, so the hierarchy adds nothing.`;
    const owner = policy.usersBySeq[record.ownerSeq];
    return `${viewer.name} does not stand above the owner, ${owner?.name ?? "unknown"}.`;
  },
};

function subordinatesOf(question: Question): Owners | null {
  const { policy, viewer } = question;
  const below = () => ownersBelow(policy, viewer);
  return policy.org.hierarchy === "REPORTING" ? once(question, "reports", below) : below();
}

/** The people from the viewer down to the owner, each the manager of the next. */
function chainDown({ policy, viewer }: Question, owner: User | undefined): readonly User[] {
  if (!owner) return [];
  const up = [owner.id, ...policy.reportingTree.ancestors(owner.id)];
  return up
    .slice(0, up.indexOf(viewer.id) + 1)
    .reverse()
    .flatMap((id) => policy.users.get(id) ?? []);
}

/** The names of the roles from the viewer's down to the owner's. */
function pathDown({ policy, viewer }: Question, owner: User | undefined): readonly string[] {
  if (!owner || owner.roleId === null || viewer.roleId === null) return [];
  const up = [owner.roleId, ...policy.roleTree.ancestors(owner.roleId)];
  return up
    .slice(0, up.indexOf(viewer.roleId) + 1)
    .reverse()
    .map((id) => policy.roles.get(id)?.name ?? id);
}
