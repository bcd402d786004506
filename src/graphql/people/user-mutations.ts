import { moveUsers } from "../../store/people/move-users.ts";
import { updateUser } from "../../store/people/user.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { massUserPayload } from "./mass-user.ts";
import { userPayload } from "./user-payload.ts";

mutation("updateUser", {
  description:
    "Changes a person's name, role, profile and manager. What the person reaches follows the role from the next request on. Only holders of `MANAGE_ADMIN_PERMISSIONS` give or take the *Administrator* profile; of the others nobody gives one with a capability that they do not hold themselves.",
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

mutation("moveUsers", {
  description:
    "Gives up to 500 people another role, profile or manager, one after another, each as `updateUser` would, and answers for each. Those who cannot be moved do not keep the others from it.",
  input: builder.inputType("MoveUsersInput", {
    description: "Who goes where.",
    fields: (t) => ({
      items: t.field({
        type: [
          builder.inputType("MoveUserItem", {
            description: "Where one person goes. What is left out stays as it is.",
            fields: (item) => ({
              id: item.id({ required: true, description: "The person." }),
              role: item.id({ description: "The new place in the role tree, below that of the manager." }),
              profile: item.id({
                description: "The new profile. Team users keep *Team User*, and nobody else can have it.",
              }),
              reportsTo: item.id({
                description: "The new manager, whose role must be above the person's; null: no manager.",
              }),
            }),
          }),
        ],
        required: true,
        description: "From 1 to 500, each about another person.",
      }),
    }),
  }),
  payload: massUserPayload("MoveUsersPayload"),
  run: (viewer, { items }) =>
    moveUsers(
      viewer,
      items.map(({ id, role, profile, reportsTo }, at) => ({
        userId: readId(`input.items.${at}.id`, "User", id),
        roleId: readId(`input.items.${at}.role`, "Role", role),
        profileId: readId(`input.items.${at}.profile`, "Profile", profile),
        reportsToId: readId(`input.items.${at}.reportsTo`, "User", reportsTo),
      })),
    ),
});
