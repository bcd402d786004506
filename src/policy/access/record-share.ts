import { partyKey } from "../grant-key.ts";
import { FORECASTS, type Party, type User } from "../org.ts";
import { isMember } from "../party.ts";
import { once, type Policy, type Question } from "../policy.ts";
import type { Kind } from "./kind.ts";

/**
 * Records handed to the viewer, to its role, to its role or one above with its subordinates, or to a group that
 * holds it (SH-41). Levels and expiry stand in the grant rows; a share does not climb to the recipient's superiors.
 */
export const recordShare: Kind = {
  name: "RECORD_SHARE",
  *grants(question) {
    if (question.module.key === FORECASTS) return;
    for (const key of shareKeysOf(question)) {
      yield { kind: "RECORD_SHARE", scope: { records: "KEYED", key, within: null }, until: null };
    }
  },
  path: ({ policy, viewer }, grant) => ({
    sentence: `The record is shared with ${recipientName(policy, viewer, grant.scope)}.`,
    level: null,
    rolePath: [],
  }),
  absence: ({ module, viewer, action }) =>
    module.key === FORECASTS ? null : `No live record share gives ${viewer.name} ${action}.`,
};

/** The grant keys of the viewer, decided in the compiled policy: a change of membership rewrites no row. */
function shareKeysOf(question: Question): readonly string[] {
  return once(question, "share keys", () => recipientsOf(question.policy, question.viewer).map(partyKey));
}

function recipientsOf(policy: Policy, viewer: User): readonly Party[] {
  const { roleId } = viewer;
  const roles: readonly Party[] =
    roleId === null
      ? []
      : [
          { kind: "ROLE", roleId },
          ...[roleId, ...policy.roleTree.ancestors(roleId)].map(
            (above): Party => ({ kind: "ROLE_AND_SUBORDINATES", roleId: above }),
          ),
        ];
  const groups = [...policy.groups.values()]
    .map((group): Party => ({ kind: "GROUP", groupId: group.id }))
    .filter((group) => isMember(policy, group, viewer));
  return [{ kind: "USER", userId: viewer.id }, ...roles, ...groups];
}

function recipientName(
  policy: Policy,
  viewer: User,
  scope: { readonly records: string; readonly key?: string },
): string {
  const recipient = recipientsOf(policy, viewer).find((party) => partyKey(party) === scope.key);
  switch (recipient?.kind) {
    case "ROLE":
      return `the role ${policy.roles.get(recipient.roleId)?.name}`;
    case "ROLE_AND_SUBORDINATES":
      return `the role ${policy.roles.get(recipient.roleId)?.name} and its subordinates`;
    case "GROUP":
      return `the group ${policy.groups.get(recipient.groupId)?.name}`;
    case "USER":
    case "EVERYONE":
    case undefined:
      return viewer.name;
  }
}
