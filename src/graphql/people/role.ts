import type { Role as RoleRow } from "../../policy/model/org.ts";
import { findRole, holdersOf, listRoles, rolesUnder } from "../../store/directory/roles.ts";
import { findUser, roleOf } from "../../store/directory/users.ts";
import { builder } from "../core/builder.ts";
import { connectionByName } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { User, UserConnection } from "./user.ts";

export const Role = builder.objectRef<RoleRow>("Role");

builder.node(Role, {
  description: "A place in the role tree. Users reach the records of the users whose roles are below theirs.",
  id: { resolve: (role) => role.id },
  fields: (t) => ({
    key: t.exposeString("key", { description: "The stable name that organisation files use." }),
    name: t.exposeString("name", { description: "The name." }),
    shareDataWithPeers: t.exposeBoolean("shareDataWithPeers", {
      description: "Whether the users of this role reach each other's records as superiors do.",
    }),
    parent: t.field({
      type: Role,
      nullable: true,
      description: "The role above. Null for a root.",
      resolve: (role, _, context) =>
        role.parentId === null ? null : findRole(requireViewer(context), role.parentId),
    }),
    forecastManager: t.field({
      type: User,
      nullable: true,
      description: "Who reads the forecasts of the users of this role.",
      resolve: (role, _, context) =>
        role.forecastManagerId === null ? null : findUser(requireViewer(context), role.forecastManagerId),
    }),
    children: t.connection(
      {
        type: Role,
        nullable: true,
        description: "The roles directly below, by name.",
        resolve: (role, args, context) => connectionByName(rolesUnder(requireViewer(context), role), args),
      },
      RoleConnection,
    ),
    users: t.connection(
      {
        type: User,
        nullable: true,
        description: "Who holds the role, by name, whatever their status.",
        resolve: (role, args, context) => connectionByName(holdersOf(requireViewer(context), role), args),
      },
      UserConnection,
    ),
  }),
});

builder.objectField(User, "role", (t) =>
  t.field({
    type: Role,
    nullable: true,
    description: "The place in the role tree. Null without one, and for deleted users.",
    resolve: (user, _, context) => roleOf(requireViewer(context), user),
  }),
);

export const RoleConnection = builder.connectionObject(
  { type: Role, name: "RoleConnection", description: "A page of roles." },
  { name: "RoleEdge", description: "A role in a list." },
);

builder.queryField("roles", (t) =>
  t.connection(
    {
      type: Role,
      nullable: true,
      description: "The roles of the organisation, by name.",
      resolve: (_, args, context) => connectionByName(listRoles(requireViewer(context)), args),
    },
    RoleConnection,
  ),
);
