import { InvalidInput, NotFound } from "../../../kernel/fault.ts";
import type { UserId } from "../../../kernel/id.ts";
import { foldEmail, isEmail } from "../../../kernel/text.ts";
import type { User } from "../../../policy/model/org.ts";
import type { Viewer } from "../../core/viewer.ts";
import { type Writing, type Written, write } from "../../core/write.ts";
import { findUser } from "../../directory/users.ts";
import { mailTokens, WAKES_MAIL } from "../../mail/write.ts";
import { admitAddress } from "./admit.ts";
import { requireFreeAddress, writeAddress } from "./write.ts";

export type AddressChange = { readonly userId: UserId; readonly email: string };

/** What came of it: a mail that asks the person, or another address already. */
export type AddressChanged = { readonly userId: UserId; readonly isConfirmationSent: boolean };

/**
 * Changes the address of a person (UA-63). Somebody else's at once; one's own when the mail that goes to the new address
 * is answered by `confirmEmail`. Whether anybody has the new address is told to those who manage people; whoever asks for
 * themselves learns it when they have shown that they read its mail.
 *
 * @throws {Forbidden} see `admitAddress`.
 * @throws {InvalidInput} `CONFLICT` when it is somebody's; `ACTION_NOT_AVAILABLE` for a tombstone; `LIMIT_EXCEEDED` when
 * the person asked too often in an hour.
 */
export function changeUserEmail(viewer: Viewer, { userId, email }: AddressChange): Promise<AddressChanged> {
  return write(viewer, "changeUserEmail", {
    read: ({ viewer }) => {
      const address = readAddress("input.email", email);
      const user = findUser(viewer, userId) ?? (userId === viewer.user.id ? viewer.user : null);
      if (user === null) throw new NotFound("input.id");
      return { user, address };
    },
    change: (writing, { user, address }) =>
      user.id === writing.viewer.user.id
        ? askForOwn(writing, user, address)
        : changeOthers(writing, user, address),
  });
}

/** An address, in the form in which it is compared. @throws {InvalidInput} naming the input. */
export function readAddress(field: string, text: string): string {
  if (isEmail(text)) return foldEmail(text);
  throw new InvalidInput(field, "Expected an address such as ray@example.com.", { requirement: "UA-22" });
}

async function askForOwn(writing: Writing, user: User, address: string): Promise<Written<AddressChanged>> {
  const { viewer } = writing;
  const { id: userId, name, email } = user;
  admitAddress(viewer, user);
  requireOther(user, address);
  await mailTokens(writing, "ADDRESS_CONFIRMATION", [{ id: userId, name, address }]);
  return {
    result: { userId, isConfirmationSent: true },
    happened: [
      {
        action: "REQUEST_ADDRESS",
        target: { type: "User", id: userId },
        before: { email },
        after: { email: address },
      },
    ],
    wakes: WAKES_MAIL,
  };
}

async function changeOthers(writing: Writing, user: User, address: string): Promise<Written<AddressChanged>> {
  const admitted = admitAddress(writing.viewer, user);
  if (user.status === "DELETED")
    throw new InvalidInput("input.id", `${user.name} is deleted, and has no address any more.`, {
      code: "ACTION_NOT_AVAILABLE",
      requirement: "UA-61",
    });
  requireOther(user, address);
  requireFreeAddress(writing, "input.email", address);
  return {
    result: { userId: user.id, isConfirmationSent: false },
    happened: await writeAddress(writing, admitted, address),
    wakes: WAKES_MAIL,
  };
}

function requireOther({ email }: User, address: string): void {
  if (email === address)
    throw new InvalidInput("input.email", "It is the person's address already.", { code: "CONFLICT" });
}
