import type { UserId } from "../../../kernel/id.ts";
import { ownersBelow } from "../../../policy/model/below.ts";
import { seqsOf } from "../../../policy/model/owners.ts";
import { type Viewer, viewerHolds } from "../../core/viewer.ts";

/** Whether the viewer reads every event, and learns how many there are (SA-22). */
export function readsAll(viewer: Viewer): boolean {
  return viewerHolds(viewer, "VIEW_AUDIT_LOG");
}

/** Whose events the viewer reads: everybody's and the system's (null), or their own and those of who stands below them. */
export function actorsRead(viewer: Viewer): readonly UserId[] | null {
  if (readsAll(viewer)) return null;
  const { policy, user } = viewer;
  const below = ownersBelow(policy, user);
  const others = below === null ? [] : [...seqsOf(below.mask)];
  return [
    user.id,
    ...others.flatMap((seq) => {
      const other = policy.usersBySeq[seq];
      return other === undefined || other.id === user.id ? [] : [other.id];
    }),
  ];
}

/** Whether the viewer reads the events of somebody; null is the system. */
export function readsActor(viewer: Viewer, actorId: string | null): boolean {
  if (readsAll(viewer)) return true;
  return actorId !== null && actorsRead(viewer)?.some((id) => id === actorId) === true;
}
