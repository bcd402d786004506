import type { DefaultAccess as DefaultAccessName, Module as ModuleRow } from "../../policy/model/org.ts";
import { viewerPermissions } from "../../store/core/viewer.ts";
import { pageOf } from "../../store/directory/list.ts";
import { findModuleByKey, listModules } from "../../store/directory/modules.ts";
import { builder, described } from "../core/builder.ts";
import { connectionOf } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Permission } from "./permission.ts";

export const ModuleKind = builder.enumType("ModuleKind", {
  description: "To whom the records of a module belong.",
  values: described<ModuleRow["kind"]>({
    ORGANIZATION:
      "To the organisation: defaults, hierarchy, sharing rules and shares decide who reaches them.",
    TEAM: "To a team: membership and team role decide, and sharing rules and shares add to that.",
  }),
});

export const DefaultAccess = builder.enumType("DefaultAccess", {
  description: "What everyone may do with all records of a module.",
  values: described<DefaultAccessName>({
    PRIVATE: "Nothing: only the owner and the owner's superiors reach a record.",
    PUBLIC_READ_ONLY: "Read.",
    PUBLIC_READ_WRITE: "Read and change.",
    PUBLIC_READ_WRITE_DELETE: "Read, change and delete.",
  }),
});

export const Module = builder.objectRef<ModuleRow>("Module");

builder.node(Module, {
  description: "A kind of record.",
  id: { resolve: (module) => module.id },
  fields: (t) => ({
    key: t.exposeString("key", { description: "The stable name by which queries name it." }),
    label: t.exposeString("label", { description: "What people call it." }),
    kind: t.expose("kind", { type: ModuleKind, description: "To whom its records belong." }),
    defaultAccess: t.expose("defaultAccess", {
      type: DefaultAccess,
      description: "The organisation default. It applies in organisation modules only.",
    }),
    isOpenToTeam: t.exposeBoolean("isOpenToTeam", {
      description: "Whether the Team User profile opens this organisation module for reading.",
    }),
    permissions: t.field({
      type: [Permission],
      description:
        "What the viewer may do in this module at all. The `access` of a record says what applies to that record.",
      resolve: (module, _, context) => [...viewerPermissions(requireViewer(context), module)],
    }),
  }),
});

const ModuleConnection = builder.connectionObject(
  { type: Module, name: "ModuleConnection", description: "A page of modules." },
  { name: "ModuleEdge", description: "A module in a list." },
);

builder.queryFields((t) => ({
  module: t.field({
    type: Module,
    nullable: true,
    description: "The module with this key; null when there is none.",
    args: { key: t.arg.string({ required: true, description: "Its key." }) },
    resolve: (_, { key }, context) => findModuleByKey(requireViewer(context), key),
  }),
  modules: t.connection(
    {
      type: Module,
      nullable: true,
      description: "The modules of the organisation, by label.",
      resolve: (_, args, context) => {
        const modules = listModules(requireViewer(context));
        return connectionOf(pageOf(modules, args, (module) => [module.label, module.id]));
      },
    },
    ModuleConnection,
  ),
}));
