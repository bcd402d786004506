import type {
  License as LicenseName,
  User as UserRow,
  UserStatus as UserStatusName,
} from "../../policy/model/org.ts";
import { profileOf } from "../../store/directory/profiles.ts";
import {
  emailOf,
  type UserListFilter as FilterName,
  isShown,
  listUsers,
  managerOf,
  seesDetails,
} from "../../store/directory/users.ts";
import { builder, described } from "../core/builder.ts";
import { connectionByName } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Profile } from "../profiles/profile.ts";

const UserStatus = builder.enumType("UserStatus", {
  description: "Where a person stands. Only active people sign in and reach anything.",
  values: described<UserStatusName>({
    PENDING: "Invited, and has not accepted yet.",
    ACTIVE: "May sign in.",
    INACTIVE: "Deactivated: keeps what it owns, reaches nothing.",
    DELETED: "A tombstone: the name stays for the sake of its records (UA-61).",
  }),
});

const License = builder.enumType("License", {
  description: "What kind of seat a person takes.",
  values: described<LicenseName>({
    REGULAR: "Full work in every module that the profile opens.",
    TEAM: "Full work in team modules, reading in a few organisation modules (TU-07 to TU-12).",
    SUPPORT: "The vendor's support agent: no seat (SA-06).",
  }),
});

export const User = builder.objectRef<UserRow>("User");

builder.node(User, {
  description:
    "A person of the organisation. Everybody reads name, role and status; the rest is for the person and those who manage it.",
  id: { resolve: (user) => user.id },
  fields: (t) => ({
    name: t.exposeString("name", { description: "The name." }),
    email: t.string({
      nullable: true,
      description:
        "The address, in lower case. Null without `MANAGE_USERS`, except one's own; null for a tombstone.",
      resolve: (user, _, context) => emailOf(requireViewer(context), user),
    }),
    status: t.field({
      type: UserStatus,
      nullable: true,
      description: "Where the person stands. Null for the support agent.",
      resolve: (user, _, context) => (isShown(requireViewer(context), user) ? user.status : null),
    }),
    profile: t.field({
      type: Profile,
      nullable: true,
      description: "What the person may do at all. Null without `MANAGE_PROFILES`, except one's own.",
      resolve: (user, _, context) => profileOf(requireViewer(context), user),
    }),
    license: t.field({
      type: License,
      nullable: true,
      description: "The kind of seat. Null without `MANAGE_USERS`, except one's own.",
      resolve: (user, _, context) => (seesDetails(requireViewer(context), user) ? user.license : null),
    }),
    reportsTo: t.field({
      type: User,
      nullable: true,
      description: "The manager. Null without one, and without `MANAGE_USERS`, except one's own.",
      resolve: (user, _, context) => managerOf(requireViewer(context), user),
    }),
    createdAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When the account was made. Null without `MANAGE_USERS`, except one's own.",
      resolve: (user, _, context) =>
        seesDetails(requireViewer(context), user) ? new Date(user.createdAt) : null,
    }),
    isAdministrator: t.boolean({
      description:
        "Whether this is an administrator of the suite, who manages people and reaches no more records for it (UA-03).",
      resolve: (user, _, context) =>
        user.isAdministrator || user.id === requireViewer(context).policy.org.superAdminId,
    }),
    isSupport: t.boolean({
      description:
        "Whether this is the vendor's support agent, shown by name as the owner or actor that it was (SA-06).",
      resolve: (user) => user.license === "SUPPORT",
    }),
  }),
});

export const UserConnection = builder.connectionObject(
  { type: User, name: "UserConnection", description: "A page of users." },
  { name: "UserEdge", description: "A user in a list." },
);

const UserListFilter = builder.enumType("UserListFilter", {
  description: "Which people to list. Tombstones and the support agent are in none.",
  values: described<FilterName>({
    ALL: "Everybody.",
    ACTIVE: "Those who may sign in.",
    INACTIVE: "The deactivated.",
    PENDING: "The invited who have not accepted yet.",
    RESTRICTED:
      "Those with Projects or Desk alone, who take no seat (UA-11); needs `MANAGE_USERS`, except for oneself.",
    ADMINISTRATORS: "The administrators of the suite and the super administrator.",
  }),
});

builder.queryField("users", (t) =>
  t.connection(
    {
      type: User,
      nullable: true,
      description: "The people of the organisation, by name.",
      args: {
        filter: t.arg({ type: UserListFilter, defaultValue: "ACTIVE", description: "Which people." }),
        search: t.arg.string({
          description:
            "The beginning of a name, or of one of its words, in any case; for holders of `MANAGE_USERS`, of an address too.",
        }),
      },
      resolve: (_, { filter, search, ...args }, context) => {
        const users = listUsers(requireViewer(context), filter ?? "ACTIVE", search ?? null);
        return connectionByName(users, args);
      },
    },
    UserConnection,
  ),
);
