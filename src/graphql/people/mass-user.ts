import { toGlobalId } from "../../kernel/global-id.ts";
import type { UserId } from "../../kernel/id.ts";
import type { EachOutcome, ItemOutcome } from "../../store/core/items.ts";
import { findUser } from "../../store/directory/users.ts";
import { builder } from "../core/builder.ts";
import { MassRefusal } from "../core/mass-refusal.ts";
import type { Ref } from "../core/payload.ts";
import { User } from "./user.ts";

const MassUserItem = builder.objectRef<ItemOutcome<UserId>>("MassUserItem").implement({
  description: "What became of one person of a mutation of many.",
  fields: (t) => ({
    id: t.id({
      description: "The global id of the person.",
      resolve: ({ id }) => toGlobalId("User", id),
    }),
    isDone: t.boolean({
      description: "Whether it happened.",
      resolve: ({ refusal }) => refusal === null,
    }),
    refusal: t.expose("refusal", {
      type: MassRefusal,
      nullable: true,
      description: "Why it did not happen; null when it did.",
    }),
    user: t.field({
      type: User,
      nullable: true,
      description: "The person as they are now; null when there is no such person.",
      resolve: ({ id }, _, { viewer }) => viewer && findUser(viewer, id),
    }),
  }),
});

/** The payload of a mutation that answers for each of many people. */
export function massUserPayload(name: string): Ref<EachOutcome<UserId>> {
  return builder.objectRef<EachOutcome<UserId>>(name).implement({
    description: "What became of each person.",
    fields: (t) => ({
      items: t.expose("items", {
        type: [MassUserItem],
        nullable: true,
        description: "In the order of the input.",
      }),
    }),
  });
}
