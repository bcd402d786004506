import { updateUser } from "../../store/people/user.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { userPayload } from "./user-payload.ts";

mutation("updateUser", {
  description:
    "Changes a person's name, role, profile and manager. What the person reaches follows the role from the next request on. Only holders of `MANAGE_ADMIN_PERMISSIONS` give or take the *Administrator* profile, or give capabilities that they do not hold themselves.",
  input: builder.inputType("UpdateUserInput", {
    description: "The changes to a person. What is left out stays as it is.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The person." }),
      name: t.string({ description: "The new name." }),
      role: t.id({ description: "The new place in the role tree, below that of the manager." }),
      profile: t.id({
        description: "The new profile. Team users keep *Team User*, and nobody else can have it.",
      }),
      reportsTo: t.id({
        description: "The new manager, whose role must be above the person's; null: no manager.",
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
