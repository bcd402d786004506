import type { UserId } from "../../kernel/id.ts";
import { activateUser } from "../../store/applications/activate.ts";
import { assignApplications } from "../../store/applications/assign.ts";
import {
  disableApplication,
  editApplicationAssignment,
  enableApplication,
  type OneAssignment,
  unassignApplication,
} from "../../store/applications/assignment.ts";
import { findUser } from "../../store/directory/users.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { payloadsWith } from "../core/payload.ts";
import { massUserPayload } from "../people/mass-user.ts";
import { User } from "../people/user.ts";

const VALUES =
  "The answers to what the application asks, by key of its fields; a role, a profile and a manager by their global ids.";

export const ApplicationAssignmentInput = builder.inputType("ApplicationAssignmentInput", {
  description: "An application to be given.",
  fields: (t) => ({
    application: t.string({ required: true, description: "The key of the application, such as `DESK`." }),
    values: t.field({ type: "JSON", description: `${VALUES} Whatever is required has to be there.` }),
  }),
});

mutation("assignApplications", {
  description:
    "Gives applications to up to 500 people. Each person is allowed or refused by themselves, with all of their applications or none.",
  input: builder.inputType("AssignApplicationsInput", {
    description: "Who gets which applications.",
    fields: (t) => ({
      items: t.field({
        type: [
          builder.inputType("AssignApplicationsItem", {
            description: "The applications for one person.",
            fields: (item) => ({
              user: item.id({ required: true, description: "The person: active or pending." }),
              applications: item.field({
                type: [ApplicationAssignmentInput],
                required: true,
                description: "Which, each once; none that the person has already, on or off.",
              }),
            }),
          }),
        ],
        required: true,
        description: "From 1 to 500, each person once.",
      }),
    }),
  }),
  payload: massUserPayload("AssignApplicationsPayload"),
  run: (viewer, { items }) =>
    assignApplications(
      viewer,
      items.map(({ user, applications }, at) => ({
        userId: readId(`input.items.${at}.user`, "User", user),
        applications,
      })),
    ),
});

const userPayload = payloadsWith({
  field: "user",
  type: User,
  description: "The person as they are now.",
  find: (viewer, { userId }: { readonly userId: UserId }) => findUser(viewer, userId),
});

function oneOf(user: string, application: string): OneAssignment {
  return { userId: readId("input.user", "User", user), application };
}

mutation("editApplicationAssignment", {
  description: "Changes the answers to what an application asks of a person.",
  input: builder.inputType("EditApplicationAssignmentInput", {
    description: "Whose application, and the changes.",
    fields: (t) => ({
      user: t.id({ required: true, description: "The person." }),
      application: t.string({ required: true, description: "The key of the application." }),
      values: t.field({
        type: "JSON",
        required: true,
        description: `${VALUES} What is left out stays; null takes away what is not required.`,
      }),
    }),
  }),
  payload: userPayload("EditApplicationAssignmentPayload", "The person whose application was changed."),
  run: (viewer, { user, application, values }) =>
    editApplicationAssignment(viewer, { ...oneOf(user, application), values }),
});

mutation("enableApplication", {
  description:
    "Switches an application on that is off. What it asks is asked anew: nothing that was answered before counts. Of somebody who was deactivated it brings back the person with this application alone, for administrators of the suite.",
  input: builder.inputType("EnableApplicationInput", {
    description: "Whose application, and what it asks.",
    fields: (t) => ({
      user: t.id({ required: true, description: "The person." }),
      application: t.string({ required: true, description: "The key of the application." }),
      values: t.field({ type: "JSON", description: `${VALUES} Whatever is required has to be there.` }),
    }),
  }),
  payload: userPayload("EnableApplicationPayload", "The person whose application is on."),
  run: (viewer, { user, application, values }) =>
    enableApplication(viewer, { ...oneOf(user, application), values }),
});

mutation("activateUser", {
  description:
    "Brings back a person who was deactivated, with the applications that are named and no other. What each asks is asked anew. Administrators alone may: it also needs `MANAGE_USERS`. Refused as `NO_SEAT` when they would need a seat and none is free.",
  input: builder.inputType("ActivateUserInput", {
    description: "Who, and with what.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The person: inactive." }),
      applications: t.field({
        type: [ApplicationAssignmentInput],
        required: true,
        description: "What the person may open from now on: at least one, each once.",
      }),
    }),
  }),
  payload: userPayload("ActivateUserPayload", "The person, who is back."),
  run: (viewer, { id, applications }) =>
    activateUser(viewer, { userId: readId("input.id", "User", id), applications }),
});

mutation("disableApplication", {
  description:
    "Switches an application off that is on, and no other. Without CRM the person reaches no record from the next request on.",
  input: builder.inputType("DisableApplicationInput", {
    description: "Whose application.",
    fields: (t) => ({
      user: t.id({ required: true, description: "The person." }),
      application: t.string({ required: true, description: "The key of the application." }),
    }),
  }),
  payload: userPayload("DisableApplicationPayload", "The person whose application is off."),
  run: (viewer, { user, application }) => disableApplication(viewer, oneOf(user, application)),
});

mutation("unassignApplication", {
  description: "Takes an application away from a person, answers included, and no other.",
  input: builder.inputType("UnassignApplicationInput", {
    description: "Whose application.",
    fields: (t) => ({
      user: t.id({ required: true, description: "The person." }),
      application: t.string({ required: true, description: "The key of the application." }),
    }),
  }),
  payload: userPayload("UnassignApplicationPayload", "The person who had the application."),
  run: (viewer, { user, application }) => unassignApplication(viewer, oneOf(user, application)),
});
