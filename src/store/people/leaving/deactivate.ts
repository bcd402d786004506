import { inParts, oneOf } from "../../../database/parts.ts";
import { InvalidInput } from "../../../kernel/fault.ts";
import type { UserId } from "../../../kernel/id.ts";
import { compareText } from "../../../kernel/text.ts";
import type { User } from "../../../policy/model/org.ts";
import { type Administering, administratorsAmong } from "../../../policy/rights/last-administrator.ts";
import type { Happening } from "../../core/audit-event.ts";
import {
  admittedOf,
  type EachOutcome,
  eachInTurn,
  outcomeOf,
  placeOf,
  requireItems,
} from "../../core/items.ts";
import type { Viewer } from "../../core/viewer.ts";
import { asItem, type Writing, write, writeEach } from "../../core/write.ts";
import { requireAdministratorStays } from "../administrator-stays.ts";
import { admitAdministrator, requireNotDeleted, userNamed } from "../admit.ts";
import { withdrawInvitations } from "../invitation/invite.ts";
import type { WantedHeir } from "../transfers/begin.ts";
import { admitLeavingHeir, beginLeavingTransfer, readLeavingHeir } from "./heir.ts";

export type UserDeactivation = {
  readonly userId: UserId;
  /** Who gets their records; null leaves them where they are. */
  readonly heir: WantedHeir | null;
};

export type DeactivatedUser = { readonly userId: UserId; readonly transferId: string | null };

/**
 * Ends somebody's work: sign-in, every application, and whatever they have running (UA-50). Their records stay, and
 * who stands above them reaches those (SH-24); so do their place, groups and shares, for the day on which they come back.
 *
 * @throws {Forbidden} to all but administrators (UA-02); for an heir, without `MODIFY_ALL_DATA` (UA-64).
 * @throws {InvalidInput} `LAST_ADMINISTRATOR`; `ACTION_NOT_AVAILABLE` for who is deactivated or deleted.
 */
export function deactivateUser(
  viewer: Viewer,
  { userId, heir: wanted }: UserDeactivation,
): Promise<DeactivatedUser> {
  return write(viewer, "deactivateUser", {
    read: ({ viewer }) => ({
      user: userNamed(viewer, "input.id", userId),
      heir: readLeavingHeir(viewer, wanted),
    }),
    change: async (writing, { user, heir }) => {
      const { viewer } = writing;
      admitAdministrator(viewer);
      const admitted = admitLeavingHeir(viewer, heir);
      requireWorking(viewer, "input.id", user);
      const transfer = await beginLeavingTransfer(writing, user, admitted);
      return {
        result: { userId, transferId: transfer.transferId },
        happened: [...(await endWork(writing, [user])), ...transfer.happened],
        wakes: transfer.wakes,
      };
    },
  });
}

/** Ends the work of up to 500 people, in their order: each is decided by itself, after those before it (UA-65). */
export function deactivateUsers(viewer: Viewer, ids: readonly UserId[]): Promise<EachOutcome<UserId>> {
  return writeEach(viewer, "deactivateUsers", {
    read: async ({ viewer }) => {
      requireItems(ids, placeOf, "person");
      return Promise.all(ids.map((id, at) => asItem(async () => userNamed(viewer, placeOf(at), id))));
    },
    change: async (writing, items) => {
      const { viewer } = writing;
      const gone = new Map<UserId, User>();
      const ended = await eachInTurn(viewer, items, (user, place) => {
        admitAdministrator(viewer);
        requireWorking(viewer, place, user, administratorsAmong(viewer.policy, gone));
        gone.set(user.id, { ...user, status: "INACTIVE" });
        return user;
      });
      return { result: outcomeOf(ids, ended), happened: await endWork(writing, admittedOf(ended)) };
    },
  });
}

/** @param users as `requireAdministratorStays` takes them. */
function requireWorking(viewer: Viewer, field: string, user: User, users?: Iterable<Administering>): void {
  requireNotDeleted(field, user);
  if (user.status === "INACTIVE")
    throw new InvalidInput(field, `${user.name} is deactivated already.`, {
      code: "ACTION_NOT_AVAILABLE",
      requirement: "UA-43",
    });
  requireAdministratorStays(viewer, field, user, { status: "INACTIVE" }, users);
}

async function endWork(writing: Writing, people: readonly User[]): Promise<readonly Happening[]> {
  const { tx, viewer } = writing;
  const { orgId } = viewer;
  await withdrawInvitations(writing, people);
  for (const part of inParts(people.map(({ id }) => id))) {
    // Before the status goes: who is invited still has never accepted (UA-43).
    await tx.user.updateMany({
      where: { orgId, id: oneOf(part), status: "PENDING" },
      data: { neverAccepted: true },
    });
    await tx.user.updateMany({ where: { orgId, id: oneOf(part) }, data: { status: "INACTIVE" } });
    await tx.applicationAssignment.updateMany({
      where: { orgId, userId: oneOf(part), isEnabled: true },
      data: { isEnabled: false },
    });
  }
  return people.map(({ id, status, applications }) => ({
    action: "DEACTIVATE_USER",
    target: { type: "User", id },
    before: { status, applications: [...applications].sort(compareText) },
    after: { status: "INACTIVE", applications: [] },
  }));
}
