import { inParts, oneOf } from "../../database/parts.ts";
import { InvalidInput, together } from "../../kernel/fault.ts";
import type { UserId } from "../../kernel/id.ts";
import type { User } from "../../policy/model/org.ts";
import { MAX_ITEMS } from "../core/items.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { admitAdministrator, requireNotDeleted, userNamed } from "./admit.ts";

/**
 * Makes people administrators of the suite, all of them or none (UA-51): they manage people and administer every
 * application (UA-03), and reach no record by that. Who is one already stays one.
 *
 * @throws {Forbidden} to all but administrators (UA-02).
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE` for who is not active, and for a team user (TU-12p).
 */
export function addAdministrators(
  viewer: Viewer,
  ids: readonly UserId[],
): Promise<{ readonly userIds: readonly UserId[] }> {
  return write(viewer, "addAdministrators", {
    read: ({ viewer }) => {
      requirePeople(ids);
      return { people: ids.map((id, at) => userNamed(viewer, placeOf(at), id)) };
    },
    change: async ({ tx, viewer }, { people }) => {
      const { orgId, policy } = viewer;
      admitAdministrator(viewer);
      const faults = people.flatMap((user, at) => whyNoAdministrator(placeOf(at), user) ?? []);
      if (faults.length > 0) throw together(faults);

      const made = people.filter((user) => !user.isAdministrator && user.id !== policy.org.superAdminId);
      for (const part of inParts(made.map(({ id }) => id)))
        await tx.user.updateMany({ where: { orgId, id: oneOf(part) }, data: { isAdministrator: true } });
      return {
        result: { userIds: ids },
        happened: made.map(({ id }) => ({
          action: "ADD_ADMINISTRATOR",
          target: { type: "User", id },
          before: { isAdministrator: false },
          after: { isAdministrator: true },
        })),
      };
    },
  });
}

/**
 * Takes the administration of the suite from somebody, who stays as a user (UA-51).
 *
 * @throws {Forbidden} to all but administrators (UA-02).
 * @throws {InvalidInput} `LAST_ADMINISTRATOR` for the super administrator, who always has it (UA-03);
 * `ACTION_NOT_AVAILABLE` for who has it not.
 */
export function revokeAdministrator(viewer: Viewer, userId: UserId): Promise<{ readonly userId: UserId }> {
  return write(viewer, "revokeAdministrator", {
    read: ({ viewer }) => ({ user: userNamed(viewer, "input.id", userId) }),
    change: async ({ tx, viewer }, { user }) => {
      const { orgId, policy } = viewer;
      admitAdministrator(viewer);
      requireNotDeleted("input.id", user);
      if (user.id === policy.org.superAdminId)
        throw new InvalidInput("input.id", `${user.name} is the super administrator and stays one.`, {
          code: "LAST_ADMINISTRATOR",
          requirement: "UA-51",
        });
      if (!user.isAdministrator)
        throw new InvalidInput("input.id", `${user.name} is no administrator.`, {
          code: "ACTION_NOT_AVAILABLE",
          requirement: "UA-51",
        });
      await tx.user.update({
        where: { orgId_id: { orgId, id: user.id } },
        data: { isAdministrator: false },
      });
      return {
        result: { userId },
        happened: [
          {
            action: "REVOKE_ADMINISTRATOR",
            target: { type: "User", id: user.id },
            before: { isAdministrator: true },
            after: { isAdministrator: false },
          },
        ],
      };
    },
  });
}

function placeOf(at: number): string {
  return `input.users.${at}`;
}

/** @throws {InvalidInput} naming the place. */
function requirePeople(ids: readonly UserId[]): void {
  if (ids.length === 0 || ids.length > MAX_ITEMS)
    throw new InvalidInput("input.users", `From 1 to ${MAX_ITEMS} people, not ${ids.length}.`);
  const twice = ids.findIndex((id, at) => ids.indexOf(id) < at);
  if (twice !== -1) throw new InvalidInput(placeOf(twice), "The person is named twice.");
}

function whyNoAdministrator(field: string, { name, status, license }: User): InvalidInput | null {
  if (license === "TEAM")
    return new InvalidInput(field, `${name} is a team user, who administers nothing.`, {
      code: "ACTION_NOT_AVAILABLE",
      requirement: "TU-12p",
    });
  if (status === "ACTIVE") return null;
  return new InvalidInput(field, `${name} is not active: only active users become administrators.`, {
    code: "ACTION_NOT_AVAILABLE",
    requirement: "UA-51",
  });
}
