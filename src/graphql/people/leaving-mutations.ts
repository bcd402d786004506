import { InvalidInput } from "../../kernel/fault.ts";
import type { UserId } from "../../kernel/id.ts";
import { findUser } from "../../store/directory/users.ts";
import {
  type DeactivatedUser,
  deactivateUser,
  deactivateUsers,
} from "../../store/people/leaving/deactivate.ts";
import { type DeletedUser, deleteUser } from "../../store/people/leaving/delete.ts";
import { dependentsOf } from "../../store/people/leaving/dependents.ts";
import type { WantedHeir } from "../../store/people/transfers/begin.ts";
import { massChangeOwner } from "../../store/people/transfers/mass-change-owner.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, type Ref } from "../core/payload.ts";
import { Dependents } from "./dependents.ts";
import { massUserPayload } from "./mass-user.ts";
import { withRemovedRules } from "./removed-rules.ts";
import { withTransfer } from "./transfer.ts";
import { userPayload } from "./user-payload.ts";

/** Adds what depends on the person, who stays as a person. */
function withDependents<Result extends { readonly userId: UserId }>(payload: Ref<Result>): Ref<Result> {
  builder.objectField(payload, "dependents", (t) =>
    t.field({
      type: Dependents,
      nullable: true,
      description: "What still depends on the person.",
      resolve: ({ userId }, _, { viewer }) => {
        const user = viewer && findUser(viewer, userId);
        return user && dependentsOf(viewer, user);
      },
    }),
  );
  return payload;
}

const HEIR =
  "Who gets the person's records, in the background; left out, they stay where they are. Needs `MODIFY_ALL_DATA`.";
const HEIR_MODULES =
  "The keys of the modules whose records go; left out, all that the asker may hand over and the other may own.";

/** @throws {InvalidInput} for modules without somebody to get their records. */
function heirIn(
  to: string | null | undefined,
  modules: readonly string[] | null | undefined,
): WantedHeir | null {
  const toId = readId("input.transferRecordsTo", "User", to);
  if (toId != null) return { toId, modules: modules ?? null };
  if (modules == null) return null;
  throw new InvalidInput("input.transferModules", "Say in transferRecordsTo who gets the records.");
}

mutation("deactivateUser", {
  description:
    "Deactivates a person: sign-in and every application end at once, and whatever they have running is refused. Their records stay and are reached by those above them. Administrators alone may: it also needs `MANAGE_USERS`. Refused as `LAST_ADMINISTRATOR` for the super administrator and for the last active person with the *Administrator* profile.",
  input: builder.inputType("DeactivateUserInput", {
    description: "Who.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The person: active or pending." }),
      transferRecordsTo: t.id({ description: HEIR }),
      transferModules: t.stringList({ description: HEIR_MODULES }),
    }),
  }),
  payload: withTransfer(
    withDependents(userPayload<DeactivatedUser>("DeactivateUserPayload", "The person who was deactivated.")),
  ),
  run: (viewer, { id, transferRecordsTo, transferModules }) =>
    deactivateUser(viewer, {
      userId: readId("input.id", "User", id),
      heir: heirIn(transferRecordsTo, transferModules),
    }),
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
      transferRecordsTo: t.id({ description: HEIR }),
      transferModules: t.stringList({ description: HEIR_MODULES }),
    }),
  }),
  payload: withTransfer(
    withRemovedRules(
      deletedPayload("DeleteUserPayload", "User", "The deleted person.", ({ userId }: DeletedUser) => userId),
    ),
  ),
  run: (viewer, { id, confirm, force, transferRecordsTo, transferModules }) =>
    deleteUser(viewer, {
      userId: readId("input.id", "User", id),
      isConfirmed: confirm ?? false,
      force: force ?? false,
      heir: heirIn(transferRecordsTo, transferModules),
    }),
});

mutation("massChangeOwner", {
  description:
    "Begins to hand over what one person owns to another: any number of records, in the background. Each goes if whoever began it may hand it over when its turn comes; the others stay. `recordTransfers` tells how far it is. Shares stay, as with `changeOwner`. One person begins at most 5 that run at once, more are refused as `LIMIT_EXCEEDED`, and the very same a second time as `CONFLICT`.",
  input: builder.inputType("MassChangeOwnerInput", {
    description: "From whom, to whom.",
    fields: (t) => ({
      from: t.id({
        required: true,
        description: "Whose records they are; inactive and deleted people, too.",
      }),
      to: t.id({
        required: true,
        description: "Who gets them: somebody who may own records of the modules.",
      }),
      modules: t.stringList({
        description:
          "The keys of the modules whose records go; left out, all in which the asker may hand over records and the other may own them.",
      }),
    }),
  }),
  payload: withTransfer(
    builder
      .objectRef<{ readonly transferId: string }>("MassChangeOwnerPayload")
      .implement({ description: "The transfer that has begun." }),
  ),
  run: (viewer, { from, to, modules }) =>
    massChangeOwner(viewer, {
      fromId: readId("input.from", "User", from),
      toId: readId("input.to", "User", to),
      modules: modules ?? null,
    }),
});
