import { type Accepted, acceptInvitation } from "../../store/people/invitation/accept.ts";
import { resendInvitation } from "../../store/people/invitation/resend.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { openMutation } from "../core/open-mutation.ts";
import { userPayload } from "./user-payload.ts";

mutation("resendInvitation", {
  description:
    "Invites somebody again who is `PENDING`: a new mail goes out, and the token of the one before is void at once.",
  input: builder.inputType("ResendInvitationInput", {
    description: "Whom to invite again.",
    fields: (t) => ({ id: t.id({ required: true, description: "The person." }) }),
  }),
  payload: userPayload("ResendInvitationPayload", "The person who was invited again."),
  run: (viewer, { id }) => resendInvitation(viewer, readId("input.id", "User", id)),
});

const AcceptInvitationPayload = userPayload<Accepted>(
  "AcceptInvitationPayload",
  "The person who has accepted, as they see themselves.",
);
builder.objectField(AcceptInvitationPayload, "token", (t) =>
  t.string({
    nullable: true,
    description:
      "A token to sign in with, in development; null otherwise: then the identity provider issues them.",
    resolve: async ({ orgKey, userId }, _, { development }) =>
      (await development?.signInToken(orgKey, userId)) ?? null,
  }),
);

openMutation("acceptInvitation", {
  description:
    "Accepts an invitation: the person is `ACTIVE` from now on. A token works once, for seven days, and until a newer one is sent; for any that does not work the answer is `NOT_FOUND`, for one that is too old `ACTION_NOT_AVAILABLE`.",
  input: builder.inputType("AcceptInvitationInput", {
    description: "The invitation to accept.",
    fields: (t) => ({
      token: t.string({
        required: true,
        description: "The token of the mail, from behind the `#token=` of its link.",
      }),
    }),
  }),
  payload: AcceptInvitationPayload,
  run: (stranger, { token }) => acceptInvitation(stranger, token),
});
