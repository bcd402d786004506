import { v7 } from "uuid";
import { asId, type ProfileId } from "../../kernel/id.ts";
import type { Capability } from "../../policy/capability.ts";
import type { Profile } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readName } from "../directory/input.ts";
import { readKey, requireFreeKey } from "../directory/key.ts";
import { admitGiving } from "./admit.ts";
import { type ModulePermissionsInput, readCapabilities, readPermissions } from "./input.ts";
import { insertProfile } from "./insert.ts";

export type NewProfile = {
  readonly name: string;
  /** Null is a random one. */
  readonly key: string | null;
  readonly permissions: readonly ModulePermissionsInput[];
  readonly capabilities: readonly Capability[];
};

/** Makes a profile of the organisation's own: exactly what it lists (CA-02). */
export function createProfile(
  viewer: Viewer,
  wanted: NewProfile,
): Promise<{ readonly profileId: ProfileId }> {
  return write(viewer, "createProfile", {
    read: ({ viewer }) => {
      const permissions = [...readPermissions(viewer, wanted.permissions)].flatMap(([moduleId, held]) =>
        held === null ? [] : [[moduleId, held] as const],
      );
      const profile: Profile = {
        id: asId(v7({ msecs: viewer.now })),
        key: readKey("input.key", wanted.key),
        name: readName("input.name", wanted.name),
        kind: "CUSTOM",
        capabilities: readCapabilities(wanted.capabilities),
        permissions: new Map(permissions),
      };
      return { profile };
    },
    change: async (writing, { profile }) => {
      const { viewer } = writing;
      admitGiving(viewer, null, profile);
      requireFreeKey("input.key", profile.key, "Profile", viewer.policy.org.profiles);
      return { result: { profileId: profile.id }, happened: [await insertProfile(writing, profile)] };
    },
  });
}
