import { changeOwner, type PreviousOwnerKeeps as KeepsName } from "../../store/sharing/owner.ts";
import { builder, described } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { recordPayload } from "../records/record-mutations.ts";

const PreviousOwnerKeeps = builder.enumType("PreviousOwnerKeeps", {
  description: "What the previous owner of a record keeps.",
  values: described<KeepsName>({
    NOTHING: "No share: one that they had is removed.",
    READ_ONLY: "A share at `READ_ONLY`, without end.",
    READ_WRITE: "A share at `READ_WRITE`, without end.",
    FULL: "A share at `FULL`, without end.",
  }),
});

mutation("changeOwner", {
  description:
    "Hands a record over to another owner, who must be eligible. A share that the new owner had is removed: they need none. Refused as `CONFLICT` when they own it already.",
  input: builder.inputType("ChangeOwnerInput", {
    description: "Which record, to whom, and what happens to its shares.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The record." }),
      owner: t.id({ required: true, description: "The user who is to own it." }),
      keepShares: t.boolean({
        defaultValue: true,
        description: "Whether its shares stay.",
      }),
      previousOwnerKeeps: t.field({
        type: PreviousOwnerKeeps,
        description:
          "What the previous owner keeps. A level needs `SHARE` on the record and each action of the level. Left out: the share that they have, if shares stay; in a team module a requester keeps at least `READ_ONLY`.",
      }),
    }),
  }),
  payload: recordPayload("ChangeOwnerPayload", "The record that was handed over."),
  run: (viewer, { id, owner, keepShares, previousOwnerKeeps }) =>
    changeOwner(viewer, {
      recordId: readId("input.id", "Record", id),
      ownerId: readId("input.owner", "User", owner),
      keepShares: keepShares ?? true,
      previousOwnerKeeps: previousOwnerKeeps ?? null,
    }),
});
