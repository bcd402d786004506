import { InvalidInput, NotFound } from "../../../kernel/fault.ts";
import type { UserId } from "../../../kernel/id.ts";
import type { User } from "../../../policy/model/org.ts";
import type { Viewer } from "../../core/viewer.ts";
import { write } from "../../core/write.ts";
import { findUser } from "../../directory/users.ts";
import { type Invited, invite, WAKES_INVITATIONS } from "./invite.ts";

/**
 * Invites somebody again who has not come yet: the invitation that they had is dead at once (UA-21).
 *
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE` for who is not `PENDING`; `LIMIT_EXCEEDED` when they were invited too
 * often in an hour.
 */
export function resendInvitation(viewer: Viewer, userId: UserId): Promise<{ readonly userId: UserId }> {
  return write(viewer, "resendInvitation", {
    read: ({ viewer }) => {
      const user = findUser(viewer, userId);
      if (user === null) throw new NotFound("input.id");
      return user;
    },
    change: async (writing, user) => {
      const invited = pending(user);
      await invite(writing, [invited]);
      return {
        result: { userId },
        happened: [
          {
            action: "RESEND_INVITATION",
            target: { type: "User", id: userId },
            before: null,
            after: { email: invited.email },
          },
        ],
        wakes: WAKES_INVITATIONS,
      };
    },
  });
}

function pending({ id, name, email, status }: User): Invited {
  if (status === "PENDING" && email !== null) return { id, name, email };
  throw new InvalidInput("input.id", `${name} is ${status}: only who is PENDING is invited again.`, {
    code: "ACTION_NOT_AVAILABLE",
    requirement: "UA-21",
  });
}
