import { configureApplication } from "../../store/applications/configure.ts";
import { findApplicationByKey } from "../../store/directory/applications.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { payloadsWith } from "../core/payload.ts";
import { Application, ApplicationFieldType } from "./application.ts";

const applicationPayload = payloadsWith({
  field: "application",
  type: Application,
  description: "The application as it is now; null for those who do not administer it any more.",
  find: (viewer, { application }: { readonly application: string }) =>
    findApplicationByKey(viewer, application),
});

mutation("configureApplication", {
  description:
    "Configures an application: its name, what it asks, which answers it offers, and who administers it. Refused as `CONFLICT` while somebody who has it on has answered what would not fit any more.",
  input: builder.inputType("ConfigureApplicationInput", {
    description: "Which application, and the changes. What is left out stays as it is.",
    fields: (t) => ({
      application: t.string({ required: true, description: "The key of the application." }),
      name: t.string({ description: "The new name." }),
      fields: t.field({
        type: [
          builder.inputType("ApplicationFieldInput", {
            description: "Something that the application asks.",
            fields: (field) => ({
              key: field.string({
                required: true,
                description: "The name of the value: at most 64 letters, digits, `.`, `_` or `-`.",
              }),
              label: field.string({ description: "What people call it; left out, the key." }),
              type: field.field({
                type: ApplicationFieldType,
                required: true,
                description: "What it takes. Only CRM asks for a place, and always for a role and a profile.",
              }),
              isRequired: field.boolean({
                defaultValue: false,
                description: "Whether nobody gets the application without it.",
              }),
              options: field.stringList({ description: "The values that an `OPTION` offers, in order." }),
            }),
          }),
        ],
        description: "All that it asks, in order, in place of what it asked before.",
      }),
      administrators: t.idList({
        description:
          "Everybody who administers it beside the administrators of the suite: active people. Needs `MANAGE_ADMIN_PERMISSIONS`.",
      }),
      expectedVersion: t.int({
        description:
          "The `version` that was read; needed with `fields` or `administrators`. Refused as `CONFLICT` when it is not the present one.",
      }),
    }),
  }),
  payload: applicationPayload("ConfigureApplicationPayload", "The configured application."),
  run: (viewer, { administrators, ...change }) =>
    configureApplication(viewer, {
      ...change,
      administrators: administrators === null ? null : administratorsNamed(administrators),
    }),
});

function administratorsNamed(ids: readonly string[] | undefined) {
  return ids?.map((id, at) => readId(`input.administrators.${at}`, "User", id));
}
