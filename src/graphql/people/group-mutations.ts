import type { GroupId } from "../../kernel/id.ts";
import { findGroup } from "../../store/directory/groups.ts";
import { type DeletedGroup, deleteGroup } from "../../store/people/delete-group.ts";
import { createGroup, updateGroup } from "../../store/people/group.ts";
import { addGroupMembers, removeGroupMembers } from "../../store/people/group-members.ts";
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
  description: "Creates a group.",
  input: builder.inputType("CreateGroupInput", {
    description: "A new group.",
    fields: (t) => ({
      name: t.string({
        required: true,
        description: "What people call it: something to see, at most 255 characters.",
      }),
      key: t.string({
        description:
          "The stable name that organisation files use, unique among groups: at most 64 letters, digits, `.`, `_` or `-`. Left out, a random one.",
      }),
      members: t.field({
        type: [PartyInput],
        description: "Its members, without duplicates; left out, none.",
      }),
    }),
  }),
  payload: groupPayload("CreateGroupPayload", "The new group."),
  run: (viewer, { name, key, members }) =>
    createGroup(viewer, { name, key, members: readMembers(members ?? []) }),
});

mutation("updateGroup", {
  description:
    "Changes a group's name, or replaces all its members. In force from the next request on. Refused as `CONFLICT` when the group would be inside itself, or was changed since its members were read; `addGroupMembers` and `removeGroupMembers` need no version.",
  input: builder.inputType("UpdateGroupInput", {
    description: "The changes to a group. What is left out stays as it is.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The group." }),
      name: t.string({ description: "The new name." }),
      members: t.field({
        type: [PartyInput],
        description: "The new list of all its members, without duplicates; `[]`: none.",
      }),
      expectedVersion: t.int({
        description: "The group's `version` when its members were read. Needed with `members`.",
      }),
    }),
  }),
  payload: groupPayload("UpdateGroupPayload", "The changed group."),
  run: (viewer, { id, name, members, expectedVersion }) =>
    updateGroup(viewer, {
      expectedVersion,
      groupId: readId("input.id", "Group", id),
      name,
      members: members == null ? members : readMembers(members),
    }),
});

mutation("addGroupMembers", {
  description:
    "Adds members to a group; who is one already stays one. In force from the next request on. Refused as `CONFLICT` when the group would be inside itself.",
  input: builder.inputType("AddGroupMembersInput", {
    description: "Which group, and who is to be a member.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The group." }),
      members: t.field({
        type: [PartyInput],
        required: true,
        description: "At least one, without duplicates.",
      }),
    }),
  }),
  payload: groupPayload("AddGroupMembersPayload", "The changed group."),
  run: (viewer, { id, members }) =>
    addGroupMembers(viewer, { groupId: readId("input.id", "Group", id), members: readMembers(members) }),
});

mutation("removeGroupMembers", {
  description: "Removes members from a group; who is none stays none. In force from the next request on.",
  input: builder.inputType("RemoveGroupMembersInput", {
    description: "Which group, and who is to be no member any more.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The group." }),
      members: t.field({
        type: [PartyInput],
        required: true,
        description: "At least one, without duplicates.",
      }),
    }),
  }),
  payload: groupPayload("RemoveGroupMembersPayload", "The changed group."),
  run: (viewer, { id, members }) =>
    removeGroupMembers(viewer, { groupId: readId("input.id", "Group", id), members: readMembers(members) }),
});

mutation("deleteGroup", {
  description:
    "Deletes a group, with its memberships in other groups and the record shares that name it. Refused as `CONFLICT` while sharing rules name it; `extensions.rules` lists them for holders of `MANAGE_DATA_SHARING`.",
  input: builder.inputType("DeleteGroupInput", {
    description: "Which group.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The group." }),
      force: t.boolean({
        defaultValue: false,
        description:
          "Whether sharing rules that name the group are deleted, too. If there are any, that needs `MANAGE_DATA_SHARING`.",
      }),
    }),
  }),
  payload: withRemovedRules(
    deletedPayload(
      "DeleteGroupPayload",
      "Group",
      "The deleted group.",
      ({ groupId }: DeletedGroup) => groupId,
    ),
  ),
  run: (viewer, { id, force }) =>
    deleteGroup(viewer, { groupId: readId("input.id", "Group", id), force: force ?? false }),
});
