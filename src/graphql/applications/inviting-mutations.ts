import { InvalidInput } from "../../kernel/fault.ts";
import type { UserId } from "../../kernel/id.ts";
import type { TeamRole as TeamRoleName } from "../../policy/model/org.ts";
import {
  type AddedItem,
  type AddedPerson,
  addApplicationUsers,
} from "../../store/applications/inviting/add-users.ts";
import { peopleInCsv } from "../../store/applications/inviting/csv.ts";
import { type InvitedItem, inviteUser, inviteUsers } from "../../store/applications/inviting/invite.ts";
import type { NewPerson } from "../../store/applications/inviting/person.ts";
import { type PreviewedRow, previewInvitations } from "../../store/applications/inviting/preview.ts";
import { findUser } from "../../store/directory/users.ts";
import { builder, described } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { readId } from "../core/id.ts";
import { MassRefusal } from "../core/mass-refusal.ts";
import { mutation } from "../core/mutation.ts";
import { payloadsWith } from "../core/payload.ts";
import { User } from "../people/user.ts";
import { ApplicationAssignmentInput } from "./assignment-mutations.ts";

const SeatLicense = builder.enumType("SeatLicense", {
  description: "The licences that take seats.",
  values: described<"REGULAR" | "TEAM">({
    REGULAR: "Full work in every module that the profile opens.",
    TEAM: "Full work in team modules, reading in a few organisation modules.",
  }),
});

const TeamRole = builder.enumType("TeamRole", {
  description: "What somebody is in a team module.",
  values: described<TeamRoleName>({
    ADMIN: "Everything, its settings and members included.",
    MANAGER: "Everything with all of its records.",
    MEMBER: "Reads all, changes what is their own.",
    PARTICIPANT: "Reads and changes what is their own.",
    REQUESTER: "Reads and changes what is their own, and no more.",
  }),
});

const TeamMembershipInput = builder.inputType("TeamMembershipInput", {
  description: "What somebody is to be in a team module.",
  fields: (t) => ({
    module: t.string({ required: true, description: "The key of the team module." }),
    role: t.field({ type: TeamRole, required: true, description: "What they are there." }),
  }),
});

const EMAIL = "The address, which nobody else of the organisation has; case makes no difference.";
const NAME = "What people call them; left out, what stands before the @ of the address.";
const LICENSE = "The kind of seat: `REGULAR` unless said.";
const APPLICATIONS = "Which applications, each once; at least one.";
const TEAM_MODULES = "What they are in team modules; none named, no member.";

mutation("inviteUser", {
  description:
    "Invites somebody: a person who is pending until they accept, with their applications, and a mail with a link that is good for seven days.",
  input: builder.inputType("InviteUserInput", {
    description: "Who is invited, and with what.",
    fields: (t) => ({
      email: t.string({ required: true, description: EMAIL }),
      name: t.string({ description: NAME }),
      license: t.field({ type: SeatLicense, description: LICENSE }),
      applications: t.field({
        type: [ApplicationAssignmentInput],
        required: true,
        description: APPLICATIONS,
      }),
      teamModules: t.field({ type: [TeamMembershipInput], description: TEAM_MODULES }),
    }),
  }),
  payload: payloadsWith({
    field: "user",
    type: User,
    description: "The person who was invited.",
    find: (viewer, { userId }: { readonly userId: UserId }) => findUser(viewer, userId),
  })("InviteUserPayload", "The person who was invited."),
  run: (viewer, person) => inviteUser(viewer, person),
});

const InvitedUserItem = builder.objectRef<InvitedItem>("InvitedUserItem").implement({
  description: "What became of one person to invite.",
  fields: (t) => ({
    email: t.exposeString("email", { description: "The address as the input has it." }),
    isDone: t.boolean({
      description: "Whether they were invited.",
      resolve: ({ refusal }) => refusal === null,
    }),
    refusal: t.expose("refusal", {
      type: MassRefusal,
      nullable: true,
      description: "Why they were not; null when they were.",
    }),
    user: t.field({
      type: User,
      nullable: true,
      description: "The person who was invited.",
      resolve: ({ userId }, _, context) =>
        userId === null ? null : findUser(requireViewer(context), userId),
    }),
  }),
});

mutation("inviteUsers", {
  description:
    "Invites up to 500 people, from a list or from CSV. Each is allowed or refused by themselves; those who are allowed are invited together.",
  input: builder.inputType("InviteUsersInput", {
    description: "Who is invited: `items`, or `csv`.",
    fields: (t) => ({
      items: t.field({
        type: [
          builder.inputType("InviteUsersItem", {
            description: "Somebody who is invited, and with what.",
            fields: (item) => ({
              email: item.string({ required: true, description: EMAIL }),
              name: item.string({ description: NAME }),
              license: item.field({ type: SeatLicense, description: LICENSE }),
              applications: item.field({
                type: [ApplicationAssignmentInput],
                required: true,
                description: APPLICATIONS,
              }),
              teamModules: item.field({ type: [TeamMembershipInput], description: TEAM_MODULES }),
            }),
          }),
        ],
        description: "From 1 to 500, each address once.",
      }),
      csv: t.string({
        description:
          "The same as CSV, whose columns `invitationPreview` explains. Places of refusals count the rows below the head from 0.",
      }),
    }),
  }),
  payload: builder.objectRef<{ readonly items: readonly InvitedItem[] }>("InviteUsersPayload").implement({
    description: "What became of each.",
    fields: (t) => ({
      items: t.expose("items", {
        type: [InvitedUserItem],
        nullable: true,
        description: "In the order of the input.",
      }),
    }),
  }),
  run: (viewer, { items, csv }) => {
    if ((items == null) === (csv == null))
      throw new InvalidInput("input", "Send items or csv, and not both.");
    const people: readonly NewPerson[] =
      items ?? peopleInCsv(viewer, "input.csv", csv ?? "").map(({ person }) => person);
    return inviteUsers(viewer, people);
  },
});

const InvitationPreview = builder.objectRef<PreviewedRow>("InvitationPreview").implement({
  description: "What inviting one row of a CSV would do.",
  fields: (t) => ({
    line: t.exposeInt("line", { description: "The line of the CSV, from 1." }),
    email: t.string({ description: "The address.", resolve: ({ person }) => person.email }),
    name: t.string({
      nullable: true,
      description: "The name.",
      resolve: ({ person }) => person.name ?? null,
    }),
    applications: t.field({
      type: "JSON",
      description: "The applications as `inviteUsers` takes them.",
      resolve: ({ person }) => person.applications,
    }),
    refusal: t.expose("refusal", {
      type: MassRefusal,
      nullable: true,
      description: "Why the person would not be invited; null when they would be.",
    }),
  }),
});

builder.queryField("invitationPreview", (t) =>
  t.field({
    type: [InvitationPreview],
    nullable: true,
    description:
      "What inviting the people of a CSV would do now; nothing is done. The first line names the columns: `email`, `name`, `license`, and for each application a column by its key (`DESK`: yes gives it) or by its key and a field (`DESK.role`). CRM's role and profile are named by their keys, its manager by their address. Null without `MANAGE_USERS`.",
    args: { csv: t.arg.string({ required: true, description: "The CSV: commas, semicolons or tabs." }) },
    resolve: async (_, { csv }, context) => {
      const rows = await previewInvitations(requireViewer(context), csv);
      return rows && [...rows];
    },
  }),
);

const AddedUserItem = builder.objectRef<AddedItem>("AddedUserItem").implement({
  description: "What became of one person to be added.",
  fields: (t) => ({
    isDone: t.boolean({
      description: "Whether they have it now.",
      resolve: ({ refusal }) => refusal === null,
    }),
    refusal: t.expose("refusal", {
      type: MassRefusal,
      nullable: true,
      description: "Why not; null when they have it.",
    }),
    user: t.field({
      type: User,
      nullable: true,
      description: "The person, new or here before.",
      resolve: ({ userId }, _, context) =>
        userId === null ? null : findUser(requireViewer(context), userId),
    }),
  }),
});

mutation("addApplicationUsers", {
  description:
    "Adds up to 500 people to one application with one set of answers: people who are here, and new ones, who are invited. Each is allowed or refused by themselves.",
  input: builder.inputType("AddApplicationUsersInput", {
    description: "Which application, what it asks, and who gets it.",
    fields: (t) => ({
      application: t.string({ required: true, description: "The key of the application." }),
      values: t.field({
        type: "JSON",
        description: "The answers to what it asks, the same for all, as in `assignApplications`.",
      }),
      items: t.field({
        type: [
          builder.inputType("AddApplicationUsersItem", {
            description: "Somebody who is here, or an address.",
            isOneOf: true,
            fields: (item) => ({
              user: item.id({ description: "The person." }),
              email: item.string({
                description: "The address of somebody new, or of somebody who is here.",
              }),
            }),
          }),
        ],
        required: true,
        description: "From 1 to 500, each once.",
      }),
    }),
  }),
  payload: builder
    .objectRef<{ readonly items: readonly AddedItem[] }>("AddApplicationUsersPayload")
    .implement({
      description: "What became of each.",
      fields: (t) => ({
        items: t.expose("items", {
          type: [AddedUserItem],
          nullable: true,
          description: "In the order of the input.",
        }),
      }),
    }),
  run: (viewer, { application, values, items }) =>
    addApplicationUsers(viewer, {
      application,
      values,
      people: items.map(
        ({ user, email }, at): AddedPerson =>
          user == null ? { email: email ?? "" } : { userId: readId(`input.items.${at}.user`, "User", user) },
      ),
    }),
});
