import { jsonOrNull } from "../../database/json.ts";
import { inParts, oneOf, rowsOf } from "../../database/parts.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import type { ProfileId } from "../../kernel/id.ts";
import type { Capability } from "../../policy/capability.ts";
import type { Profile } from "../../policy/model/org.ts";
import { profileVersion, readExpectedVersion, requireVersion } from "../core/own-version.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { readNewName } from "../directory/input.ts";
import { admitChanging, reachedProfile, requireAdjustable } from "./admit.ts";
import { profileContent } from "./content.ts";
import {
  type ModulePermissionsInput,
  type PermissionsChange,
  readCapabilities,
  readPermissions,
} from "./input.ts";

export type ProfileChange = {
  readonly profileId: ProfileId;
  /** Undefined leaves it. */
  readonly name: string | null | undefined;
  /** The modules that are named become what is said, the others stay. */
  readonly permissions: readonly ModulePermissionsInput[];
  /** Replaces the list; null gives back what the profile's kind holds, undefined leaves it. */
  readonly capabilities: readonly Capability[] | null | undefined;
  /** The profile's version when its lists were read: needed to replace one (SH-40). */
  readonly expectedVersion: number | null | undefined;
};

/** Changes a profile, in force for everyone who has it on the next request. */
export function updateProfile(
  viewer: Viewer,
  change: ProfileChange,
): Promise<{ readonly profileId: ProfileId }> {
  return write(viewer, "updateProfile", {
    read: ({ viewer }) => {
      const name = readNewName("input.name", change.name);
      const permissions = readPermissions(viewer, change.permissions);
      const capabilities = change.capabilities && readCapabilities(change.capabilities);
      const replacesList = permissions.size > 0 || capabilities !== undefined;
      const expected = replacesList ? readExpectedVersion(change.expectedVersion, "Its lists") : null;
      const before = reachedProfile(viewer, "input.id", change.profileId);
      const after: Profile = {
        ...before,
        name: name ?? before.name,
        capabilities: capabilities === undefined ? before.capabilities : (capabilities ?? ownList(before)),
        permissions: merged(before.permissions, permissions),
      };
      return { permissions, before, after, expected };
    },
    change: async ({ tx, viewer }, { permissions, before, after, expected }) => {
      admitChanging(viewer, before, after);
      if (expected !== null) requireVersion(expected, await profileVersion(viewer, before.id));
      requireAdjustable(before);
      requireOwnName(before, after);

      await store({ tx, viewer }, after, permissions);
      return {
        result: { profileId: before.id },
        happened: [
          {
            action: "UPDATE_PROFILE",
            target: { type: "Profile", id: before.id },
            before: profileContent(before),
            after: profileContent(after),
          },
        ],
      };
    },
  });
}

/** What no list of one's own leaves: what the kind holds, and of a custom profile nothing. */
function ownList({ kind }: Profile): readonly Capability[] | null {
  return kind === "CUSTOM" ? [] : null;
}

function merged(before: Profile["permissions"], change: PermissionsChange): Profile["permissions"] {
  const after = new Map(before);
  for (const [moduleId, held] of change) {
    if (held === null) after.delete(moduleId);
    else after.set(moduleId, held);
  }
  return after;
}

/** The profiles of the system are known by their names, which an organisation file cannot change either. */
function requireOwnName(before: Profile, after: Profile): void {
  if (before.kind === "CUSTOM" || before.name === after.name) return;
  throw new InvalidInput("input.name", `The profile ${before.name} of the system keeps its name.`, {
    code: "ACTION_NOT_AVAILABLE",
  });
}

async function store(
  { tx, viewer: { orgId } }: Writing,
  { id, name, capabilities }: Profile,
  permissions: PermissionsChange,
): Promise<void> {
  await tx.profile.update({
    where: { orgId_id: { orgId, id } },
    data: { name, capabilities: jsonOrNull(capabilities) },
  });
  for (const part of inParts(permissions.keys()))
    await tx.profileModule.deleteMany({ where: { orgId, profileId: id, moduleId: oneOf(part) } });
  const rows = [...permissions].flatMap(([moduleId, held]) =>
    held === null ? [] : [{ orgId, profileId: id, moduleId, permissions: [...held] }],
  );
  for (const part of inParts(rows)) await tx.profileModule.createMany({ data: rowsOf(part) });
}
