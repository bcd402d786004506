import { NotFound } from "../../../kernel/fault.ts";
import type { UserId } from "../../../kernel/id.ts";
import type { Viewer } from "../../core/viewer.ts";
import { write } from "../../core/write.ts";
import { heldToken, requireInTime } from "../../mail/held.ts";
import { WAKES_MAIL } from "../../mail/write.ts";
import { admitAddress } from "./admit.ts";
import { requireFreeAddress, writeAddress } from "./write.ts";

/**
 * Makes the address the viewer's that they have asked for, by the token that went there (UA-63). It takes the sign-in of
 * the very person too: whoever got the mail by a slip of the pen can do nothing with it.
 *
 * @throws {NotFound} for a token of somebody else, one that was used or replaced, and any other text.
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE` when it came too late; `CONFLICT` when somebody has the address by now.
 */
export function confirmUserEmail(viewer: Viewer, token: string): Promise<{ readonly userId: UserId }> {
  return write(viewer, "confirmUserEmail", {
    read: async ({ tx, viewer }) => {
      const held = await heldToken(tx, "ADDRESS_CONFIRMATION", token);
      const isOwn = held?.orgId === viewer.orgId && held.userId === viewer.user.id;
      if (held === null || !isOwn) throw new NotFound("input.token");
      return held;
    },
    change: async (writing, held) => {
      const { viewer } = writing;
      const admitted = admitAddress(viewer, viewer.user);
      requireInTime(held, viewer.now, "The confirmation has expired: ask for the change again.", "UA-63");
      requireFreeAddress(writing, "input.token", held.address);
      return {
        result: { userId: viewer.user.id },
        happened: await writeAddress(writing, admitted, held.address),
        wakes: WAKES_MAIL,
      };
    },
  });
}
