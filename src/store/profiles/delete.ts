import { InvalidInput } from "../../kernel/fault.ts";
import type { ProfileId } from "../../kernel/id.ts";
import type { Profile, User } from "../../policy/model/org.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { admitToProfile, reachedProfile } from "./admit.ts";
import { profileContent } from "./content.ts";
import { admitMove, writePlaces } from "./place.ts";

export type ProfileRemoval = {
  readonly profileId: ProfileId;
  /** The profile that its users get; null when nobody is to have it. */
  readonly transferToId: ProfileId | null;
};

/**
 * Deletes a profile of the organisation's own. Whoever has it, inactive or not, gets another; a tombstone has none.
 *
 * @throws {InvalidInput} `CONFLICT` when somebody has it and no other is named.
 */
export function deleteProfile(
  viewer: Viewer,
  { profileId, transferToId }: ProfileRemoval,
): Promise<{ readonly profileId: ProfileId }> {
  return write(viewer, "deleteProfile", {
    read: ({ viewer }) => {
      if (profileId === transferToId)
        throw new InvalidInput("input.transferTo", "Name another profile than the one that is to go.");
      const profile = reachedProfile(viewer, "input.id", profileId);
      const heir = transferToId === null ? null : reachedProfile(viewer, "input.transferTo", transferToId);
      const holders = viewer.policy.org.users.filter(
        (user) => user.profileId === profileId && user.status !== "DELETED",
      );
      return { profile, heir, holders };
    },
    change: async (writing, { profile, heir, holders }) => {
      const { tx, viewer } = writing;
      const { orgId } = viewer;
      admitToProfile(viewer, profile);
      const move = admitMove(viewer, holders, { profile: heir });
      requireCustom(profile);
      requireHeir(heir, holders);

      await writePlaces(writing, move);
      // What is left with it are tombstones.
      await tx.user.updateMany({ where: { orgId, profileId }, data: { profileId: null } });
      await tx.profile.delete({ where: { orgId_id: { orgId, id: profileId } } });
      return {
        result: { profileId },
        happened: [
          ...holders.map(
            ({ id }): Happening => ({
              action: "UPDATE_USER",
              target: { type: "User", id },
              before: { profileId },
              after: { profileId: transferToId },
            }),
          ),
          {
            action: "DELETE_PROFILE",
            target: { type: "Profile", id: profileId },
            before: profileContent(profile),
            after: null,
          },
        ],
      };
    },
  });
}

function requireCustom(profile: Profile): void {
  if (profile.kind === "CUSTOM") return;
  throw new InvalidInput("input.id", `The profile ${profile.name} belongs to the system and stays.`, {
    code: "ACTION_NOT_AVAILABLE",
    requirement: "CA-02",
  });
}

function requireHeir(heir: Profile | null, holders: readonly User[]): void {
  if (holders.length === 0) return;
  if (heir === null) {
    const who = holders.length === 1 ? "One user has" : `${holders.length} users have`;
    throw new InvalidInput("input.transferTo", `${who} this profile: name the one to get instead.`, {
      code: "CONFLICT",
    });
  }
  const unfit = holders.find((user) => !fits(heir, user));
  if (unfit)
    throw new InvalidInput(
      "input.transferTo",
      `The licence of ${unfit.name} does not go with the profile ${heir.name}.`,
      { code: "ACTION_NOT_AVAILABLE", requirement: "TU-07" },
    );
}

/** *Team User* is for team users alone, and one of those who has another profile has a copy of it (TU-05). */
function fits({ kind }: Profile, { license }: User): boolean {
  return license === "TEAM" ? kind === "CUSTOM" : kind !== "TEAM_USER";
}
