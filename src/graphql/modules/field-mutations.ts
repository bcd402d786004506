import type { FieldId } from "../../kernel/id.ts";
import { findField } from "../../store/directory/modules.ts";
import { createField } from "../../store/modules/create-field.ts";
import { deleteField } from "../../store/modules/delete-field.ts";
import { MOST_REWRITTEN } from "../../store/modules/rewrite-values.ts";
import { updateField } from "../../store/modules/update-field.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, payloadsWith } from "../core/payload.ts";
import { Field, FieldType } from "./field.ts";

type OneField = { readonly fieldId: FieldId };

const OPTIONS = "The values on offer, in order, without duplicates or empty ones. Only for picklists.";
const LOOKUP_MODULE = "The key of the module that it points to. Only for a `LOOKUP`.";
const FILL_WITH =
  "The value for records that have none: of the field's type, for a `LOOKUP` or a `USER` a global id.";

const MOST = `At most ${MOST_REWRITTEN} records change with it: more are refused as \`LIMIT_EXCEEDED\`, with what to do instead.`;

const fieldPayload = payloadsWith({
  field: "field",
  type: Field,
  description: "The field as it is now.",
  find: (viewer, { fieldId }: OneField) => findField(viewer, fieldId),
});

mutation("createField", {
  description: `Creates a field, after all others of its module. ${MOST}`,
  input: builder.inputType("CreateFieldInput", {
    description: "A new field.",
    fields: (t) => ({
      module: t.id({ required: true, description: "The module." }),
      key: t.string({
        required: true,
        description:
          "The name by which `values`, filters and orders name it, unique in the module. It cannot be changed later.",
      }),
      label: t.string({ description: "What people call it; left out, its key." }),
      type: t.field({ type: FieldType, required: true, description: "What values it holds." }),
      options: t.stringList({ description: OPTIONS }),
      lookupModule: t.string({ description: LOOKUP_MODULE }),
      isRequired: t.boolean({
        defaultValue: false,
        description: "Whether every record must have a value. If so, `fillWith` is needed.",
      }),
      fillWith: t.field({
        type: "JSON",
        description: `${FILL_WITH} Needed with \`isRequired\`, even when there are no records.`,
      }),
    }),
  }),
  payload: fieldPayload("CreateFieldPayload", "The new field."),
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
  description: `Changes a field. A new type, a new \`lookupModule\` and removed options delete the values that no longer fit, and break the sharing rules that depend on them: a broken rule gives no access until its criteria are written again, or it is activated again with the fields of that time. ${MOST}`,
  input: builder.inputType("UpdateFieldInput", {
    description: "The changes to a field. What is left out stays as it is.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The field." }),
      label: t.string({ description: "What people call it; null: its key." }),
      isRequired: t.boolean({
        description:
          "Whether every record must have a value. A field that becomes required needs `fillWith`.",
      }),
      fillWith: t.field({
        type: "JSON",
        description: `${FILL_WITH} Needed when the field becomes required, and when a required one loses values.`,
      }),
      options: t.stringList({ description: OPTIONS }),
      expectedVersion: t.int({
        description:
          "The field's `version` when its options were read. Needed where `options` replaces some.",
      }),
      type: t.field({ type: FieldType, description: "What values it holds." }),
      lookupModule: t.string({ description: LOOKUP_MODULE }),
      confirm: t.boolean({
        defaultValue: false,
        description:
          "Confirms that values that no longer fit will be deleted. Needed with a new type, a new `lookupModule` and removed options, even when no record has a value.",
      }),
    }),
  }),
  payload: fieldPayload("UpdateFieldPayload", "The changed field."),
  run: (viewer, { id, label, isRequired, fillWith, options, expectedVersion, type, lookupModule, confirm }) =>
    updateField(viewer, {
      expectedVersion,
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
    "Deletes a field with all its values. Sharing rules that use it are broken: they give no access until their criteria are written again, or they are activated again. A new field like it does not repair them.",
  input: builder.inputType("DeleteFieldInput", {
    description: "Which field.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The field." }),
      confirm: t.boolean({
        defaultValue: false,
        description: "Confirms that its values will be deleted. Always needed, even when there are none.",
      }),
    }),
  }),
  payload: deletedPayload(
    "DeleteFieldPayload",
    "Field",
    "The deleted field.",
    ({ fieldId }: OneField) => fieldId,
  ),
  run: (viewer, { id, confirm }) =>
    deleteField(viewer, { fieldId: readId("input.id", "Field", id), isConfirmed: confirm ?? false }),
});
