import type { FieldType as FieldTypeName } from "../../policy/model/org.ts";
import { fieldsIn, findModule, type ModuleField } from "../../store/directory/modules.ts";
import { builder, described } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { Module } from "./module.ts";

export const FieldType = builder.enumType("FieldType", {
  description: "What values a field holds.",
  values: described<FieldTypeName>({
    TEXT: "Text, compared exactly, by code point.",
    NUMBER: "A finite number, in double precision.",
    BOOLEAN: "True or false.",
    DATE: "A day: `2027-01-31`.",
    DATETIME: "An instant, in UTC: `2027-01-31T08:00:00.000Z`.",
    PICKLIST: "One of the options.",
    MULTI_PICKLIST: "Some of the options, as a list without duplicates.",
    EMAIL: "An email address.",
    LOOKUP: "A record of `lookupModule`.",
    USER: "A user.",
  }),
});

export const Field = builder.objectRef<ModuleField>("Field");

builder.node(Field, {
  description: "A named place for a value on every record of a module.",
  id: { resolve: ({ field }) => field.id },
  fields: (t) => ({
    version: t.int({
      description:
        "Rises whenever the field changes: what `expectedVersion` means when options are replaced.",
      resolve: ({ field }) => field.version,
    }),
    module: t.expose("module", { type: Module, description: "The module that it belongs to." }),
    key: t.string({
      description: "The name by which `values`, filters and orders name it.",
      resolve: ({ field }) => field.key,
    }),
    label: t.string({
      description: "What people call it; the key unless a label was given.",
      resolve: ({ field }) => field.label ?? field.key,
    }),
    type: t.field({
      type: FieldType,
      description: "What values it holds.",
      resolve: ({ field }) => field.type,
    }),
    isRequired: t.boolean({
      description: "Whether every record must have a value.",
      resolve: ({ field }) => field.isRequired,
    }),
    options: t.stringList({
      description: "The values offered by a `PICKLIST` or `MULTI_PICKLIST`, in order; empty for other types.",
      resolve: ({ field }) => [...field.options],
    }),
    lookupModule: t.field({
      type: Module,
      nullable: true,
      description: "The module that a `LOOKUP` points to; null for other types.",
      resolve: ({ field }, _, context) =>
        field.lookupModuleId === null ? null : findModule(requireViewer(context), field.lookupModuleId),
    }),
  }),
});

builder.objectField(Module, "fields", (t) =>
  t.field({
    type: [Field],
    description: "Its fields, in their own order.",
    resolve: (module) => [...fieldsIn(module)],
  }),
);
