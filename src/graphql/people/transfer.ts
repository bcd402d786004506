import {
  countsOf,
  findTransfer,
  modulesOf,
  pageOfTransfers,
  personOf,
} from "../../store/people/transfers/list.ts";
import type { Transfer as TransferRow } from "../../store/people/transfers/transfer.ts";
import { builder } from "../core/builder.ts";
import { connectionOf } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import type { Ref } from "../core/payload.ts";
import { Module } from "../modules/module.ts";
import { User } from "./user.ts";

const COUNTS = "Null but for whoever began it and who reads every record of its modules.";

export const RecordTransfer = builder.objectRef<TransferRow>("RecordTransfer").implement({
  description:
    "Records that go from one person to another in the background. Each goes by itself: at any instant it belongs to one of the two, and lists, counts and checks follow.",
  fields: (t) => ({
    id: t.id({ description: "Names the transfer among the others.", resolve: ({ id }) => id }),
    from: t.field({
      type: User,
      nullable: true,
      description: "Whose records they are.",
      resolve: ({ fromId }, _, context) => personOf(requireViewer(context), fromId),
    }),
    to: t.field({
      type: User,
      nullable: true,
      description: "Who gets them.",
      resolve: ({ toId }, _, context) => personOf(requireViewer(context), toId),
    }),
    startedBy: t.field({
      type: User,
      nullable: true,
      description: "Who began it. Null for the support agent.",
      resolve: ({ startedById }, _, context) => personOf(requireViewer(context), startedById),
    }),
    modules: t.field({
      type: [Module],
      nullable: true,
      description: "The modules whose records go, in the order in which they do.",
      resolve: (transfer, _, context) => modulesOf(requireViewer(context), transfer),
    }),
    startedAt: t.field({
      type: "DateTime",
      description: "When it began.",
      resolve: ({ startedAt }) => new Date(startedAt),
    }),
    endedAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When it ended; null as long as it runs.",
      resolve: ({ endedAt }) => (endedAt === null ? null : new Date(endedAt)),
    }),
    movedRecords: t.int({
      nullable: true,
      description: `How many records have gone. ${COUNTS}`,
      resolve: (transfer, _, context) => countsOf(requireViewer(context), transfer)?.movedRecords,
    }),
    keptRecords: t.int({
      nullable: true,
      description: `How many records stay, since whoever began it reads them but may not hand them over. ${COUNTS}`,
      resolve: (transfer, _, context) => countsOf(requireViewer(context), transfer)?.keptRecords,
    }),
    totalRecords: t.int({
      nullable: true,
      description: `How many records there were when it began; null where not all of them were to go. ${COUNTS}`,
      resolve: (transfer, _, context) => countsOf(requireViewer(context), transfer)?.totalRecords,
    }),
  }),
});

const RecordTransferConnection = builder.connectionObject(
  { type: RecordTransfer, name: "RecordTransferConnection", description: "A page of transfers of records." },
  { name: "RecordTransferEdge", description: "A transfer of records in a list." },
);

builder.queryField("recordTransfers", (t) =>
  t.connection(
    {
      type: RecordTransfer,
      nullable: true,
      description:
        "The transfers of records that the viewer began, and for holders of `MANAGE_ADMIN_PERMISSIONS` all of them, newest first: the newest 500 of those that run or ended in the last thirty days.",
      resolve: async (_, args, context) => connectionOf(await pageOfTransfers(requireViewer(context), args)),
    },
    RecordTransferConnection,
  ),
);

/** Adds to the payload of a mutation the transfer that it has begun. */
export function withTransfer<Result extends { readonly transferId: string | null }>(
  payload: Ref<Result>,
): Ref<Result> {
  builder.objectField(payload, "transfer", (t) =>
    t.field({
      type: RecordTransfer,
      nullable: true,
      description: "The transfer of records that it began; null without one.",
      resolve: ({ transferId }, _, { viewer }) =>
        transferId === null ? null : viewer && findTransfer(viewer, transferId),
    }),
  );
  return payload;
}
