import type { KindName } from "../../policy/access/kind.ts";
import type { Remedy as RemedyRow } from "../../policy/ask/remedy.ts";
import type { GateName, Refusal } from "../../policy/gate/gate.ts";
import {
  type ExplainedPath,
  type AccessExplanation as ExplanationRow,
  explainAccess,
} from "../../store/sharing/explain.ts";
import { builder, described } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { readId } from "../core/id.ts";
import { DefaultAccess } from "../modules/module.ts";
import { RecordAction } from "../records/record.ts";
import { RecordShare, ShareLevel } from "./record-share.ts";
import { SharingRule } from "./sharing-rule.ts";

const AccessKind = builder.enumType("AccessKind", {
  description: "The kinds of access, in the order in which an explanation names them.",
  values: described<KindName>({
    OWNERSHIP: "The user owns the record.",
    ADMINISTRATOR: "The user holds `VIEW_ALL_DATA` or `MODIFY_ALL_DATA`.",
    ORGANIZATION_DEFAULT: "The organisation default allows it to everyone.",
    HIERARCHY: "The user is a superior of the owner.",
    PEERS: "The user and the owner have the same role, which shares with peers.",
    FORECAST_MANAGER: "The user is the forecast manager of the owner's role.",
    SHARING_RULE: "A sharing rule gives access.",
    RECORD_SHARE: "A share of the record gives access.",
    TEAM_ROLE: "The user's role in the team module gives access.",
  }),
});

const AccessGate = builder.enumType("AccessGate", {
  description: "What must be true before any grant counts.",
  values: described<GateName>({
    STATUS: "The user is active.",
    APPLICATION: "The user has the CRM application.",
    TEAM_LICENSE: "In organisation modules a team licence allows reading only.",
    PROFILE: "The profile, or the team role, opens the module for the action.",
    SUPPORT: "For the support agent: an open support grant, and no denial.",
  }),
});

const AccessPath = builder.objectRef<ExplainedPath>("AccessPath").implement({
  description: "One way in which the user has access.",
  fields: (t) => ({
    kind: t.expose("kind", { type: AccessKind, description: "The kind of access." }),
    sentence: t.exposeString("sentence", { description: "What gives access, in one sentence." }),
    level: t.exposeString("level", {
      nullable: true,
      description: "The level of the default, rule or share behind it.",
    }),
    rule: t.expose("rule", { type: SharingRule, nullable: true, description: "The sharing rule behind it." }),
    share: t.expose("share", {
      type: RecordShare,
      nullable: true,
      description: "The record share behind it.",
    }),
    rolePath: t.stringList({
      description:
        "The roles or people that it leads through, by name, beginning with the user's; empty when it leads through none. Where people stand above each other by whom they report to, those between the user and the owner are named as far as `User.reportsTo` names them.",
      resolve: ({ rolePath }) => [...rolePath],
    }),
  }),
});

const AccessRefusal = builder.objectRef<Refusal>("AccessRefusal").implement({
  description: "A gate that is shut. One is enough to refuse, whatever the paths are.",
  fields: (t) => ({
    gate: t.expose("gate", { type: AccessGate, description: "The gate." }),
    sentence: t.exposeString("sentence", { description: "Why it is shut, in one sentence." }),
    requirement: t.string({
      nullable: true,
      description: "The number of the requirement behind it, if it has one.",
      resolve: ({ requirement }) => requirement ?? null,
    }),
  }),
});

type AbsenceRow = ExplanationRow["absences"][number];

const AccessAbsence = builder.objectRef<AbsenceRow>("AccessAbsence").implement({
  description: "A kind of access that adds nothing here.",
  fields: (t) => ({
    kind: t.expose("kind", { type: AccessKind, description: "The kind of access." }),
    sentence: t.exposeString("sentence", { description: "What it would have needed, in one sentence." }),
  }),
});

const RemedyChange = builder.enumType("RemedyChange", {
  description: "A single change that turns a refusal into a permission.",
  values: described<RemedyRow["change"]>({
    OPEN_MODULE: "Open the module in the profile.",
    RAISE_DEFAULT: "Raise the organisation default.",
    SHARE_RECORD: "Share the record with the user.",
  }),
});

const AccessRemedy = builder.objectRef<RemedyRow>("AccessRemedy").implement({
  description:
    "The single change that would give the user access and, among all that would, gives access to the fewest other records and users.",
  fields: (t) => ({
    change: t.expose("change", { type: RemedyChange, description: "What to change." }),
    sentence: t.exposeString("sentence", { description: "What to do, in one sentence." }),
    defaultAccess: t.field({
      type: DefaultAccess,
      nullable: true,
      description: "The default to raise to, for `RAISE_DEFAULT`.",
      resolve: (remedy) => (remedy.change === "RAISE_DEFAULT" ? remedy.defaultAccess : null),
    }),
    level: t.field({
      type: ShareLevel,
      nullable: true,
      description: "The level to share at, for `SHARE_RECORD`.",
      resolve: (remedy) => (remedy.change === "SHARE_RECORD" ? remedy.level : null),
    }),
  }),
});

const AccessExplanation = builder.objectRef<ExplanationRow>("AccessExplanation").implement({
  description:
    "Why a user may or may not do something with a record, by the same gates and grants that decide when they try.",
  fields: (t) => ({
    allowed: t.exposeBoolean("allowed", {
      description: "Whether the user may: no gate is shut, and there is a path.",
    }),
    paths: t.field({
      type: [AccessPath],
      description: "Every way in which the user has access.",
      resolve: ({ paths }) => [...paths],
    }),
    refusals: t.field({
      type: [AccessRefusal],
      description: "The gates that are shut.",
      resolve: ({ refusals }) => [...refusals],
    }),
    absences: t.field({
      type: [AccessAbsence],
      description: "When there is no path: what each kind of access would have needed.",
      resolve: ({ absences }) => [...absences],
    }),
    remedy: t.expose("remedy", {
      type: AccessRemedy,
      nullable: true,
      description: "When refused: what would help, if a single change does.",
    }),
  }),
});

builder.queryField("explainAccess", (t) =>
  t.field({
    type: AccessExplanation,
    nullable: true,
    description:
      "Why a user may or may not do something with a record. About oneself: null when the record does not exist or is out of reach. About others: `NOT_FOUND`, unless the viewer can read the record and holds `VIEW_ACCESS`.",
    args: {
      user: t.arg.id({ description: "The global id of the user; left out, the viewer." }),
      record: t.arg.id({ required: true, description: "The global id of the record." }),
      action: t.arg({ type: RecordAction, required: true, description: "The action in question." }),
    },
    resolve: (_, { user, record, action }, context) => {
      const viewer = requireViewer(context);
      const userId = readId("user", "User", user) ?? null;
      return explainAccess(viewer, readId("record", "Record", record), action, userId);
    },
  }),
);
