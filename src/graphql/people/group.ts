import type { Group as GroupRow } from "../../policy/model/org.ts";
import { groupVersion } from "../../store/core/own-version.ts";
import { listGroups, membersIn } from "../../store/directory/groups.ts";
import { pageOf } from "../../store/directory/list.ts";
import { builder } from "../core/builder.ts";
import { connectionByName, connectionOf } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Party, PartyConnection } from "./party.ts";

export const Group = builder.objectRef<GroupRow>("Group");

builder.node(Group, {
  description: "A named set of users, roles, roles with subordinates, and groups.",
  id: { resolve: (group) => group.id },
  fields: (t) => ({
    key: t.exposeString("key", { description: "The stable name that organisation files use." }),
    name: t.exposeString("name", { description: "The name." }),
    version: t.int({
      nullable: true,
      description:
        "Rises whenever the group or its members change: what `expectedVersion` means when the members are replaced.",
      resolve: (group, _, context) => groupVersion(requireViewer(context), group.id),
    }),
    members: t.connection(
      {
        type: Party,
        nullable: true,
        description: "The direct members, by name; those of a nested group are listed there.",
        resolve: (group, args, context) => {
          const members = membersIn(requireViewer(context), group);
          return connectionOf(pageOf(members, args, (member) => [member.name, member.key]));
        },
      },
      PartyConnection,
    ),
  }),
});

builder.objectField(Party, "group", (t) =>
  t.expose("group", { type: Group, nullable: true, description: "The group, for `GROUP`." }),
);

const GroupConnection = builder.connectionObject(
  { type: Group, name: "GroupConnection", description: "A page of groups." },
  { name: "GroupEdge", description: "A group in a list." },
);

builder.queryField("groups", (t) =>
  t.connection(
    {
      type: Group,
      nullable: true,
      description: "The groups of the organisation, by name.",
      resolve: (_, args, context) => connectionByName(listGroups(requireViewer(context)), args),
    },
    GroupConnection,
  ),
);
