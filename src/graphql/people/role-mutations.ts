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
  description: "Makes a role.",
  input: builder.inputType("CreateRoleInput", {
    description: "A new role.",
    fields: (t) => ({
      name: t.string({
        required: true,
        description: "What people call it: not blank, at most 255 characters.",
      }),
      key: t.string({
        description:
          "The stable name for organisation files: at most 64 letters, digits, `.`, `_` or `-`, of no other role; left out, a random one.",
      }),
      parent: t.id({ description: "The role above; left out or null, it is a root." }),
      shareDataWithPeers: t.boolean({
        defaultValue: false,
        description: "Whether users of this very role reach each other's records as superiors do (SH-21).",
      }),
      forecastManager: t.id({
        description: "Who reads the forecasts of the users of this role (SH-22). Nobody who is deleted.",
      }),
    }),
  }),
  payload: rolePayload("CreateRolePayload", "The role that was made."),
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
  description: "Changes a role where it stands. In force on the next request.",
  input: builder.inputType("UpdateRoleInput", {
    description: "What of a role is to change; what is left out stays.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The role." }),
      name: t.string({ description: "Its new name." }),
      shareDataWithPeers: t.boolean({
        description: "Whether users of this very role reach each other's records as superiors do (SH-21).",
      }),
      forecastManager: t.id({
        description: "Who reads the forecasts of the users of this role (SH-22); null takes that away.",
      }),
    }),
  }),
  payload: rolePayload("UpdateRolePayload", "The role that was changed."),
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
    "Puts a role, with all that is below it, under another one. Reach moves along on the next request (SH-23). Under itself it is `CONFLICT` (SH-20), and so it is where somebody's manager would not be above them any more, with `extensions.users` (SH-25).",
  input: builder.inputType("MoveRoleInput", {
    description: "Which role, and where to.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The role." }),
      parent: t.id({ description: "The role above from now on; left out or null, it becomes a root." }),
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
    "Deletes a role. Group memberships and record shares that name it go with it. Rules that name it stand in the way: `CONFLICT` with `extensions.rules`, for those who manage data sharing (SH-39).",
  input: builder.inputType("DeleteRoleInput", {
    description: "Which role, and what becomes of what stands under it.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The role." }),
      transferTo: t.id({
        description:
          "The role that takes over the users, deleted ones included, and the child roles: needed when there are any. Neither the role itself nor one below it.",
      }),
      force: t.boolean({
        defaultValue: false,
        description:
          "Whether sharing rules that name the role are removed with it, which needs `MANAGE_DATA_SHARING` when there are any.",
      }),
    }),
  }),
  payload: withRemovedRules(
    deletedPayload(
      "DeleteRolePayload",
      "Role",
      "The role that is gone.",
      ({ roleId }: DeletedRole) => roleId,
    ),
  ),
  run: (viewer, { id, transferTo, force }) =>
    deleteRole(viewer, {
      roleId: readId("input.id", "Role", id),
      heirId: readId("input.transferTo", "Role", transferTo) ?? null,
      force: force ?? false,
    }),
});
