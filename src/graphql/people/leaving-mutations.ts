import type { UserId } from "../../kernel/id.ts";
import { findUser } from "../../store/directory/users.ts";
import { deactivateUser, deactivateUsers } from "../../store/people/leaving/deactivate.ts";
import { type DeletedUser, deleteUser } from "../../store/people/leaving/delete.ts";
import { dependentsOf } from "../../store/people/leaving/dependents.ts";
import { builder } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, type Ref } from "../core/payload.ts";
import { Dependents } from "./dependents.ts";
import { massUserPayload } from "./mass-user.ts";
import { withRemovedRules } from "./removed-rules.ts";
import { userPayload } from "./user-mutations.ts";

/** Adds what depends on the person, who stays as a person. */
function withDependents(payload: Ref<{ readonly userId: UserId }>): Ref<{ readonly userId: UserId }> {
  builder.objectField(payload, "dependents", (t) =>
    t.field({
      type: Dependents,
      nullable: true,
      description: "What still depends on the person.",
      resolve: ({ userId }, _, context) => {
        const viewer = requireViewer(context);
        const user = findUser(viewer, userId);
        return user && dependentsOf(viewer, user);
      },
    }),
  );
  return payload;
}

mutation("deactivateUser", {
  description:
    "Deactivates a person: sign-in and every application end at once, and whatever they have running is refused. Their records stay and are reached by those above them. Administrators alone may: it also needs `MANAGE_USERS`. Refused as `LAST_ADMINISTRATOR` for the super administrator and for the last active person with the *Administrator* profile.",
  input: builder.inputType("DeactivateUserInput", {
    description: "Who.",
    fields: (t) => ({ id: t.id({ required: true, description: "The person: active or pending." }) }),
  }),
  payload: withDependents(userPayload("DeactivateUserPayload", "The person who was deactivated.")),
  run: (viewer, { id }) => deactivateUser(viewer, readId("input.id", "User", id)),
});

mutation("deactivateUsers", {
  description:
    "Deactivates up to 500 people as `deactivateUser` does, one after another, and answers for each. Those who cannot be deactivated do not keep the others from it. Also needs `MANAGE_USERS`.",
  input: builder.inputType("DeactivateUsersInput", {
    description: "Who.",
    fields: (t) => ({
      items: t.idList({ required: true, description: "The people: from 1 to 500, each once." }),
    }),
  }),
  payload: massUserPayload("DeactivateUsersPayload"),
  run: (viewer, { items }) =>
    deactivateUsers(
      viewer,
      items.map((id, at) => readId(`input.items.${at}`, "User", id)),
    ),
});

mutation("deleteUser", {
  description:
    "Deletes a person for good. The address is free for a new person, and applications, team roles, places in groups and shares to the person go. The name stays, for the records that the person owned and is mentioned in. Administrators alone may: it also needs `MANAGE_USERS`. Without `confirm: true` it is refused as `CONFIRMATION_REQUIRED`, and `extensions.dependents` says what depends on the person, as far as the asker may know. Refused as `CONFLICT` while sharing rules name the person; `extensions.rules` lists them for holders of `MANAGE_DATA_SHARING`.",
  input: builder.inputType("DeleteUserInput", {
    description: "Who, and that it is meant.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The person, whatever their status." }),
      confirm: t.boolean({
        defaultValue: false,
        description: "That it is meant. It cannot be undone.",
      }),
      force: t.boolean({
        defaultValue: false,
        description:
          "Whether sharing rules that name the person are deleted, too. If there are any, that needs `MANAGE_DATA_SHARING`.",
      }),
    }),
  }),
  payload: withRemovedRules(
    deletedPayload("DeleteUserPayload", "User", "The deleted person.", ({ userId }: DeletedUser) => userId),
  ),
  run: (viewer, { id, confirm, force }) =>
    deleteUser(viewer, {
      userId: readId("input.id", "User", id),
      isConfirmed: confirm ?? false,
      force: force ?? false,
    }),
});
