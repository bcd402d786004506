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
import { connectionOf } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Profile } from "../profiles/profile.ts";

const UserStatus = builder.enumType("UserStatus", {
  description: "The status of a person. Only active people sign in and reach anything.",
  values: described<UserStatusName>({
    PENDING: "Invited, and has not accepted yet.",
    ACTIVE: "May sign in.",
    INACTIVE: "Deactivated: still owns records, but reaches nothing.",
    DELETED: "Deleted: the name stays, for the records that mention it.",
  }),
});

const License = builder.enumType("License", {
  description: "What kind of seat a person takes.",
  values: described<LicenseName>({
    REGULAR: "Full work in every module that the profile opens.",
    TEAM: "Full work in team modules, reading in a few organisation modules.",
    SUPPORT: "The vendor's support agent, who takes no seat.",
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
        "The address, in lower case. Null without `MANAGE_USERS`, except one's own; null for deleted users.",
      resolve: (user, _, context) => emailOf(requireViewer(context), user),
    }),
    status: t.field({
      type: UserStatus,
      nullable: true,
      description: "The status of the person. Null for the support agent.",
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
        "Whether this is an administrator of the suite, who manages people but reaches no additional records by that.",
      resolve: (user, _, context) =>
        user.isAdministrator || user.id === requireViewer(context).policy.org.superAdminId,
    }),
    isSupport: t.boolean({
      description:
        "Whether this is the vendor's support agent, whose name is shown only where they own something or did something.",
      resolve: (user) => user.license === "SUPPORT",
    }),
  }),
});

export const UserConnection = builder.connectionObject(
  { type: User, name: "UserConnection", description: "A page of users." },
  { name: "UserEdge", description: "A user in a list." },
);

const UserListFilter = builder.enumType("UserListFilter", {
  description: "Which people to list. Deleted users and the support agent are never listed.",
  values: described<FilterName>({
    ALL: "Everybody.",
    ACTIVE: "Those who may sign in.",
    INACTIVE: "Those who were deactivated.",
    PENDING: "Those who were invited and have not accepted yet.",
    RESTRICTED:
      "Those who have only Projects or Desk, and take no seat; needs `MANAGE_USERS`, except for oneself.",
    ADMINISTRATORS: "The administrators of the suite and the super administrator.",
  }),
});

builder.queryField("users", (t) =>
  t.connection(
    {
      type: User,
      nullable: true,
      description: "The people of the organisation, by name; of a search, those first whom it fits best.",
      args: {
        filter: t.arg({ type: UserListFilter, defaultValue: "ACTIVE", description: "Which people." }),
        search: t.arg.string({
          description:
            "Words, or parts of words, that are in the name or, as far as the viewer sees it, in the address; aside from case, accents, width and form of composition. First come names that begin with it, then those of which a word does.",
        }),
      },
      resolve: async (_, { filter, search, ...args }, context) => {
        return connectionOf(
          await listUsers(requireViewer(context), filter ?? "ACTIVE", search ?? null, args),
        );
      },
    },
    UserConnection,
  ),
);
