import { InvalidInput } from "../../../kernel/fault.ts";
import { toGlobalId } from "../../../kernel/global-id.ts";
import type { RuleId, UserId } from "../../../kernel/id.ts";
import { compareText } from "../../../kernel/text.ts";
import type { User } from "../../../policy/model/org.ts";
import type { Happening } from "../../core/audit-event.ts";
import type { Viewer } from "../../core/viewer.ts";
import { type Writing, write } from "../../core/write.ts";
import {
  admitRemovingRules,
  releaseParty,
  requireRemovable,
  rulesThatName,
} from "../../sharing/naming-party.ts";
import { leaveSharesWith } from "../../sharing/share-removal.ts";
import { requireAdministratorStays } from "../administrator-stays.ts";
import { admitAdministrator, requireNotDeleted, userNamed } from "../admit.ts";
import { withdrawInvitations } from "../invitation/invite.ts";
import type { WantedHeir } from "../transfers/begin.ts";
import { dependentsOf, ownedRecords } from "./dependents.ts";
import { admitLeavingHeir, beginLeavingTransfer, readLeavingHeir } from "./heir.ts";

export type UserDeletion = {
  readonly userId: UserId;
  readonly isConfirmed: boolean;
  /** Whether the rules that name the person go with them. */
  readonly force: boolean;
  /** Who gets their records; null leaves them to the tombstone. */
  readonly heir: WantedHeir | null;
};

export type DeletedUser = {
  readonly userId: UserId;
  readonly removedRules: readonly RuleId[];
  readonly transferId: string | null;
};

/**
 * Deletes a person for good, and leaves a tombstone (UA-61): name, last role and number, by which their records are
 * reached as those of somebody who is inactive (SH-24), and whom they reported to. The address is free; applications,
 * team roles and places in groups go; shares to them are void, and swept later; shares that they gave stay, and so do values that name them.
 *
 * @throws {Forbidden} to all but administrators (UA-02); for rules that are to go, without `MANAGE_DATA_SHARING`;
 * for an heir, without `MODIFY_ALL_DATA` (UA-64).
 * @throws {InvalidInput} `CONFIRMATION_REQUIRED` with what depends on the person (UA-60); `ACTION_NOT_AVAILABLE` for a
 * tombstone; `LAST_ADMINISTRATOR`; `CONFLICT` with rules that name the person (SH-39); `RULE_APPLYING`.
 */
export function deleteUser(
  viewer: Viewer,
  { userId, isConfirmed, force, heir: wanted }: UserDeletion,
): Promise<DeletedUser> {
  return write(viewer, "deleteUser", {
    read: ({ viewer }) => ({
      user: userNamed(viewer, "input.id", userId),
      heir: readLeavingHeir(viewer, wanted),
    }),
    change: async (writing, { user, heir }) => {
      const { viewer } = writing;
      const named = { kind: "USER", id: user.id, name: user.name } as const;
      admitAdministrator(viewer);
      const admitted = admitLeavingHeir(viewer, heir);
      const rules = await rulesThatName(writing, named);
      if (force) admitRemovingRules(viewer, named, rules);
      if (!isConfirmed) throw await unconfirmed(viewer, user);
      requireNotDeleted("input.id", user);
      requireAdministratorStays(viewer, "input.id", user, { status: "DELETED" });
      requireRemovable(viewer, named, rules, force);

      const transfer = await beginLeavingTransfer(writing, user, admitted);
      const happened = [
        ...(await releaseParty(writing, named, rules)),
        ...(await leaveForecasts(writing, user)),
      ];
      const sweeps = await leaveSharesWith(writing, user.id);
      await bury(writing, user);
      happened.push({
        action: "DELETE_USER",
        target: { type: "User", id: user.id },
        before: factsOf(user),
        after: null,
      });
      return {
        result: {
          userId,
          removedRules: rules.map((rule) => rule.id),
          transferId: transfer.transferId,
        },
        happened: [...happened, ...transfer.happened],
        wakes: [...sweeps, ...(rules.length > 0 ? (["SWEEP_DEAD_MATCHES"] as const) : []), ...transfer.wakes],
      };
    },
  });
}

/** So many of a kind are named; `User.dependents` has all. */
const NAMED = 100;

/** What is told before a person is deleted (UA-60). */
async function unconfirmed(viewer: Viewer, user: User): Promise<InvalidInput> {
  const records = await ownedRecords(viewer, user);
  const { rules, roles, reports, lastAdminOf } = dependentsOf(viewer, user) ?? {
    ...{ rules: null, roles: [], reports: null, lastAdminOf: [] },
  };
  const total = records.reduce((sum, { count }) => sum + count, 0);
  const said = [
    ...counted(total, "record", "records"),
    ...counted(rules?.length ?? 0, "sharing rule that names them", "sharing rules that name them"),
    ...counted(roles.length, "role whose forecasts they read", "roles whose forecasts they read"),
    ...counted(reports?.length ?? 0, "person who reports to them", "people who report to them"),
    ...counted(
      lastAdminOf.length,
      "team module without another administrator",
      "team modules without another administrator",
    ),
  ];
  const depends =
    said.length === 0 ? "Nothing that you see depends on them." : `What depends on them: ${said.join(", ")}.`;
  return new InvalidInput(
    "input.confirm",
    `Deleting ${user.name} is permanent and cannot be undone. ${depends} Send confirm: true when that is meant.`,
    {
      code: "CONFIRMATION_REQUIRED",
      requirement: "UA-60",
      details: {
        dependents: {
          records: records.slice(0, NAMED).map(({ module, count }) => ({ module: module.key, count })),
          sharingRules: rules?.slice(0, NAMED).map(({ id }) => toGlobalId("SharingRule", id)) ?? null,
          forecastManagerOf: roles.slice(0, NAMED).map(({ id }) => toGlobalId("Role", id)),
          reports: reports?.slice(0, NAMED).map(({ id }) => toGlobalId("User", id)) ?? null,
          lastAdminOf: lastAdminOf.slice(0, NAMED).map(({ id }) => toGlobalId("Module", id)),
        },
      },
    },
  );
}

function counted(count: number, one: string, many: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
}

/** Who is deleted reads no forecasts any more. */
async function leaveForecasts(
  { tx, viewer: { orgId, policy } }: Writing,
  { id: forecastManagerId }: User,
): Promise<readonly Happening[]> {
  const roles = policy.org.roles.filter((role) => role.forecastManagerId === forecastManagerId);
  if (roles.length === 0) return [];
  await tx.role.updateMany({ where: { orgId, forecastManagerId }, data: { forecastManagerId: null } });
  return roles.map(({ id, name, shareDataWithPeers }) => ({
    action: "UPDATE_ROLE",
    target: { type: "Role", id },
    before: { name, shareDataWithPeers, forecastManagerId },
    after: { name, shareDataWithPeers, forecastManagerId: null },
  }));
}

async function bury(writing: Writing, user: User): Promise<void> {
  const { tx, viewer } = writing;
  const { orgId } = viewer;
  const { id } = user;
  await withdrawInvitations(writing, [user]);
  await tx.applicationAssignment.deleteMany({ where: { orgId, userId: id } });
  await tx.teamMembership.deleteMany({ where: { orgId, userId: id } });
  await tx.user.update({
    where: { orgId_id: { orgId, id } },
    data: { status: "DELETED", email: null, isAdministrator: false, neverAccepted: false },
  });
}

function factsOf({ id: _, createdAt: __, addressSince: ___, applications, teamRoles, ...facts }: User) {
  return {
    ...facts,
    applications: [...applications].sort(compareText),
    teamRoles: Object.fromEntries(teamRoles),
  };
}
