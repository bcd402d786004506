import {
  type Dependents as DependentsRow,
  dependentsOf,
  type OwnedRecords,
  ownedRecords,
} from "../../store/people/leaving/dependents.ts";
import { builder } from "../core/builder.ts";
import { connectionByName } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Module } from "../modules/module.ts";
import { Role, RoleConnection } from "./role.ts";
import { User, UserConnection } from "./user.ts";

const DependentRecords = builder.objectRef<OwnedRecords>("DependentRecords").implement({
  description: "How many records of one module a person owns.",
  fields: (t) => ({
    module: t.expose("module", { type: Module, nullable: true, description: "The module." }),
    count: t.exposeInt("count", { description: "How many there are." }),
  }),
});

export const Dependents = builder.objectRef<DependentsRow>("Dependents").implement({
  description:
    "What depends on a person, to be looked at before they are deactivated or deleted. It tells nothing that the viewer may not read elsewhere.",
  fields: (t) => ({
    records: t.field({
      type: [DependentRecords],
      nullable: true,
      description:
        "The records that the person owns, in those modules where the viewer reads everything that the person owns.",
      resolve: ({ user }, _, context) => ownedRecords(requireViewer(context), user),
    }),
    forecastManagerOf: t.connection(
      {
        type: Role,
        nullable: true,
        description: "The roles whose forecasts the person reads, by name.",
        resolve: ({ roles }, args) => connectionByName(roles, args),
      },
      RoleConnection,
    ),
    reports: t.connection(
      {
        type: User,
        nullable: true,
        description: "Who reports to the person, by name. Null without `MANAGE_USERS`.",
        resolve: ({ reports }, args) => reports && connectionByName(reports, args),
      },
      UserConnection,
    ),
    lastAdminOf: t.expose("lastAdminOf", {
      type: [Module],
      nullable: true,
      description: "The team modules of which nobody else who is active is an administrator.",
    }),
  }),
});

builder.objectField(User, "dependents", (t) =>
  t.field({
    type: Dependents,
    nullable: true,
    description:
      "What depends on the person. Null without `MANAGE_ADMIN_PERMISSIONS`, and for deleted users.",
    resolve: (user, _, context) => dependentsOf(requireViewer(context), user),
  }),
);
