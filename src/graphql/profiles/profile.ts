import type { ProfileKind as ProfileKindName, Profile as ProfileRow } from "../../policy/model/org.ts";
import { profileVersion } from "../../store/core/own-version.ts";
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
    STANDARD: "The system profile that everybody gets unless another is chosen.",
    TEAM_USER: "The system profile of every team user.",
    CUSTOM: "A profile of the organisation's own, which gives exactly what it lists.",
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
  description: "What somebody may do at all, by module and by capability.",
  id: { resolve: (profile) => profile.id },
  fields: (t) => ({
    key: t.exposeString("key", { description: "The stable name that organisation files use." }),
    name: t.exposeString("name", { description: "The name." }),
    kind: t.expose("kind", { type: ProfileKind, description: "Where it comes from." }),
    version: t.int({
      nullable: true,
      description:
        "Rises whenever the profile changes: what `expectedVersion` means when its lists are replaced.",
      resolve: (profile, _, context) => profileVersion(requireViewer(context), profile.id),
    }),
    capabilities: t.field({
      type: [Capability],
      description:
        "The capabilities that it gives, in the order of the catalogue; without those that come from a licence or from `DELETE` in a module.",
      resolve: (profile) => [...capabilitiesOfProfile(profile)],
    }),
    modules: t.field({
      type: [ModulePermissions],
      description: "What it opens in each organisation module. In team modules membership decides.",
      resolve: (profile, _, context) => [...permissionsOfProfile(requireViewer(context).policy.org, profile)],
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
