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
  description: "Creates a module: private, and without fields.",
  input: builder.inputType("CreateModuleInput", {
    description: "A new module.",
    fields: (t) => ({
      key: t.string({
        required: true,
        description: "The stable name by which queries name it. It cannot be changed later.",
      }),
      label: t.string({
        required: true,
        description: "What people call it: something to see, at most 255 characters.",
      }),
      kind: t.field({
        type: ModuleKind,
        defaultValue: "ORGANIZATION",
        description: "To whom its records belong. It cannot be changed later.",
      }),
      isOpenToTeam: t.boolean({
        defaultValue: false,
        description: "Whether the Team User profile opens it for reading: at most ten organisation modules.",
      }),
    }),
  }),
  payload: modulePayload("CreateModulePayload", "The new module."),
  run: (viewer, { key, label, kind, isOpenToTeam }) =>
    createModule(viewer, { key, label, kind: kind ?? "ORGANIZATION", isOpenToTeam: isOpenToTeam ?? false }),
});

mutation("updateModule", {
  description: "Changes what a module is called, and whether team users read it.",
  input: builder.inputType("UpdateModuleInput", {
    description: "The changes to a module. What is left out stays as it is.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The module." }),
      label: t.string({ description: "What people call it." }),
      isOpenToTeam: t.boolean({
        description: "Whether the Team User profile opens it for reading: at most ten organisation modules.",
      }),
    }),
  }),
  payload: modulePayload("UpdateModulePayload", "The changed module."),
  run: (viewer, { id, label, isOpenToTeam }) =>
    updateModule(viewer, { moduleId: readId("input.id", "Module", id), label, isOpenToTeam }),
});

mutation("deleteModule", {
  description:
    "Deletes a module with its records, fields and sharing rules. Refused as `CONFLICT` while lookup fields of other modules point to it; `extensions.fields` has their ids.",
  input: builder.inputType("DeleteModuleInput", {
    description: "Which module.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The module." }),
      confirm: t.boolean({
        defaultValue: false,
        description: "Confirms that everything in it will be deleted. Always needed, even when it is empty.",
      }),
    }),
  }),
  payload: deletedPayload(
    "DeleteModulePayload",
    "Module",
    "The deleted module.",
    ({ moduleId }: OneModule) => moduleId,
  ),
  run: (viewer, { id, confirm }) =>
    deleteModule(viewer, { moduleId: readId("input.id", "Module", id), isConfirmed: confirm ?? false }),
});
