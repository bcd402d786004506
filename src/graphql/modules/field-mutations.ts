import type { FieldId } from "../../kernel/id.ts";
import { findField } from "../../store/directory/modules.ts";
import { createField } from "../../store/modules/create-field.ts";
import { deleteField } from "../../store/modules/delete-field.ts";
import { updateField } from "../../store/modules/update-field.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, payloadsWith } from "../core/payload.ts";
import { Field, FieldType } from "./field.ts";

type OneField = { readonly fieldId: FieldId };

const OPTIONS = "The values offered, in order: each once and not empty. For picklists, and for them alone.";
const LOOKUP_MODULE = "The key of the module that it points to. For a `LOOKUP`, and for it alone.";
const FILL_WITH =
  "The value that records without one get: of the field's type, a `LOOKUP` and a `USER` by global id.";

const fieldPayload = payloadsWith({
  field: "field",
  type: Field,
  description: "The field as it is now.",
  find: (viewer, { fieldId }: OneField) => findField(viewer, fieldId),
});

mutation("createField", {
  description: "Makes a field, after all others of its module.",
  input: builder.inputType("CreateFieldInput", {
    description: "A new field.",
    fields: (t) => ({
      module: t.id({ required: true, description: "The module." }),
      key: t.string({
        required: true,
        description:
          "The name by which `values`, filters and orders name it, unique in the module. It does not change any more.",
      }),
      label: t.string({ description: "What people call it; left out, its key." }),
      type: t.field({ type: FieldType, required: true, description: "What values it holds." }),
      options: t.stringList({ description: OPTIONS }),
      lookupModule: t.string({ description: LOOKUP_MODULE }),
      isRequired: t.boolean({
        defaultValue: false,
        description: "Whether every record must have a value. It then needs `fillWith`.",
      }),
      fillWith: t.field({
        type: "JSON",
        description: `${FILL_WITH} Needed with \`isRequired\`, whether or not there are records.`,
      }),
    }),
  }),
  payload: fieldPayload("CreateFieldPayload", "The field that was made."),
  run: (viewer, { module, key, label, type, options, lookupModule, isRequired, fillWith }) =>
    createField(viewer, {
      moduleId: readId("input.module", "Module", module),
      key,
      label: label ?? null,
      type,
      options,
      lookupModule,
      isRequired: isRequired ?? false,
      fillWith,
    }),
});

mutation("updateField", {
  description:
    "Changes a field. Another type, another module to point to and options that go take away the values that do not fit any more, and break the sharing rules that use them: those admit nothing until somebody writes their criteria again, or activates them under the fields of then (SH-32).",
  input: builder.inputType("UpdateFieldInput", {
    description: "What of a field is to change. What is left out stays.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The field." }),
      label: t.string({ description: "What people call it; null is its key." }),
      isRequired: t.boolean({
        description: "Whether every record must have a value. One that becomes required needs `fillWith`.",
      }),
      fillWith: t.field({
        type: "JSON",
        description: `${FILL_WITH} Needed when the field becomes required, and when a required one loses values.`,
      }),
      options: t.stringList({ description: OPTIONS }),
      type: t.field({ type: FieldType, description: "What values it holds." }),
      lookupModule: t.string({ description: LOOKUP_MODULE }),
      confirm: t.boolean({
        defaultValue: false,
        description:
          "That values which do not fit any more are meant to go. Needed with another type, another module to point to and options that go, whether or not any record has a value.",
      }),
    }),
  }),
  payload: fieldPayload("UpdateFieldPayload", "The field that was changed."),
  run: (viewer, { id, label, isRequired, fillWith, options, type, lookupModule, confirm }) =>
    updateField(viewer, {
      fieldId: readId("input.id", "Field", id),
      label,
      isRequired,
      fillWith,
      options,
      type,
      lookupModule,
      isConfirmed: confirm ?? false,
    }),
});

mutation("deleteField", {
  description:
    "Deletes a field with every value of it. Sharing rules that use it are broken: they admit nothing until somebody writes their criteria again, or activates them; a new field like it does not change that (SH-32).",
  input: builder.inputType("DeleteFieldInput", {
    description: "Which field.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The field." }),
      confirm: t.boolean({
        defaultValue: false,
        description: "That its values are meant to go. Always needed, whether or not there are any.",
      }),
    }),
  }),
  payload: deletedPayload(
    "DeleteFieldPayload",
    "Field",
    "The field that is gone.",
    ({ fieldId }: OneField) => fieldId,
  ),
  run: (viewer, { id, confirm }) =>
    deleteField(viewer, { fieldId: readId("input.id", "Field", id), isConfirmed: confirm ?? false }),
});
