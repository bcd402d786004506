import type { SupportAccessId } from "../../kernel/id.ts";
import { findSupportAccess } from "../../store/support/access.ts";
import { grantSupportAccess } from "../../store/support/grant.ts";
import { revokeSupportAccess } from "../../store/support/revoke.ts";
import { updateSupportAccess } from "../../store/support/update.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { payloadsWith } from "../core/payload.ts";
import { Capability } from "../profiles/capability.ts";
import { SupportAccess } from "./support-access.ts";

type OneAccess = { readonly supportAccessId: SupportAccessId };

const accessPayload = payloadsWith({
  field: "supportAccess",
  type: SupportAccess,
  description: "The support access as it is now; null when the viewer can no longer read it.",
  find: (viewer, { supportAccessId }: OneAccess) => findSupportAccess(viewer, supportAccessId),
});

const WHICH =
  "Which one is meant, so that it is never another one that was opened meanwhile. Left out, the one that is open.";

mutation("grantSupportAccess", {
  description:
    "Opens the door to one agent of the vendor, at once and until the end of a day. The agent has an administrator's rights less what is denied to support. Refused as `CONFLICT` while another access is open: one agent at a time.",
  input: builder.inputType("GrantSupportAccessInput", {
    description: "Who comes in, and for how long.",
    fields: (t) => ({
      expiresOn: t.field({
        type: "Date",
        required: true,
        description:
          "The last day, in the organisation's time zone: today or later. That day is included, and it is never less than 24 hours.",
      }),
      agent: t.string({
        description:
          "The address of the agent, who is on the vendor's list and no user of the organisation. May be left out when there is only one.",
      }),
      reason: t.string({ description: "Why, for the log: at most 1000 characters." }),
      extraDenials: t.field({
        type: [Capability],
        description:
          "Capabilities that are denied to this agent too, without duplicates, such as `RECORD_DELETE`.",
      }),
      acknowledgeDataVisible: t.boolean({
        defaultValue: false,
        description:
          "`true` says that you know that the organisation's data becomes visible to the agent. Without it the answer is `CONFIRMATION_REQUIRED`.",
      }),
    }),
  }),
  payload: accessPayload("GrantSupportAccessPayload", "The access that was opened."),
  run: (viewer, { expiresOn, agent, reason, extraDenials, acknowledgeDataVisible }) =>
    grantSupportAccess(viewer, {
      expiresOn,
      agent: agent ?? null,
      reason: reason ?? null,
      extraDenials: extraDenials ?? [],
      isAcknowledged: acknowledgeDataVisible === true,
    }),
});

mutation("updateSupportAccess", {
  description:
    "Moves the end of the support access that is open to the end of another day, at once. Refused as `CONFLICT` when none is open.",
  input: builder.inputType("UpdateSupportAccessInput", {
    description: "The new end.",
    fields: (t) => ({
      id: t.id({ description: WHICH }),
      expiresOn: t.field({
        type: "Date",
        required: true,
        description:
          "The new last day, in the organisation's time zone: today or later, and never less than 24 hours after the access was opened.",
      }),
    }),
  }),
  payload: accessPayload("UpdateSupportAccessPayload", "The access whose end was moved."),
  run: (viewer, { id, expiresOn }) =>
    updateSupportAccess(viewer, {
      supportAccessId: readId("input.id", "SupportAccess", id) ?? null,
      expiresOn,
    }),
});

mutation("revokeSupportAccess", {
  description:
    "Closes the door to the agent at once. What the agent owns stays. Refused as `CONFLICT` when no access is open.",
  input: builder.inputType("RevokeSupportAccessInput", {
    description: "That it is meant.",
    fields: (t) => ({
      id: t.id({ description: WHICH }),
      confirm: t.boolean({
        defaultValue: false,
        description: "`true` says that it is meant. Without it the answer is `CONFIRMATION_REQUIRED`.",
      }),
    }),
  }),
  payload: accessPayload("RevokeSupportAccessPayload", "The access that was closed."),
  run: (viewer, { id, confirm }) =>
    revokeSupportAccess(viewer, {
      supportAccessId: readId("input.id", "SupportAccess", id) ?? null,
      isConfirmed: confirm === true,
    }),
});
