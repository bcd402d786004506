import type { Edition as EditionName, Language as LanguageName, Org } from "../../policy/model/org.ts";
import { languageFor } from "../../store/organization/language.ts";
import { type Seats as SeatsRow, seatsFor, settingsFor } from "../../store/organization/settings.ts";
import { builder, described } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { User } from "../people/user.ts";

const Edition = builder.enumType("Edition", {
  description: "What the organisation has subscribed to.",
  values: described<EditionName>({
    FREE: "Without team users.",
    STANDARD: "With team users.",
    PROFESSIONAL: "With team users.",
    ENTERPRISE: "With team users.",
    ULTIMATE: "With team users.",
    SUITE_PLUS: "The suite, with team users.",
    ONE_FLEXIBLE: "The whole suite by user, with team users.",
    ONE_ALL_EMPLOYEE:
      "The whole suite for every employee: no team users, since everyone may join team modules.",
  }),
});

const HierarchyKind = builder.enumType("HierarchyKind", {
  description: "What decides who stands above whom.",
  values: described<Org["hierarchy"]>({ ROLE: "The role tree.", REPORTING: "Whom each user reports to." }),
});

export const Language = builder.enumType("Language", {
  description: "A language that mails are written in.",
  values: described<LanguageName>({
    EN: "English.",
    DE: "German.",
    JA: "Japanese.",
    ZH: "Chinese, in simplified characters.",
  }),
});

const Seats = builder.objectRef<SeatsRow>("Seats").implement({
  description:
    "How many people may hold a licence of each kind, and how many do: those who are pending or active.",
  fields: (t) => ({
    regular: t.int({
      description: "Seats of the regular licence.",
      resolve: ({ regular }) => regular.total,
    }),
    regularUsed: t.int({
      description: "How many people hold a seat of the regular licence: one each, however many applications.",
      resolve: ({ regular }) => regular.used,
    }),
    regularFree: t.int({
      description: "How many seats of the regular licence nobody holds.",
      resolve: ({ regular }) => regular.free,
    }),
    team: t.int({ description: "Seats of the team licence.", resolve: ({ team }) => team.total }),
    teamUsed: t.int({
      description: "How many people hold a seat of the team licence.",
      resolve: ({ team }) => team.used,
    }),
    teamFree: t.int({
      description: "How many seats of the team licence nobody holds.",
      resolve: ({ team }) => team.free,
    }),
    restricted: t.exposeInt("restricted", {
      description: "How many people work here without a seat, since none of their applications takes one.",
    }),
  }),
});

export const Organization = builder.objectRef<Org>("Organization");

builder.node(Organization, {
  description:
    "A tenant: its people, structure, rules and records, which no other organisation ever sees. Settings need `MANAGE_ORGANIZATION`.",
  id: { resolve: (org) => org.id },
  fields: (t) => ({
    key: t.exposeString("key", { description: "The stable name that tokens and organisation files use." }),
    name: t.exposeString("name", { description: "The name." }),
    timeZone: t.string({
      nullable: true,
      description: "The IANA time zone in which days begin and end. Null without `MANAGE_ORGANIZATION`.",
      resolve: (_, __, context) => settingsFor(requireViewer(context))?.timeZone ?? null,
    }),
    edition: t.field({
      type: Edition,
      nullable: true,
      description: "The edition that the organisation has subscribed to. Null without `MANAGE_ORGANIZATION`.",
      resolve: (_, __, context) => settingsFor(requireViewer(context))?.edition ?? null,
    }),
    hierarchy: t.field({
      type: HierarchyKind,
      nullable: true,
      description: "What decides who stands above whom. Null without `MANAGE_ORGANIZATION`.",
      resolve: (_, __, context) => settingsFor(requireViewer(context))?.hierarchy ?? null,
    }),
    language: t.field({
      type: Language,
      nullable: true,
      description: "What mails to its people are written in. Null without `MANAGE_ORGANIZATION`.",
      resolve: (_, __, context) => languageFor(requireViewer(context)),
    }),
    superAdministrator: t.field({
      type: User,
      nullable: true,
      description: "The one user whom no profile restricts. Null without `MANAGE_ORGANIZATION`.",
      resolve: (_, __, context) => settingsFor(requireViewer(context))?.superAdministrator ?? null,
    }),
    seats: t.field({
      type: Seats,
      nullable: true,
      description: "How many seats there are, and who holds them. Null without `MANAGE_ORGANIZATION`.",
      resolve: (_, __, context) => seatsFor(requireViewer(context)),
    }),
  }),
});

builder.queryField("organization", (t) =>
  t.field({
    type: Organization,
    nullable: true,
    description: "The viewer's organisation.",
    resolve: (_, __, context) => requireViewer(context).policy.org,
  }),
);
