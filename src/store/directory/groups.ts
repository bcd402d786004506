import type { GroupId } from "../../kernel/id.ts";
import { compareText } from "../../kernel/text.ts";
import type { Group } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { type NamedParty, namedParty } from "./party.ts";
import { byName, sortedOnce } from "./sorted.ts";

/** The groups of the organisation, by name: structure that every active member reads (AP-23). */
export function listGroups(viewer: Viewer): readonly Group[] {
  return sortedOnce(viewer.policy, "groups", "ALL", () => byName(viewer.policy.org.groups));
}

export function findGroup(viewer: Viewer, id: GroupId): Group | null {
  return viewer.policy.groups.get(id) ?? null;
}

/** The direct members of a group, by name. The support agent is a member of nothing (SA-06). */
export function membersIn(viewer: Viewer, group: Group): readonly NamedParty[] {
  return sortedOnce(viewer.policy, "members", group.id, () =>
    group.members
      .flatMap((party) => namedParty(viewer, party) ?? [])
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.key, b.key)),
  );
}
