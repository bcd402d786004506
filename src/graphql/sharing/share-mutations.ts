import type { RecordId, ShareId } from "../../kernel/id.ts";
import { revokeShares } from "../../store/sharing/revoke.ts";
import { shareRecord } from "../../store/sharing/share.ts";
import { findShare } from "../../store/sharing/shares.ts";
import { unshareRecord } from "../../store/sharing/unshare.ts";
import { builder } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { PartyInput, readParty } from "../people/party-input.ts";
import { recordPayload } from "../records/record-mutations.ts";
import { RecordShare, ShareLevel } from "./record-share.ts";

type Shared = { readonly recordId: RecordId; readonly shareId: ShareId };

const ShareRecordPayload = recordPayload<Shared>("ShareRecordPayload", "The new share.");

builder.objectField(ShareRecordPayload, "share", (t) =>
  t.field({
    type: RecordShare,
    nullable: true,
    description: "The share as it is now; null when the viewer may not share the record any more.",
    resolve: ({ shareId }, _, context) => findShare(requireViewer(context), shareId),
  }),
);

mutation("shareRecord", {
  description:
    "Shares a record with a party. A second share with the same party replaces the first. Refused as `ALREADY_VISIBLE` for a user who has all of it already, for as long as the share would last; `extensions.path` says how, if the viewer may know.",
  input: builder.inputType("ShareRecordInput", {
    description: "What is shared with whom, how far, and until when.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The record." }),
      with: t.field({ type: PartyInput, required: true, description: "With whom; not with everyone." }),
      level: t.field({
        type: ShareLevel,
        required: true,
        description: "What it gives: only actions that the viewer may do with the record, too.",
      }),
      expiresAt: t.field({
        type: "DateTime",
        description:
          "From this instant on, which must be in the future, it gives no access. Left out, it does not end.",
      }),
    }),
  }),
  payload: ShareRecordPayload,
  run: (viewer, { id, with: recipient, level, expiresAt }) =>
    shareRecord(viewer, {
      recordId: readId("input.id", "Record", id),
      recipient: readParty("input.with", recipient),
      level,
      expiresAt: expiresAt?.getTime() ?? null,
    }),
});

mutation("unshareRecord", {
  description: "Ends a share at once.",
  input: builder.inputType("UnshareRecordInput", {
    description: "Which share.",
    fields: (t) => ({ share: t.id({ required: true, description: "The share." }) }),
  }),
  payload: recordPayload("UnshareRecordPayload", "The record that was shared."),
  run: (viewer, { share }) => unshareRecord(viewer, readId("input.share", "RecordShare", share)),
});

mutation("revokeShares", {
  description:
    "Ends every share with a party, on the records that the viewer may share. What its members have through other parties stays.",
  input: builder.inputType("RevokeSharesInput", {
    description: "Whose shares are to end, and in which module.",
    fields: (t) => ({
      with: t.field({ type: PartyInput, required: true, description: "The recipient of the shares." }),
      module: t.string({ description: "The key of the module; left out, in all modules." }),
    }),
  }),
  payload: builder.objectRef<{ readonly revokedShares: number }>("RevokeSharesPayload").implement({
    description: "What was ended.",
    fields: (t) => ({
      revokedShares: t.exposeInt("revokedShares", {
        description: "How many shares were ended; those on records that the viewer may not share stay.",
      }),
    }),
  }),
  run: (viewer, { with: recipient, module }) =>
    revokeShares(viewer, { recipient: readParty("input.with", recipient), module: module ?? null }),
});
