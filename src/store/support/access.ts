import { few, oneOf } from "../../database/parts.ts";
import { asId, type SupportAccessId, type UserId } from "../../kernel/id.ts";
import { FOREVER, type Instant } from "../../kernel/instant.ts";
import { CAPABILITIES, type Capability } from "../../policy/capability.ts";
import type { SupportGrant, User } from "../../policy/model/org.ts";
import { endOf, isOpen } from "../../policy/rights/support-window.ts";
import { loaderOf } from "../core/loaders.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";
import { pageOf } from "../directory/list.ts";
import type { Page, PageArgs } from "../directory/page.ts";
import { sortedOnce } from "../directory/sorted.ts";

/** One opening of the door, present or past, as its organisation sees it (SA-14). */
export type SupportAccess = {
  readonly id: SupportAccessId;
  readonly agentId: UserId;
  readonly grantedAt: Instant;
  /** The last day, `YYYY-MM-DD` in the organisation's time zone. */
  readonly expiresOn: string;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly reason: string | null;
  /** In the order of the catalogue. */
  readonly extraDenials: readonly Capability[];
  /** Null when it came from an organisation file. */
  readonly grantedById: UserId | null;
  readonly revokedById: UserId | null;
};

/** Whether the viewer sees support access at all (D01, AP-23). */
export function seesSupportAccess(viewer: Viewer): boolean {
  return viewerHolds(viewer, "MANAGE_SUPPORT_ACCESS");
}

/** The access that is open, for holders of `MANAGE_SUPPORT_ACCESS`; null for others, and when none is. */
export async function openSupportAccess(viewer: Viewer): Promise<SupportAccess | null> {
  const open = viewer.policy.org.supportGrants.find((grant) => isOpen(grant, viewer.now));
  return open === undefined ? null : findSupportAccess(viewer, open.id);
}

/** One access, present or past, for holders of `MANAGE_SUPPORT_ACCESS`; null for others. Batched. */
export async function findSupportAccess(viewer: Viewer, id: SupportAccessId): Promise<SupportAccess | null> {
  return seesSupportAccess(viewer) ? accesses(viewer).load(id) : null;
}

/** Every access there is and was, the latest first, for holders of `MANAGE_SUPPORT_ACCESS`; null for others. */
export async function listSupportAccesses(
  viewer: Viewer,
  args: PageArgs,
): Promise<Page<SupportAccess> | null> {
  if (!seesSupportAccess(viewer)) return null;
  const grants = sortedOnce(viewer.policy, "support grants", "ALL", () => {
    const placed = viewer.policy.org.supportGrants.map((grant) => ({ grant, place: placeOf(grant) }));
    return placed.sort((a, b) => (a.place < b.place ? -1 : 1)).map(({ grant }) => grant);
  });
  const page = pageOf(grants, args, (grant) => [placeOf(grant), grant.id]);
  const rows = await accesses(viewer).loadMany(page.edges.map(({ node }) => node.id));
  const edges = page.edges.flatMap(({ cursor }, at) => {
    const node = rows[at];
    if (node instanceof Error) throw node;
    return node == null ? [] : [{ cursor, node }];
  });
  return { ...page, edges };
}

/** Text that puts the latest first, of two at one instant the one made last. */
function placeOf({ grantedAt, id }: SupportGrant): string {
  return `${String(FOREVER - grantedAt).padStart(16, "0")} ${id}`;
}

/** Whether the agent may come in now. */
export function isOpenNow({ now }: Viewer, access: SupportAccess): boolean {
  return isOpen(access, now);
}

/** How long the agent may still come in, in milliseconds; 0 when the access is over. */
export function timeLeftMs({ now }: Viewer, access: SupportAccess): number {
  return isOpen(access, now) ? endOf(access) - now : 0;
}

/** The agent, whose address this organisation sees here alone. */
export function agentOf({ policy }: Viewer, { agentId }: SupportAccess): User | null {
  return policy.users.get(agentId) ?? null;
}

/** Whoever the vendor would let come in: address and position, in the order of its list. Null without `MANAGE_SUPPORT_ACCESS`. */
export function agentsToChoose(viewer: Viewer): readonly SupportAgent[] | null {
  if (!seesSupportAccess(viewer)) return null;
  return [...viewer.store.supportAgents].map(([email, position]) => ({ email, position }));
}

export type SupportAgent = { readonly email: string; readonly position: string };

const accesses = loaderOf<SupportAccessId, SupportAccess>(async ({ store, orgId }, ids) => {
  const rows = await store.database.reader.supportGrant.findMany({ where: { orgId, id: oneOf(few(ids)) } });
  return new Map(
    rows.map((row) => [
      asId(row.id),
      {
        id: asId(row.id),
        agentId: asId(row.agentId),
        grantedAt: row.grantedAt.getTime(),
        expiresOn: row.expiresOn,
        expiresAt: row.expiresAt.getTime(),
        revokedAt: row.revokedAt?.getTime() ?? null,
        reason: row.reason,
        extraDenials: CAPABILITIES.filter((each) => (row.extraDenials as readonly unknown[]).includes(each)),
        grantedById: row.grantedById === null ? null : asId(row.grantedById),
        revokedById: row.revokedById === null ? null : asId(row.revokedById),
      },
    ]),
  );
});
