import type { ModuleId } from "../../kernel/id.ts";
import { findModule } from "../../store/directory/modules.ts";
import { createModule } from "../../store/modules/create.ts";
import { deleteModule } from "../../store/modules/delete.ts";
import { updateModule } from "../../store/modules/update.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, payloadsWith } from "../core/payload.ts";
import { Module, ModuleKind } from "./module.ts";

type OneModule = { readonly moduleId: ModuleId };

const modulePayload = payloadsWith({
  field: "module",
  type: Module,
  description: "The module as it is now.",
  find: (viewer, { moduleId }: OneModule) => findModule(viewer, moduleId),
});

mutation("createModule", {
  description: "Makes a module: private (SH-01), and without fields.",
  input: builder.inputType("CreateModuleInput", {
    description: "A new module.",
    fields: (t) => ({
      key: t.string({
        required: true,
        description: "The stable name by which queries name it. It does not change any more.",
      }),
      label: t.string({
        required: true,
        description: "What people call it: not blank, at most 255 characters.",
      }),
      kind: t.field({
        type: ModuleKind,
        defaultValue: "ORGANIZATION",
        description: "Whose its records are. It does not change any more.",
      }),
      isOpenToTeam: t.boolean({
        defaultValue: false,
        description:
          "Whether the Team User profile opens it for reading: ten organisation modules at most (TU-10).",
      }),
    }),
  }),
  payload: modulePayload("CreateModulePayload", "The module that was made."),
  run: (viewer, { key, label, kind, isOpenToTeam }) =>
    createModule(viewer, { key, label, kind: kind ?? "ORGANIZATION", isOpenToTeam: isOpenToTeam ?? false }),
});

mutation("updateModule", {
  description: "Changes what a module is called, and whether team users read it.",
  input: builder.inputType("UpdateModuleInput", {
    description: "What of a module is to change.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The module." }),
      label: t.string({ description: "What people call it; left out, it stays." }),
      isOpenToTeam: t.boolean({
        description:
          "Whether the Team User profile opens it for reading: ten organisation modules at most (TU-10).",
      }),
    }),
  }),
  payload: modulePayload("UpdateModulePayload", "The module that was changed."),
  run: (viewer, { id, label, isOpenToTeam }) =>
    updateModule(viewer, { moduleId: readId("input.id", "Module", id), label, isOpenToTeam }),
});

mutation("deleteModule", {
  description:
    "Deletes a module with its records, fields and sharing rules. While lookups of other modules point to it the answer is `CONFLICT`, with their ids in `extensions.fields`.",
  input: builder.inputType("DeleteModuleInput", {
    description: "Which module.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The module." }),
      confirm: t.boolean({
        defaultValue: false,
        description: "That everything in it is meant to go. Always needed, whether or not there is anything.",
      }),
    }),
  }),
  payload: deletedPayload(
    "DeleteModulePayload",
    "Module",
    "The module that is gone.",
    ({ moduleId }: OneModule) => moduleId,
  ),
  run: (viewer, { id, confirm }) =>
    deleteModule(viewer, { moduleId: readId("input.id", "Module", id), isConfirmed: confirm ?? false }),
});
