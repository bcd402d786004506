import type { ProfileId } from "../../kernel/id.ts";
import { findProfile } from "../../store/directory/profiles.ts";
import { cloneProfile } from "../../store/profiles/clone.ts";
import { createProfile } from "../../store/profiles/create.ts";
import { deleteProfile } from "../../store/profiles/delete.ts";
import { updateProfile } from "../../store/profiles/update.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, payloadsWith } from "../core/payload.ts";
import { Permission } from "../modules/permission.ts";
import { Capability } from "./capability.ts";
import { Profile } from "./profile.ts";

type OneProfile = { readonly profileId: ProfileId };

const ModulePermissionsInput = builder.inputType("ModulePermissionsInput", {
  description: "What a profile opens in one module.",
  fields: (t) => ({
    module: t.string({
      required: true,
      description: "The key of an organisation module. In team modules membership decides.",
    }),
    permissions: t.field({
      type: [Permission],
      description:
        "Everything that it opens there, without duplicates; null removes what it says about the module.",
    }),
  }),
});

const profilePayload = payloadsWith({
  field: "profile",
  type: Profile,
  description: "The profile as it is now; null when the viewer can no longer read it.",
  find: (viewer, { profileId }: OneProfile) => findProfile(viewer, profileId),
});

mutation("createProfile", {
  description:
    "Creates a profile of the organisation's own, which gives exactly what it lists. Nobody can give a capability that they do not hold.",
  input: builder.inputType("CreateProfileInput", {
    description: "A new profile.",
    fields: (t) => ({
      name: t.string({
        required: true,
        description: "What people call it: something to see, at most 255 characters.",
      }),
      key: t.string({
        description: "The stable name that organisation files use; left out, a random one.",
      }),
      permissions: t.field({
        type: [ModulePermissionsInput],
        description: "What it opens, each module once. Modules that are not named stay closed.",
      }),
      capabilities: t.field({
        type: [Capability],
        description: "The capabilities that it gives, without duplicates; left out, none.",
      }),
    }),
  }),
  payload: profilePayload("CreateProfilePayload", "The new profile."),
  run: (viewer, { name, key, permissions, capabilities }) =>
    createProfile(viewer, {
      name,
      key: key ?? null,
      permissions: permissions ?? [],
      capabilities: capabilities ?? [],
    }),
});

mutation("updateProfile", {
  description:
    "Changes a profile, in force from the next request on for everybody who has it. *Administrator* and *Team User* cannot be changed.",
  input: builder.inputType("UpdateProfileInput", {
    description: "The changes to a profile. What is left out stays as it is.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The profile." }),
      name: t.string({ description: "The new name. System profiles keep theirs." }),
      permissions: t.field({
        type: [ModulePermissionsInput],
        description:
          "Replaces what it opens in the modules that are named; the others stay as they are. In a module that it does not mention, *Standard* opens everything and a custom profile nothing.",
      }),
      capabilities: t.field({
        type: [Capability],
        description:
          "Replaces the list. Null removes it: then *Standard* gives what it gives from the start, and a custom profile gives nothing.",
      }),
      expectedVersion: t.int({
        description:
          "The profile's `version` when its lists were read. Needed with `permissions` and `capabilities`.",
      }),
    }),
  }),
  payload: profilePayload("UpdateProfilePayload", "The changed profile."),
  run: (viewer, { id, name, permissions, capabilities, expectedVersion }) =>
    updateProfile(viewer, {
      expectedVersion,
      profileId: readId("input.id", "Profile", id),
      name,
      permissions: permissions ?? [],
      capabilities,
    }),
});

mutation("deleteProfile", {
  description:
    "Deletes a profile of the organisation's own. Everybody who has it, inactive or not, gets the one in `transferTo`.",
  input: builder.inputType("DeleteProfileInput", {
    description: "Which profile, and what its users get instead.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The profile." }),
      transferTo: t.id({ description: "Another profile. Needed when anybody has the deleted one." }),
    }),
  }),
  payload: deletedPayload(
    "DeleteProfilePayload",
    "Profile",
    "The deleted profile.",
    ({ profileId }: OneProfile) => profileId,
  ),
  run: (viewer, { id, transferTo }) =>
    deleteProfile(viewer, {
      profileId: readId("input.id", "Profile", id),
      transferToId: readId("input.transferTo", "Profile", transferTo) ?? null,
    }),
});

mutation("cloneProfile", {
  description:
    "Creates a profile of the organisation's own that gives what another one gives now; nobody has it yet. Later changes of either do not change the other. Nobody can give a capability that they do not hold. *Team User* cannot be cloned.",
  input: builder.inputType("CloneProfileInput", {
    description: "Which profile, and what the new one is called.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The profile whose content is copied." }),
      name: t.string({
        required: true,
        description: "What people call the new one: something to see, at most 255 characters.",
      }),
      key: t.string({
        description: "The stable name that organisation files use; left out, a random one.",
      }),
    }),
  }),
  payload: profilePayload("CloneProfilePayload", "The new profile."),
  run: (viewer, { id, name, key }) =>
    cloneProfile(viewer, { profileId: readId("input.id", "Profile", id), name, key: key ?? null }),
});
