import { partyKey } from "../model/grant-key.ts";
import { FORECASTS, type Party, type User } from "../model/org.ts";
import { hasSeq, type SeqMask } from "../model/owners.ts";
import { membersOf } from "../model/party.ts";
import { once, type Policy, type Question } from "../model/policy.ts";
import type { Grant, Kind } from "./kind.ts";

/**
 * Records handed to the viewer, to its role, to its role or one above with its subordinates, or to a group that
 * holds it (SH-41). Levels and expiry stand in the grant rows; a share does not climb to the recipient's superiors.
 */
export const recordShare: Kind = {
  name: "RECORD_SHARE",
  *grants(question) {
    if (question.module.key !== FORECASTS) yield* sharesTo(question);
  },
  path: ({ policy, viewer }, grant) => ({
    sentence: `The record is shared with ${recipientName(policy, viewer, grant.scope)}.`,
    level: null,
    rolePath: [],
  }),
  absence: ({ module, viewer, action }) =>
    module.key === FORECASTS ? null : `No live record share gives ${viewer.name} ${action}.`,
};

/**
 * One grant for each key of the viewer, the same in every module: who is meant by a share is decided in the compiled
 * policy, so that a change of membership rewrites no row.
 */
function sharesTo(question: Question): readonly Grant[] {
  return once(question, sharesTo, () =>
    recipientsOf(question.policy, question.viewer).map(
      (recipient): Grant => ({
        kind: "RECORD_SHARE",
        scope: { records: "KEYED", key: partyKey(recipient), within: null },
        until: null,
      }),
    ),
  );
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
  const groups = groupMembers(policy).filter(({ members }) => hasSeq(members, viewer.seq));
  return [{ kind: "USER", userId: viewer.id }, ...roles, ...groups.map(({ group }) => group)];
}

type GroupMembers = { readonly group: Party; readonly members: SeqMask };

function groupMembers(policy: Policy): readonly GroupMembers[] {
  return once(policy, groupMembers, () =>
    [...policy.groups.keys()].map((groupId): GroupMembers => {
      const group: Party = { kind: "GROUP", groupId };
      return { group, members: membersOf(policy, group).mask };
    }),
  );
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
