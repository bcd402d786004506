import type { SupportAccessId } from "../../kernel/id.ts";
import { loaderOf } from "../core/loaders.ts";
import type { Viewer } from "../core/viewer.ts";
import { type SupportActivity, supportActivities } from "../reach/rows/support-activity.ts";
import { type SupportAccess, seesSupportAccess } from "./access.ts";

export type { SupportActivity } from "../reach/rows/support-activity.ts";

/**
 * What the agent did under an access, by action (SA-14), for holders of `MANAGE_SUPPORT_ACCESS`; null for others.
 * Batched: one statement for the accesses of a page.
 */
export async function activitiesOf(
  viewer: Viewer,
  { id }: SupportAccess,
): Promise<readonly SupportActivity[] | null> {
  return seesSupportAccess(viewer) ? ((await activities(viewer).load(id)) ?? []) : null;
}

const activities = loaderOf<SupportAccessId, readonly SupportActivity[]>(async ({ store, orgId }, ids) =>
  Map.groupBy(await supportActivities(store.database, orgId, ids), ({ supportAccessId }) => supportAccessId),
);
