import { listEvents } from "../../store/audit/read/list.ts";
import type { AuditRow } from "../../store/audit/scope/row.ts";
import { type AuditChange, changesOf, type ShownTarget, targetOf } from "../../store/audit/shown/changes.ts";
import { actorOf, globalIdOf, sequenceOf } from "../../store/audit/shown/event.ts";
import { builder } from "../core/builder.ts";
import { connectionOf } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { User } from "../people/user.ts";
import { AuditAction } from "./action.ts";

const AuditTarget = builder.objectRef<ShownTarget>("AuditTarget").implement({
  description: "What was acted on, as far as the viewer may read it now.",
  fields: (t) => ({
    type: t.exposeString("type", { description: "What it is, such as `Record`." }),
    id: t.id({
      nullable: true,
      description: "Its global id; null for what has none.",
      resolve: (target) => globalIdOf(target),
    }),
    name: t.exposeString("name", {
      nullable: true,
      description: "What it is called now, or was called when it was deleted.",
    }),
  }),
});

const AuditChangeType = builder.objectRef<AuditChange>("AuditChange").implement({
  description: "One thing that an event changed.",
  fields: (t) => ({
    field: t.exposeString("field", {
      description: "Which one, as a path such as `name` or `values.revenue`.",
    }),
    label: t.exposeString("label", { description: "What people call it." }),
    before: t.expose("before", {
      type: "JSON",
      nullable: true,
      description: "What it was; null when it was not there. What is out of reach is `{ hidden: true }`.",
    }),
    after: t.expose("after", {
      type: "JSON",
      nullable: true,
      description: "What it became; null when it went. What is out of reach is `{ hidden: true }`.",
    }),
    beforeText: t.exposeString("beforeText", {
      nullable: true,
      description: "What it was, for people: names instead of ids.",
    }),
    afterText: t.exposeString("afterText", {
      nullable: true,
      description: "What it became, for people: names instead of ids.",
    }),
  }),
});

export const AuditEvent = builder.objectRef<AuditRow>("AuditEvent");

builder.node(AuditEvent, {
  description:
    "One thing that happened: who did what, when, on what. Holders of `VIEW_AUDIT_LOG` read every event, others their own and those of the people below them. What it tells of its target is cut to what the viewer may read now.",
  id: { resolve: (event) => event.id },
  fields: (t) => ({
    at: t.expose("at", { type: "DateTime", description: "When." }),
    action: t.field({
      type: AuditAction,
      description: "What was done.",
      resolve: ({ action }) => action as typeof AuditAction.$inferType,
    }),
    actor: t.field({
      type: User,
      nullable: true,
      description: "Who did it, the support agent included; null for the system.",
      resolve: (event, _, context) => actorOf(requireViewer(context), event),
    }),
    account: t.exposeString("account", {
      nullable: true,
      description: "The account of the operating system that did it on the command line; null otherwise.",
    }),
    isSupport: t.exposeBoolean("isSupport", { description: "Whether the vendor's support agent did it." }),
    target: t.field({
      type: AuditTarget,
      nullable: true,
      description:
        "What was acted on. Null when the viewer may not read it now; of what was deleted, for all but holders of `VIEW_AUDIT_LOG`.",
      resolve: (event, _, context) => targetOf(requireViewer(context), event),
    }),
    changes: t.field({
      type: [AuditChangeType],
      nullable: true,
      description:
        "What it changed. Null when the viewer may not read the target now; what they may not read of it is left out.",
      resolve: (event, _, context) => changesOf(requireViewer(context), event),
    }),
    requestId: t.exposeID("requestId", {
      nullable: true,
      description:
        "The request that did it, as in `X-Request-Id` and in the log of the server; null without one.",
    }),
    sequence: t.int({
      nullable: true,
      description: "Its number in the log, without gaps from 1. Null without `VIEW_AUDIT_LOG`.",
      resolve: (event, _, context) => sequenceOf(requireViewer(context), event),
    }),
  }),
});

const AuditEventConnection = builder.connectionObject(
  {
    type: AuditEvent,
    name: "AuditEventConnection",
    description:
      "A page of the audit log. Totals are for holders of `VIEW_AUDIT_LOG`, up to 10,000; for others `totalCount` is what the page has, as a lower bound.",
  },
  { name: "AuditEventEdge", description: "An event in a list." },
);

const AuditEventFilter = builder.inputType("AuditEventFilter", {
  description:
    "Which events to list. Everything that is named has to fit, and nothing is found by what is not shown.",
  fields: (t) => ({
    actor: t.id({ description: "Those of this person." }),
    actions: t.field({ type: [AuditAction], description: "Those of these kinds." }),
    target: t.id({ description: "Those on this." }),
    from: t.field({ type: "DateTime", description: "Those from this instant on." }),
    to: t.field({ type: "DateTime", description: "Those before this instant." }),
    isSupport: t.boolean({ description: "Those of support agents, or of everybody else." }),
  }),
});

builder.queryField("auditEvents", (t) =>
  t.connection(
    {
      type: AuditEvent,
      nullable: true,
      description:
        "What happened, newest first: everything for holders of `VIEW_AUDIT_LOG`, for others what they and the people below them did.",
      args: { filter: t.arg({ type: AuditEventFilter, description: "Which of it." }) },
      resolve: async (_, args, context) => {
        const page = await listEvents(requireViewer(context), args);
        return { ...connectionOf(page), totalIsLowerBound: page.totalIsLowerBound };
      },
    },
    AuditEventConnection,
  ),
);
