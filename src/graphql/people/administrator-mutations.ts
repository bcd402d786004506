import type { UserId } from "../../kernel/id.ts";
import { findUser } from "../../store/directory/users.ts";
import { addAdministrators, revokeAdministrator } from "../../store/people/administrators.ts";
import { builder } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { User } from "./user.ts";
import { userPayload } from "./user-payload.ts";

mutation("addAdministrators", {
  description:
    "Makes people administrators of the suite, all of them or none: they manage people and administer every application, and reach no additional records by that. Whoever is one already stays one. Administrators alone may: it also needs `MANAGE_USERS`.",
  input: builder.inputType("AddAdministratorsInput", {
    description: "Who. `users(search:)` finds them by name or address.",
    fields: (t) => ({
      users: t.idList({
        required: true,
        description: "Active people, no team users: from 1 to 500, each once.",
      }),
    }),
  }),
  payload: builder.objectRef<{ readonly userIds: readonly UserId[] }>("AddAdministratorsPayload").implement({
    description: "The people who are administrators now.",
    fields: (t) => ({
      users: t.field({
        type: [User],
        nullable: true,
        description: "In the order of the input.",
        resolve: ({ userIds }, _, context) => {
          const viewer = requireViewer(context);
          return userIds.flatMap((id) => findUser(viewer, id) ?? []);
        },
      }),
    }),
  }),
  run: (viewer, { users }) =>
    addAdministrators(
      viewer,
      users.map((id, at) => readId(`input.users.${at}`, "User", id)),
    ),
});

mutation("revokeAdministrator", {
  description:
    "Takes the administration of the suite from a person, who stays as a user. Administrators alone may: it also needs `MANAGE_USERS`. Refused as `LAST_ADMINISTRATOR` for the super administrator.",
  input: builder.inputType("RevokeAdministratorInput", {
    description: "Who.",
    fields: (t) => ({ id: t.id({ required: true, description: "An administrator of the suite." }) }),
  }),
  payload: userPayload("RevokeAdministratorPayload", "The person, who is no administrator any more."),
  run: (viewer, { id }) => revokeAdministrator(viewer, readId("input.id", "User", id)),
});
