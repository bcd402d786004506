import type { ProfileKind as ProfileKindName, Profile as ProfileRow } from "../../policy/model/org.ts";
import {
  capabilitiesOfProfile,
  listProfiles,
  type ModulePermissions as ModulePermissionsRow,
  permissionsOfProfile,
} from "../../store/directory/profiles.ts";
import { builder, described } from "../core/builder.ts";
import { connectionByName } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { Module } from "../modules/module.ts";
import { Permission } from "../modules/permission.ts";
import { Capability } from "./capability.ts";

const ProfileKind = builder.enumType("ProfileKind", {
  description: "Where a profile comes from.",
  values: described<ProfileKindName>({
    ADMINISTRATOR: "The system profile that holds everything.",
    STANDARD: "The system profile that everybody gets unless said otherwise.",
    TEAM_USER: "The system profile of every team user (TU-07).",
    CUSTOM: "One of the organisation's own: exactly what it lists.",
  }),
});

const ModulePermissions = builder.objectRef<ModulePermissionsRow>("ModulePermissions").implement({
  description: "What a profile opens in one module.",
  fields: (t) => ({
    module: t.expose("module", { type: Module, description: "The module." }),
    permissions: t.field({
      type: [Permission],
      description: "What is open, in the order of the enum.",
      resolve: ({ permissions }) => [...permissions],
    }),
  }),
});

export const Profile = builder.objectRef<ProfileRow>("Profile");

builder.node(Profile, {
  description: "What one may do at all: per module and per capability.",
  id: { resolve: (profile) => profile.id },
  fields: (t) => ({
    key: t.exposeString("key", { description: "The stable name that organisation files use." }),
    name: t.exposeString("name", { description: "The name." }),
    kind: t.expose("kind", { type: ProfileKind, description: "Where it comes from." }),
    capabilities: t.field({
      type: [Capability],
      description:
        "What it gives besides records, in the order of the catalogue; not what a licence or a module's `DELETE` gives.",
      resolve: (profile) => [...capabilitiesOfProfile(profile)],
    }),
    modules: t.field({
      type: [ModulePermissions],
      description: "What it opens, per organisation module. Team modules go by membership (TU-21).",
      resolve: (profile, _, context) => [...permissionsOfProfile(requireViewer(context), profile)],
    }),
  }),
});

const ProfileConnection = builder.connectionObject(
  { type: Profile, name: "ProfileConnection", description: "A page of profiles." },
  { name: "ProfileEdge", description: "A profile in a list." },
);

builder.queryField("profiles", (t) =>
  t.connection(
    {
      type: Profile,
      nullable: true,
      description: "The profiles of the organisation, by name. Null without `MANAGE_PROFILES`.",
      resolve: (_, args, context) => {
        const profiles = listProfiles(requireViewer(context));
        return profiles && connectionByName(profiles, args);
      },
    },
    ProfileConnection,
  ),
);
