import {
  type Assignment as AssignmentRow,
  assignmentActions,
  assignmentsOf,
  valuesOf,
  viewerAdministers,
} from "../../store/directory/applications.ts";
import { builder } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { User } from "../people/user.ts";
import { Application, ApplicationAction } from "./application.ts";

export const ApplicationAssignment = builder.objectRef<AssignmentRow>("ApplicationAssignment").implement({
  description: "An application that somebody has, switched on or off.",
  fields: (t) => ({
    key: t.string({
      description: "The key of the application, such as `DESK`.",
      resolve: ({ application }) => application.key,
    }),
    name: t.string({
      description: "The name of the application.",
      resolve: ({ application }) => application.name,
    }),
    application: t.field({
      type: Application,
      nullable: true,
      description: "The application; null for those who do not administer it.",
      resolve: ({ application }, _, context) =>
        viewerAdministers(requireViewer(context), application) ? application : null,
    }),
    user: t.expose("user", { type: User, nullable: true, description: "Who has it." }),
    isEnabled: t.exposeBoolean("isEnabled", { description: "Whether it is switched on." }),
    values: t.field({
      type: "JSON",
      description:
        "The answers to what the application asks, by key of its fields; role, profile and manager as global ids. What is empty, or not for the viewer, is absent.",
      resolve: (assignment, _, context) => valuesOf(requireViewer(context), assignment),
    }),
    availableActions: t.field({
      type: [ApplicationAction],
      description: "What the viewer may do with it now.",
      resolve: (assignment, _, context) => [...assignmentActions(requireViewer(context), assignment)],
    }),
  }),
});

builder.objectField(User, "applications", (t) =>
  t.field({
    type: [ApplicationAssignment],
    nullable: true,
    description:
      "The applications of the person, on and off, in their order. Null without `MANAGE_USERS`, except one's own.",
    resolve: async (user, _, context) => {
      const assignments = await assignmentsOf(requireViewer(context), user);
      return assignments && [...assignments];
    },
  }),
);
