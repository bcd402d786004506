import { Forbidden } from "../../kernel/fault.ts";
import type { MailKind as MailKindName } from "../../store/mail/letter.ts";
import type { MailStatus as MailStatusName, OutboxMail as OutboxMailRow } from "../../store/mail/outbox.ts";
import { builder, described } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";

const MailKind = builder.enumType("MailKind", {
  description: "What a mail is about.",
  values: described<MailKindName>({
    INVITATION: "An invitation, with the token that accepts it.",
    ADDRESS_CONFIRMATION: "A question whether an address is the person's, with the token that confirms it.",
    ADDRESS_CHANGED: "The news, to the old address, that a person has another one.",
  }),
});

const MailStatus = builder.enumType("MailStatus", {
  description: "What became of a mail so far.",
  values: described<MailStatusName>({
    WAITING: "It is to be sent, or sent again.",
    SENDING: "It is being sent.",
    SENT: "A mail server has taken it.",
    GIVEN_UP: "A mail server refused it for good, or none took it in time.",
    WITHDRAWN: "It was not sent, since something newer took its place.",
  }),
});

const OutboxMail = builder.objectRef<OutboxMailRow>("OutboxMail").implement({
  description: "A mail that the organisation has written, in development.",
  fields: (t) => ({
    to: t.string({ description: "The address it goes to.", resolve: ({ address }) => address }),
    subject: t.exposeString("subject", { description: "The subject." }),
    text: t.exposeString("text", { description: "The mail as plain text." }),
    html: t.exposeString("html", { description: "The mail as HTML." }),
    token: t.exposeString("token", {
      nullable: true,
      description: "The token that it carries; null once it is sent or void, and for mails without one.",
    }),
    kind: t.field({ type: MailKind, description: "What it is about.", resolve: ({ kind }) => kind }),
    status: t.field({
      type: MailStatus,
      description: "What became of it so far.",
      resolve: ({ status }) => status,
    }),
    isDoubtful: t.exposeBoolean("isDoubtful", {
      description: "Whether an attempt ended without an answer, so that it may arrive twice.",
    }),
    failure: t.exposeString("failure", {
      nullable: true,
      description: "Why the last attempt failed; null when none has.",
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was written.",
      resolve: ({ createdAt }) => new Date(createdAt),
    }),
  }),
});

builder.queryField("outbox", (t) =>
  t.field({
    type: [OutboxMail],
    nullable: true,
    description:
      "The mails of the viewer's organisation, the newest first, one hundred at most. In development only: a server in production does not have this field.",
    resolve: async (_, __, context) => {
      const viewer = requireViewer(context);
      if (context.development === null)
        throw new Forbidden("There is an outbox in development only.", "UA-20");
      return [...(await context.development.outbox(viewer))];
    },
  }),
);
