import { v7 } from "uuid";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type ProfileId } from "../../kernel/id.ts";
import type { Profile } from "../../policy/model/org.ts";
import { capabilitiesOfProfile, permissionsOfProfile } from "../../policy/rights/profile.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readName } from "../directory/input.ts";
import { readKey, requireFreeKey } from "../directory/key.ts";
import { admitGiving, admitToProfile, reachedProfile } from "./admit.ts";
import { insertProfile } from "./insert.ts";

export type ProfileClone = {
  readonly profileId: ProfileId;
  readonly name: string;
  /** Null is a random one. */
  readonly key: string | null;
};

/**
 * Makes a profile of the organisation's own that gives what another one gives now (UA-65): what *Standard* and
 * *Administrator* give without saying so, it lists. Of the users nobody has it yet.
 *
 * @throws {Forbidden} for *Administrator* without `MANAGE_ADMIN_PERMISSIONS`; for what gives more than the asker has.
 * @throws {InvalidInput} `ACTION_NOT_AVAILABLE` for *Team User*, which nobody else can have (TU-07).
 */
export function cloneProfile(
  viewer: Viewer,
  { profileId, ...wanted }: ProfileClone,
): Promise<{ readonly profileId: ProfileId }> {
  return write(viewer, "cloneProfile", {
    read: ({ viewer }) => {
      const named = {
        id: asId<"Profile">(v7({ msecs: viewer.now })),
        key: readKey("input.key", wanted.key),
        name: readName("input.name", wanted.name),
      };
      const source = reachedProfile(viewer, "input.id", profileId);
      return { source, clone: { ...contentOf(viewer, source), ...named } };
    },
    change: async (writing, { source, clone }) => {
      const { viewer } = writing;
      admitToProfile(viewer, source);
      admitGiving(viewer, null, clone);
      if (source.kind === "TEAM_USER")
        throw new InvalidInput("input.id", `${source.name} is the profile of team users alone.`, {
          code: "ACTION_NOT_AVAILABLE",
          requirement: "TU-07",
        });
      requireFreeKey("input.key", clone.key, "Profile", viewer.policy.org.profiles);
      return { result: { profileId: clone.id }, happened: [await insertProfile(writing, clone)] };
    },
  });
}

function contentOf(
  { policy }: Viewer,
  source: Profile,
): Pick<Profile, "kind" | "capabilities" | "permissions"> {
  const opened = permissionsOfProfile(policy.org, source).filter(({ permissions }) => permissions.length > 0);
  return {
    kind: "CUSTOM",
    capabilities: capabilitiesOfProfile(source),
    permissions: new Map(opened.map(({ module, permissions }) => [module.id, new Set(permissions)])),
  };
}
