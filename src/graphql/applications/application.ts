import type {
  ApplicationAction as ActionName,
  Application as ApplicationRow,
  ApplicationField as FieldRow,
  ApplicationFieldType as FieldTypeName,
} from "../../policy/model/application.ts";
import { applicationVersion } from "../../store/core/own-version.ts";
import { listApplications, usersOf } from "../../store/directory/applications.ts";
import { findUser } from "../../store/directory/users.ts";
import { builder, described } from "../core/builder.ts";
import { connectionByName } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Organization } from "../organization/organization.ts";
import { User, UserConnection } from "../people/user.ts";

export const ApplicationAction = builder.enumType("ApplicationAction", {
  description: "What may be done with one person's application.",
  values: described<ActionName>({
    EDIT: "Change the answers to what the application asks.",
    ENABLE: "Switch it on; what it asks is asked anew.",
    DISABLE: "Switch it off, and nothing else.",
    UNASSIGN: "Take it away, answers included.",
  }),
});

export const ApplicationFieldType = builder.enumType("ApplicationFieldType", {
  description: "What a field of an application takes.",
  values: described<FieldTypeName>({
    TEXT: "Text of at most 255 characters.",
    OPTION: "One of the values that it offers.",
    BOOLEAN: "True or false.",
    ROLE: "The global id of a role: the person's place in the role tree. CRM alone asks for it.",
    PROFILE: "The global id of a profile: the person's own. CRM alone asks for it.",
    MANAGER: "The global id of the person reported to. CRM alone asks for it.",
  }),
});

const ApplicationField = builder.objectRef<FieldRow>("ApplicationField").implement({
  description: "Something that an application asks of whoever gets it.",
  fields: (t) => ({
    key: t.exposeString("key", { description: "The name of the value, unique in the application." }),
    label: t.exposeString("label", { description: "What people call it." }),
    type: t.expose("type", { type: ApplicationFieldType, description: "What it takes." }),
    isRequired: t.exposeBoolean("isRequired", {
      description: "Whether nobody gets the application without it.",
    }),
    options: t.stringList({
      description: "The values that an `OPTION` offers, in order; empty for other types.",
      resolve: ({ options }) => [...options],
    }),
  }),
});

export const Application = builder.objectRef<ApplicationRow>("Application");

builder.node(Application, {
  description: "An application of the suite, for those who administer it.",
  id: { resolve: (application) => application.id },
  fields: (t) => ({
    key: t.exposeString("key", { description: "The stable name, such as `DESK`." }),
    name: t.exposeString("name", { description: "The name." }),
    takesSeat: t.exposeBoolean("takesSeat", {
      description: "Whether whoever has it takes a seat: one for however many applications.",
    }),
    seatlessBy: t.exposeString("seatlessBy", {
      nullable: true,
      description: "The key of the field that says, when it is true, that no seat is taken; null: none.",
    }),
    fields: t.field({
      type: [ApplicationField],
      description: "What it asks, in order.",
      resolve: ({ fields }) => [...fields],
    }),
    version: t.int({
      nullable: true,
      description:
        "Rises whenever the application is configured: what `expectedVersion` means when its lists are replaced.",
      resolve: (application, _, context) => applicationVersion(requireViewer(context), application.id),
    }),
    administrators: t.field({
      type: [User],
      nullable: true,
      description: "Who administers it beside the administrators of the suite.",
      resolve: ({ administrators }, _, context) =>
        [...administrators].flatMap((id) => findUser(requireViewer(context), id) ?? []),
    }),
    users: t.connection(
      {
        type: User,
        nullable: true,
        description: "Who has it switched on, by name, whatever their status.",
        resolve: (application, args, context) => {
          const users = usersOf(requireViewer(context), application);
          return users && connectionByName(users, args);
        },
      },
      UserConnection,
    ),
  }),
});

builder.objectField(Organization, "applications", (t) =>
  t.field({
    type: [Application],
    nullable: true,
    description:
      "The applications that the viewer administers, in their order; empty for those who administer none.",
    resolve: (_, __, context) => [...listApplications(requireViewer(context))],
  }),
);
