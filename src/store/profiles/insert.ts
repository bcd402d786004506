import { inParts, rowsOf } from "../../database/parts.ts";
import type { Profile } from "../../policy/model/org.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Writing } from "../core/write.ts";
import { profileContent } from "./content.ts";

/** Stores a new profile of the organisation's own, and tells of it. The caller has asked whether it may be given. */
export async function insertProfile(
  { tx, viewer: { orgId } }: Writing,
  profile: Profile,
): Promise<Happening> {
  const { id, key, name, kind } = profile;
  const capabilities = [...(profile.capabilities ?? [])];
  await tx.profile.create({ data: { orgId, id, key, name, kind, capabilities } });
  const rows = [...profile.permissions].map(([moduleId, held]) => ({
    orgId,
    profileId: id,
    moduleId,
    permissions: [...held],
  }));
  for (const part of inParts(rows)) await tx.profileModule.createMany({ data: rowsOf(part) });
  return {
    action: "CREATE_PROFILE",
    target: { type: "Profile", id },
    before: null,
    after: profileContent(profile),
  };
}
