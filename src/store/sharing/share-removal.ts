import { v7 } from "uuid";
import type { Database, Tx } from "../../database/database.ts";
import { few, oneOf } from "../../database/parts.ts";
import { asId, type OrgId, type ShareId, type UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { partyKey, partyOfKey } from "../../policy/model/grant-key.ts";
import type { Party } from "../../policy/model/org.ts";
import { appendAuditEvents } from "../core/append-audit.ts";
import type { AuditEntry } from "../core/audit-event.ts";
import type { JobName } from "../core/jobs/job.ts";
import type { Writing } from "../core/write.ts";

/** Everything shared with a party that is gone, of which some may still be swept from the records (SH-39). */
export type ShareRemoval = {
  readonly orgId: OrgId;
  readonly id: string;
  /** The party's grant key. */
  readonly party: string;
  /** Who took it away. */
  readonly actorId: UserId | null;
  readonly isSupport: boolean;
  readonly requestId: string | null;
};

type ShareRemovalRow = Awaited<ReturnType<Tx["shareRemoval"]["findMany"]>>[number];

export function shareRemovalIn(row: ShareRemovalRow): ShareRemoval {
  return { ...row, orgId: asId(row.orgId), actorId: row.actorId === null ? null : asId(row.actorId) };
}

/**
 * Deletes a role or a group that nothing names any more but shares.
 *
 * What was shared with it is void from then on, as nobody holds its keys any more; the shares themselves, of which there
 * may be any number, are left to be swept, and the row stays as long as they name it.
 *
 * @returns the work that is to be woken.
 */
export async function deleteParty(
  writing: Writing,
  named: Extract<Party, { readonly kind: "ROLE" | "GROUP" }>,
): Promise<readonly JobName[]> {
  const {
    tx,
    viewer: { orgId },
  } = writing;
  const left: string[] = [];
  for (const party of keysNaming(named))
    if ((await tx.recordShare.findFirst({ where: { orgId, party }, select: { id: true } })) !== null)
      left.push(party);
  const id = named.kind === "GROUP" ? named.groupId : named.roleId;
  const where = { orgId_id: { orgId, id } };
  if (left.length === 0) {
    if (named.kind === "GROUP") await tx.group.delete({ where });
    else await tx.role.delete({ where });
    return [];
  }
  // Its key is free for another, and what it has now is none that another could be given.
  const gone = { isRemoved: true, key: `~${id}` };
  if (named.kind === "GROUP") await tx.group.update({ where, data: gone });
  else await tx.role.update({ where, data: { ...gone, parentId: null, forecastManagerId: null } });
  for (const party of left) await leaveToSweep(writing, party);
  return ["SWEEP_SHARES"];
}

/**
 * Leaves what is shared with somebody who is deleted to be swept; they read none of it any more.
 *
 * @returns the work that is to be woken.
 */
export async function leaveSharesWith(writing: Writing, userId: UserId): Promise<readonly JobName[]> {
  await leaveToSweep(writing, partyKey({ kind: "USER", userId }));
  return ["SWEEP_SHARES"];
}

async function leaveToSweep(
  { tx, viewer: { orgId, now, user, request } }: Writing,
  party: string,
): Promise<void> {
  const by = { actorId: user.id, isSupport: user.license === "SUPPORT", requestId: request.id };
  await tx.shareRemoval.create({ data: { orgId, id: v7({ msecs: now }), party, ...by } });
}

/** The keys under which something may be shared with a role or a group. */
function keysNaming(named: Extract<Party, { readonly kind: "ROLE" | "GROUP" }>): readonly string[] {
  if (named.kind === "GROUP") return [partyKey(named)];
  return [named, { ...named, kind: "ROLE_AND_SUBORDINATES" } as const].map(partyKey);
}

/**
 * Sweeps the next shares of a removal, with their grants and an event for each; after the last of them the removal is
 * over, and with the last removal of a role or group its row goes.
 *
 * @param size so many shares at most.
 * @returns whether there may be more.
 */
export async function sweepNextShares(
  database: Pick<Database, "lockRecords" | "auditKeys">,
  tx: Tx,
  removal: ShareRemoval,
  size: number,
  now: Instant,
): Promise<boolean> {
  const { orgId, party } = removal;
  const found = await tx.recordShare.findMany({
    where: { orgId, party },
    orderBy: { recordId: "asc" },
    select: { recordId: true },
    take: size,
  });
  if (found.length > 0) {
    const ids = few(found.map(({ recordId }) => recordId));
    await database.lockRecords(tx, orgId, ids);
    const ofThem = { orgId, recordId: oneOf(ids) };
    // A record may have gone before it was locked, and its share with it.
    const shares = await tx.recordShare.findMany({ where: { ...ofThem, party }, orderBy: { id: "asc" } });
    await tx.recordShare.deleteMany({ where: { ...ofThem, party } });
    await tx.recordGrant.deleteMany({ where: { ...ofThem, key: party } });
    await appendAuditEvents(
      database,
      tx,
      orgId,
      shares.map((share) => unsharedBy(removal, share, now)),
    );
  }
  if (found.length === size) return true;
  await tx.shareRemoval.deleteMany({ where: { orgId, id: removal.id } });
  await forgetParty(tx, removal);
  return false;
}

type Swept = Pick<
  Awaited<ReturnType<Tx["recordShare"]["findMany"]>>[number],
  "id" | "recordId" | "party" | "level" | "expiresAt"
>;

function unsharedBy(removal: ShareRemoval, share: Swept, now: Instant): AuditEntry {
  const { orgId, actorId, isSupport, requestId } = removal;
  const { party, level, expiresAt } = share;
  const shareId: ShareId = asId(share.id);
  return {
    orgId,
    at: now,
    actorId,
    isSupport,
    requestId,
    action: "UNSHARE_RECORD",
    target: { type: "Record", id: share.recordId },
    before: { shareId, party, level, expiresAt: expiresAt?.toISOString() ?? null },
    after: null,
  };
}

/** The row of a role or group with which nothing is shared any more. */
async function forgetParty(tx: Tx, { orgId, party }: ShareRemoval): Promise<void> {
  const named = partyOfKey(party);
  if (named?.kind === "GROUP")
    await tx.group.deleteMany({ where: { orgId, id: named.groupId, isRemoved: true } });
  if (named?.kind !== "ROLE" && named?.kind !== "ROLE_AND_SUBORDINATES") return;
  const { roleId } = named;
  const keys = few(keysNaming({ kind: "ROLE", roleId }));
  if ((await tx.shareRemoval.count({ where: { orgId, party: oneOf(keys) } })) === 0)
    await tx.role.deleteMany({ where: { orgId, id: roleId, isRemoved: true } });
}

/** Shares at once where all that is left is swept in one transaction. */
const BATCH = 500;

/** Sweeps at once what is left of an organisation's removals of shares. */
export async function sweepSharesNow(
  database: Pick<Database, "lockRecords" | "auditKeys">,
  tx: Tx,
  orgId: OrgId,
  now: Instant,
): Promise<void> {
  const rows = await tx.shareRemoval.findMany({ where: { orgId }, orderBy: { id: "asc" } });
  for (const row of rows) while (await sweepNextShares(database, tx, shareRemovalIn(row), BATCH, now));
}
