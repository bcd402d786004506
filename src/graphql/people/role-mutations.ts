import type { RoleId } from "../../kernel/id.ts";
import { findRole } from "../../store/directory/roles.ts";
import { type DeletedRole, deleteRole } from "../../store/people/delete-role.ts";
import { createRole, moveRole, updateRole } from "../../store/people/role.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, payloadsWith } from "../core/payload.ts";
import { withRemovedRules } from "./removed-rules.ts";
import { Role } from "./role.ts";

const rolePayload = payloadsWith({
  field: "role",
  type: Role,
  description: "The role as it is now.",
  find: (viewer, { roleId }: { readonly roleId: RoleId }) => findRole(viewer, roleId),
});

mutation("createRole", {
  description: "Creates a role.",
  input: builder.inputType("CreateRoleInput", {
    description: "A new role.",
    fields: (t) => ({
      name: t.string({
        required: true,
        description: "What people call it: something to see, at most 255 characters.",
      }),
      key: t.string({
        description:
          "The stable name that organisation files use, unique among roles: at most 64 letters, digits, `.`, `_` or `-`. Left out, a random one.",
      }),
      parent: t.id({ description: "The role above; left out or null, none." }),
      shareDataWithPeers: t.boolean({
        defaultValue: false,
        description: "Whether the users of this role reach each other's records as superiors do.",
      }),
      forecastManager: t.id({
        description: "Who reads the forecasts of the users of this role; not a deleted user.",
      }),
    }),
  }),
  payload: rolePayload("CreateRolePayload", "The new role."),
  run: (viewer, { name, key, parent, shareDataWithPeers, forecastManager }) =>
    createRole(viewer, {
      name,
      key,
      parentId: readId("input.parent", "Role", parent) ?? null,
      shareDataWithPeers: shareDataWithPeers ?? false,
      forecastManagerId: readId("input.forecastManager", "User", forecastManager) ?? null,
    }),
});

mutation("updateRole", {
  description: "Changes a role, but not its place in the tree. In force from the next request on.",
  input: builder.inputType("UpdateRoleInput", {
    description: "The changes to a role. What is left out stays as it is.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The role." }),
      name: t.string({ description: "The new name." }),
      shareDataWithPeers: t.boolean({
        description: "Whether the users of this role reach each other's records as superiors do.",
      }),
      forecastManager: t.id({
        description: "Who reads the forecasts of the users of this role; null: nobody.",
      }),
    }),
  }),
  payload: rolePayload("UpdateRolePayload", "The changed role."),
  run: (viewer, { id, name, shareDataWithPeers, forecastManager }) =>
    updateRole(viewer, {
      roleId: readId("input.id", "Role", id),
      name,
      shareDataWithPeers,
      forecastManagerId: readId("input.forecastManager", "User", forecastManager),
    }),
});

mutation("moveRole", {
  description:
    "Moves a role, with everything below it, under another one. What users reach follows from the next request on. Refused as `CONFLICT` under itself or a role below it, and where somebody's manager would no longer be above them: `extensions.users` has their ids.",
  input: builder.inputType("MoveRoleInput", {
    description: "Which role, and where to.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The role." }),
      parent: t.id({ description: "The new role above; left out or null, none." }),
    }),
  }),
  payload: rolePayload("MoveRolePayload", "The role that was moved."),
  run: (viewer, { id, parent }) =>
    moveRole(viewer, {
      roleId: readId("input.id", "Role", id),
      parentId: readId("input.parent", "Role", parent) ?? null,
    }),
});

mutation("deleteRole", {
  description:
    "Deletes a role, with the group memberships and record shares that name it. Refused as `CONFLICT` while sharing rules name it; `extensions.rules` lists them for holders of `MANAGE_DATA_SHARING`.",
  input: builder.inputType("DeleteRoleInput", {
    description: "Which role, and what happens to its users and to the roles below it.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The role." }),
      transferTo: t.id({
        description:
          "The role that takes over the users, deleted ones included, and the child roles. Needed when there are any; neither the role itself nor one below it.",
      }),
      force: t.boolean({
        defaultValue: false,
        description:
          "Whether sharing rules that name the role are deleted, too. If there are any, that needs `MANAGE_DATA_SHARING`.",
      }),
    }),
  }),
  payload: withRemovedRules(
    deletedPayload("DeleteRolePayload", "Role", "The deleted role.", ({ roleId }: DeletedRole) => roleId),
  ),
  run: (viewer, { id, transferTo, force }) =>
    deleteRole(viewer, {
      roleId: readId("input.id", "Role", id),
      heirId: readId("input.transferTo", "Role", transferTo) ?? null,
      force: force ?? false,
    }),
});
