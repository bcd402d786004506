import { type AddressChanged, changeUserEmail } from "../../store/people/address/change.ts";
import { confirmUserEmail } from "../../store/people/address/confirm.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { userPayload } from "./user-payload.ts";

const ChangeUserEmailPayload = userPayload<AddressChanged>(
  "ChangeUserEmailPayload",
  "The person whose address is to be another one.",
);
builder.objectField(ChangeUserEmailPayload, "isConfirmationSent", (t) =>
  t.boolean({
    description: "Whether a mail went to the new address, which is the person's once they confirm it.",
    resolve: ({ isConfirmationSent }) => isConfirmationSent,
  }),
);

mutation("changeUserEmail", {
  description:
    "Gives a person another address and keeps everything else of them. One's own is asked for: a mail goes to the new address, and `confirmUserEmail` takes its token. Another's changes at once; that needs `MANAGE_USERS` and whatever giving that person's profile needs, for an administrator `MANAGE_ADMIN_PERMISSIONS`, and the super administrator's is only theirs to change. Sign-in tokens that name an address and were issued before it changed are refused.",
  input: builder.inputType("ChangeUserEmailInput", {
    description: "Whose address, and which it is to be.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The person." }),
      email: t.string({ required: true, description: "The new address." }),
    }),
  }),
  payload: ChangeUserEmailPayload,
  run: (viewer, { id, email }) => changeUserEmail(viewer, { userId: readId("input.id", "User", id), email }),
});

mutation("confirmUserEmail", {
  description:
    "Makes the address one's own that one has asked for. The token works once, for a day, and for the very person who asked.",
  input: builder.inputType("ConfirmUserEmailInput", {
    description: "The address to confirm.",
    fields: (t) => ({
      token: t.string({
        required: true,
        description: "The token of the mail that went to the new address.",
      }),
    }),
  }),
  payload: userPayload("ConfirmUserEmailPayload", "The person with the new address."),
  run: (viewer, { token }) => confirmUserEmail(viewer, token),
});
