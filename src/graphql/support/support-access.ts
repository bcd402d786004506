import { findUser } from "../../store/directory/users.ts";
import { longestSupportDaysFor } from "../../store/organization/settings.ts";
import {
  agentOf,
  agentsToChoose,
  isOpenNow,
  listSupportAccesses,
  openSupportAccess,
  type SupportAccess as SupportAccessRow,
  type SupportAgent as SupportAgentRow,
  timeLeftMs,
} from "../../store/support/access.ts";
import { activitiesOf, type SupportActivity as SupportActivityRow } from "../../store/support/activity.ts";
import { builder } from "../core/builder.ts";
import { connectionOf } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Organization } from "../organization/organization.ts";
import { User } from "../people/user.ts";
import { Capability } from "../profiles/capability.ts";

const SupportActivity = builder.objectRef<SupportActivityRow>("SupportActivity").implement({
  description: "One kind of thing that the agent did under a support access.",
  fields: (t) => ({
    action: t.exposeString("action", { description: "What it was, as the audit log calls it." }),
    times: t.exposeInt("times", { description: "How often." }),
    lastAt: t.field({
      type: "DateTime",
      description: "When it was done last.",
      resolve: ({ lastAt }) => new Date(lastAt),
    }),
  }),
});

export const SupportAccess = builder.objectRef<SupportAccessRow>("SupportAccess");

builder.node(SupportAccess, {
  description:
    "One opening of the door to the vendor's support agent, present or past. Only holders of `MANAGE_SUPPORT_ACCESS` see any.",
  id: { resolve: (access) => access.id },
  fields: (t) => ({
    agent: t.field({
      type: User,
      nullable: true,
      description: "The agent, as it appears where it owns something or did something.",
      resolve: (access, _, context) => agentOf(requireViewer(context), access),
    }),
    agentEmail: t.string({
      nullable: true,
      description: "The address of the agent.",
      resolve: (access, _, context) => agentOf(requireViewer(context), access)?.email ?? null,
    }),
    grantedAt: t.field({
      type: "DateTime",
      description: "From when on the agent may come in.",
      resolve: ({ grantedAt }) => new Date(grantedAt),
    }),
    grantedBy: t.field({
      type: User,
      nullable: true,
      description: "Who opened the door; null when it came from an organisation file.",
      resolve: ({ grantedById }, _, context) =>
        grantedById === null ? null : findUser(requireViewer(context), grantedById),
    }),
    expiresOn: t.field({
      type: "Date",
      description: "The last day, in the organisation's time zone; that day is included.",
      resolve: ({ expiresOn }) => expiresOn,
    }),
    expiresAt: t.field({
      type: "DateTime",
      description:
        "The very instant at which it is over: the beginning of the day after `expiresOn` in the organisation's time zone, and no less than 24 hours after `grantedAt`.",
      resolve: ({ expiresAt }) => new Date(expiresAt),
    }),
    revokedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it was revoked before its end; null when it was not.",
      resolve: ({ revokedAt }) => (revokedAt === null ? null : new Date(revokedAt)),
    }),
    revokedBy: t.field({
      type: User,
      nullable: true,
      description: "Who revoked it; null when nobody did, or an organisation file.",
      resolve: ({ revokedById }, _, context) =>
        revokedById === null ? null : findUser(requireViewer(context), revokedById),
    }),
    isOpen: t.boolean({
      description: "Whether the agent may come in now.",
      resolve: (access, _, context) => isOpenNow(requireViewer(context), access),
    }),
    secondsLeft: t.float({
      description: "How long the agent may still come in, in seconds; 0 when it is over.",
      resolve: (access, _, context) => timeLeftMs(requireViewer(context), access) / 1000,
    }),
    reason: t.string({
      nullable: true,
      description: "Why it was opened, if that was said.",
      resolve: ({ reason }) => reason,
    }),
    extraDenials: t.field({
      type: [Capability],
      description: "What is denied to the agent beyond what is denied to every agent.",
      resolve: ({ extraDenials }) => [...extraDenials],
    }),
    done: t.field({
      type: [SupportActivity],
      nullable: true,
      description: "What the agent did under it, reading included: each kind of thing once, by name.",
      resolve: async (access, _, context) => {
        const done = await activitiesOf(requireViewer(context), access);
        return done && [...done];
      },
    }),
  }),
});

const SupportAgent = builder.objectRef<SupportAgentRow>("SupportAgent").implement({
  description: "A person whom the vendor lets come in as a support agent, if an organisation opens the door.",
  fields: (t) => ({
    email: t.exposeString("email", { description: "The address." }),
    position: t.exposeString("position", { description: "The position at the vendor." }),
  }),
});

const SupportAccessConnection = builder.connectionObject(
  { type: SupportAccess, name: "SupportAccessConnection", description: "A page of support accesses." },
  { name: "SupportAccessEdge", description: "A support access in a list." },
);

const WITHOUT = "Null without `MANAGE_SUPPORT_ACCESS`";

builder.objectFields(Organization, (t) => ({
  supportAccess: t.field({
    type: SupportAccess,
    nullable: true,
    description: `The support access that is open now: one at most. ${WITHOUT}, and when none is.`,
    resolve: (_, __, context) => openSupportAccess(requireViewer(context)),
  }),
  supportAccesses: t.connection(
    {
      type: SupportAccess,
      nullable: true,
      description: `Every support access there is and was, the latest first. ${WITHOUT}.`,
      resolve: async (_, args, context) => {
        const page = await listSupportAccesses(requireViewer(context), args);
        return page && connectionOf(page);
      },
    },
    SupportAccessConnection,
  ),
  supportAgents: t.field({
    type: [SupportAgent],
    nullable: true,
    description: `Whom the vendor would let come in. ${WITHOUT}.`,
    resolve: (_, __, context) => {
      const agents = agentsToChoose(requireViewer(context));
      return agents && [...agents];
    },
  }),
  longestSupportDays: t.int({
    nullable: true,
    description: `For how many days support access may be opened at most, the first and the last included; null when that is not limited. ${WITHOUT}.`,
    resolve: (_, __, context) => longestSupportDaysFor(requireViewer(context)),
  }),
}));
