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

const ShareRecordPayload = recordPayload<Shared>("ShareRecordPayload", "The share that was made.");

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
    "Shares a record with a party (SH-41). A second share to the same party replaces the first. With a user who has all of it already, until the share would end, it is `ALREADY_VISIBLE`, with the path in `extensions.path` if the viewer may know it (SH-43).",
  input: builder.inputType("ShareRecordInput", {
    description: "What is shared with whom, how far, and until when.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The record." }),
      with: t.field({ type: PartyInput, required: true, description: "With whom; not with everyone." }),
      level: t.field({
        type: ShareLevel,
        required: true,
        description: "What it gives: no action that the viewer may not do with the record now (SH-42).",
      }),
      expiresAt: t.field({
        type: "DateTime",
        description: "From this instant on it is void; later than now. Left out, it does not end.",
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
  description: "Ends a share at once (SH-45).",
  input: builder.inputType("UnshareRecordInput", {
    description: "Which share.",
    fields: (t) => ({ share: t.id({ required: true, description: "The share." }) }),
  }),
  payload: recordPayload("UnshareRecordPayload", "The record that was shared."),
  run: (viewer, { share }) => unshareRecord(viewer, readId("input.share", "RecordShare", share)),
});

mutation("revokeShares", {
  description:
    "Revokes everything that is shared with a party, on the records that the viewer may share (SH-45). What its members have through other parties stays.",
  input: builder.inputType("RevokeSharesInput", {
    description: "With whom nothing is to be shared any more.",
    fields: (t) => ({
      with: t.field({ type: PartyInput, required: true, description: "The recipient of the shares." }),
      module: t.string({ description: "The key of the module; left out, in all of them." }),
    }),
  }),
  payload: builder.objectRef<{ readonly revokedShares: number }>("RevokeSharesPayload").implement({
    description: "What was revoked.",
    fields: (t) => ({
      revokedShares: t.exposeInt("revokedShares", {
        description: "How many shares are gone; those on records that the viewer may not share stay.",
      }),
    }),
  }),
  run: (viewer, { with: recipient, module }) =>
    revokeShares(viewer, { recipient: readParty("input.with", recipient), module: module ?? null }),
});
