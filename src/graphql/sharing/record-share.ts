import { isLive } from "../../kernel/instant.ts";
import type { ShareLevel as ShareLevelName } from "../../policy/model/org.ts";
import { pageOf } from "../../store/directory/list.ts";
import { namedParty } from "../../store/directory/party.ts";
import { findRecord } from "../../store/records/find.ts";
import type { ShareRow } from "../../store/sharing/share-row.ts";
import { sharerOf, sharesOf } from "../../store/sharing/shares.ts";
import { builder, described } from "../core/builder.ts";
import { connectionOf } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Party } from "../people/party.ts";
import { User } from "../people/user.ts";
import { RecordNode } from "../records/record.ts";

export const ShareLevel = builder.enumType("ShareLevel", {
  description: "What a share gives.",
  values: described<ShareLevelName>({
    READ_ONLY: "Read.",
    READ_WRITE: "Read and change.",
    FULL: "Read, change, delete, share, change the owner.",
  }),
});

export const RecordShare = builder.objectRef<ShareRow>("RecordShare");

builder.node(RecordShare, {
  description: "One record, shared with one party.",
  id: { resolve: (share) => share.id },
  fields: (t) => ({
    record: t.field({
      type: RecordNode,
      nullable: true,
      description: "The record.",
      resolve: (share, _, context) => findRecord(requireViewer(context), share.recordId),
    }),
    recipient: t.field({
      type: Party,
      nullable: true,
      description: "With whom it is shared: a user, a role, a role and its subordinates, or a group.",
      resolve: (share, _, context) => namedParty(requireViewer(context), share.recipient),
    }),
    level: t.expose("level", { type: ShareLevel, description: "What it gives." }),
    expiresAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "From this instant on it gives no access; null when it does not end.",
      resolve: ({ expiresAt }) => (expiresAt === null ? null : new Date(expiresAt)),
    }),
    isLive: t.boolean({
      description: "Whether it gives access now; false when it has expired.",
      resolve: (share, _, context) => isLive(share.expiresAt, requireViewer(context).now),
    }),
    sharedBy: t.field({
      type: User,
      nullable: true,
      description: "Who shared it; null when it came from an organisation file.",
      resolve: (share, _, context) => sharerOf(requireViewer(context), share),
    }),
  }),
});

const RecordShareConnection = builder.connectionObject(
  { type: RecordShare, name: "RecordShareConnection", description: "A page of record shares." },
  { name: "RecordShareEdge", description: "A record share in a list." },
);

builder.objectField(RecordNode, "shares", (t) =>
  t.connection(
    {
      type: RecordShare,
      nullable: true,
      description: "With whom it is shared, oldest first. Null for viewers who may not share it.",
      resolve: async (record, args, context) => {
        const shares = await sharesOf(requireViewer(context), record.id);
        return shares && connectionOf(pageOf(shares, args, (share) => ["", share.id]));
      },
    },
    RecordShareConnection,
  ),
);
