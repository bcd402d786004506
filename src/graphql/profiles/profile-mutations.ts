import type { ProfileId } from "../../kernel/id.ts";
import { findProfile } from "../../store/directory/profiles.ts";
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
      description: "The key of an organisation module. Team modules go by membership (TU-21).",
    }),
    permissions: t.field({
      type: [Permission],
      description: "Everything that it opens there, each once; null takes away what it says of the module.",
    }),
  }),
});

const profilePayload = payloadsWith({
  field: "profile",
  type: Profile,
  description: "The profile as it is now; null when the viewer does not read it any more.",
  find: (viewer, { profileId }: OneProfile) => findProfile(viewer, profileId),
});

mutation("createProfile", {
  description:
    "Makes a profile of the organisation's own: it holds exactly what it lists. Nobody gives a capability that they do not hold (CA-02).",
  input: builder.inputType("CreateProfileInput", {
    description: "A new profile.",
    fields: (t) => ({
      name: t.string({
        required: true,
        description: "What people call it: not blank, at most 255 characters.",
      }),
      key: t.string({
        description: "The stable name that organisation files use; left out, a random one.",
      }),
      permissions: t.field({
        type: [ModulePermissionsInput],
        description: "What it opens, each module once; nothing in those that are not named.",
      }),
      capabilities: t.field({
        type: [Capability],
        description: "The capabilities that it gives, each once; left out, none.",
      }),
    }),
  }),
  payload: profilePayload("CreateProfilePayload", "The profile that was made."),
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
    "Changes a profile, in force for everyone who has it on the next request. *Administrator* and *Team User* stay as they are (CA-02).",
  input: builder.inputType("UpdateProfileInput", {
    description: "What of a profile is to change.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The profile." }),
      name: t.string({ description: "Its new name; left out, it stays. The system's profiles keep theirs." }),
      permissions: t.field({
        type: [ModulePermissionsInput],
        description:
          "The modules that are named become what is said, the others stay. What *Standard* does not say of a module is everything, what a custom profile does not say is nothing.",
      }),
      capabilities: t.field({
        type: [Capability],
        description:
          "Replaces the list; null takes it away: *Standard* then holds what it holds unadjusted, a custom profile nothing.",
      }),
    }),
  }),
  payload: profilePayload("UpdateProfilePayload", "The profile that was changed."),
  run: (viewer, { id, name, permissions, capabilities }) =>
    updateProfile(viewer, {
      profileId: readId("input.id", "Profile", id),
      name,
      permissions: permissions ?? [],
      capabilities,
    }),
});

mutation("deleteProfile", {
  description:
    "Deletes a profile of the organisation's own. Whoever has it, inactive or not, gets the one in `transferTo`.",
  input: builder.inputType("DeleteProfileInput", {
    description: "Which profile, and what its users get instead.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The profile." }),
      transferTo: t.id({ description: "Another profile. Needed when anybody has the one that goes." }),
    }),
  }),
  payload: deletedPayload(
    "DeleteProfilePayload",
    "Profile",
    "The profile that is gone.",
    ({ profileId }: OneProfile) => profileId,
  ),
  run: (viewer, { id, transferTo }) =>
    deleteProfile(viewer, {
      profileId: readId("input.id", "Profile", id),
      transferToId: readId("input.transferTo", "Profile", transferTo) ?? null,
    }),
});
