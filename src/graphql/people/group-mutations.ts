import type { GroupId } from "../../kernel/id.ts";
import { findGroup } from "../../store/directory/groups.ts";
import { type DeletedGroup, deleteGroup } from "../../store/people/delete-group.ts";
import { createGroup, updateGroup } from "../../store/people/group.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, payloadsWith } from "../core/payload.ts";
import { Group } from "./group.ts";
import { PartyInput, type PartyShape, readParty } from "./party-input.ts";
import { withRemovedRules } from "./removed-rules.ts";

const groupPayload = payloadsWith({
  field: "group",
  type: Group,
  description: "The group as it is now.",
  find: (viewer, { groupId }: { readonly groupId: GroupId }) => findGroup(viewer, groupId),
});

function readMembers(members: readonly PartyShape[]) {
  return members.map((member, at) => readParty(`input.members.${at}`, member));
}

mutation("createGroup", {
  description: "Makes a group (SH-40).",
  input: builder.inputType("CreateGroupInput", {
    description: "A new group.",
    fields: (t) => ({
      name: t.string({
        required: true,
        description: "What people call it: not blank, at most 255 characters.",
      }),
      key: t.string({
        description:
          "The stable name for organisation files: at most 64 letters, digits, `.`, `_` or `-`, of no other group; left out, a random one.",
      }),
      members: t.field({ type: [PartyInput], description: "Its members, each once; left out, none." }),
    }),
  }),
  payload: groupPayload("CreateGroupPayload", "The group that was made."),
  run: (viewer, { name, key, members }) =>
    createGroup(viewer, { name, key, members: readMembers(members ?? []) }),
});

mutation("updateGroup", {
  description:
    "Changes a group's name and members. In force on the next request. A group inside itself is `CONFLICT` (SH-40).",
  input: builder.inputType("UpdateGroupInput", {
    description: "What of a group is to change; what is left out stays.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The group." }),
      name: t.string({ description: "Its new name." }),
      members: t.field({
        type: [PartyInput],
        description: "The whole list of its members from now on, each once; `[]` leaves none.",
      }),
    }),
  }),
  payload: groupPayload("UpdateGroupPayload", "The group that was changed."),
  run: (viewer, { id, name, members }) =>
    updateGroup(viewer, {
      groupId: readId("input.id", "Group", id),
      name,
      members: members == null ? members : readMembers(members),
    }),
});

mutation("deleteGroup", {
  description:
    "Deletes a group. Its places in other groups and record shares to it go with it. Rules that name it stand in the way: `CONFLICT` with `extensions.rules`, for those who manage data sharing (SH-39).",
  input: builder.inputType("DeleteGroupInput", {
    description: "Which group.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The group." }),
      force: t.boolean({
        defaultValue: false,
        description:
          "Whether sharing rules that name the group are removed with it, which needs `MANAGE_DATA_SHARING` when there are any.",
      }),
    }),
  }),
  payload: withRemovedRules(
    deletedPayload(
      "DeleteGroupPayload",
      "Group",
      "The group that is gone.",
      ({ groupId }: DeletedGroup) => groupId,
    ),
  ),
  run: (viewer, { id, force }) =>
    deleteGroup(viewer, { groupId: readId("input.id", "Group", id), force: force ?? false }),
});
