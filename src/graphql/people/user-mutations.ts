import type { UserId } from "../../kernel/id.ts";
import { findUser } from "../../store/directory/users.ts";
import { updateUser } from "../../store/people/user.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { payloadsWith } from "../core/payload.ts";
import { User } from "./user.ts";

const userPayload = payloadsWith({
  field: "user",
  type: User,
  description: "The person as they are now.",
  find: (viewer, { userId }: { readonly userId: UserId }) => findUser(viewer, userId),
});

mutation("updateUser", {
  description:
    "Changes a person's name, role, profile and manager. Reach moves with the role on the next request (SH-23). The *Administrator* profile is given and taken with `MANAGE_ADMIN_PERMISSIONS` alone, and without it nobody gives capabilities that they do not hold.",
  input: builder.inputType("UpdateUserInput", {
    description: "What of a person is to change; what is left out stays.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The person." }),
      name: t.string({ description: "The new name." }),
      role: t.id({ description: "The new place in the role tree. Below that of the manager (SH-25)." }),
      profile: t.id({
        description: "The new profile. Team users keep theirs, and nobody else has it (TU-07).",
      }),
      reportsTo: t.id({
        description:
          "The new manager, whose role is above the person's (SH-25); null takes the present one away.",
      }),
    }),
  }),
  payload: userPayload("UpdateUserPayload", "The person who was changed."),
  run: (viewer, { id, name, role, profile, reportsTo }) =>
    updateUser(viewer, {
      userId: readId("input.id", "User", id),
      name,
      roleId: readId("input.role", "Role", role),
      profileId: readId("input.profile", "Profile", profile),
      reportsToId: readId("input.reportsTo", "User", reportsTo),
    }),
});
