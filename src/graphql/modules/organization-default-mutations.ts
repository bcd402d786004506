import { toGlobalId } from "../../kernel/global-id.ts";
import type { ModuleId } from "../../kernel/id.ts";
import { findModule } from "../../store/directory/modules.ts";
import { setOrganizationDefaults } from "../../store/modules/defaults.ts";
import { builder } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { mutation } from "../core/mutation.ts";
import { DefaultAccess, Module } from "./module.ts";

const ModuleDefaultInput = builder.inputType("ModuleDefaultInput", {
  description: "The default of one module.",
  fields: (t) => ({
    module: t.string({ required: true, description: "The key of the module." }),
    access: t.field({ type: DefaultAccess, required: true, description: "What everyone may do there." }),
  }),
});

mutation("setOrganizationDefaults", {
  description:
    "Sets the organisation defaults of one or more modules: all of them, or none. In force from the next request on.",
  input: builder.inputType("SetOrganizationDefaultsInput", {
    description: "Which modules, and what everyone may do in them.",
    fields: (t) => ({
      defaults: t.field({
        type: [ModuleDefaultInput],
        required: true,
        description: "Each module once. Team modules and `forecasts` have no default.",
      }),
    }),
  }),
  payload: builder
    .objectRef<{ readonly moduleIds: readonly ModuleId[] }>("SetOrganizationDefaultsPayload")
    .implement({
      description: "The modules whose defaults were set.",
      fields: (t) => ({
        ids: t.idList({
          description: "Their global ids, in the order of the input.",
          resolve: ({ moduleIds }) => moduleIds.map((id) => toGlobalId("Module", id)),
        }),
        modules: t.field({
          type: [Module],
          nullable: true,
          description: "The modules as they are now, in the order of the input.",
          resolve: ({ moduleIds }, _, context) =>
            moduleIds.flatMap((id) => findModule(requireViewer(context), id) ?? []),
        }),
      }),
    }),
  run: (viewer, { defaults }) => setOrganizationDefaults(viewer, defaults),
});
