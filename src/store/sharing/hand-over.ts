import { v7 } from "uuid";
import type { Tx } from "../../database/database.ts";
import { few, inParts, oneOf, rowsOf } from "../../database/parts.ts";
import { asId, type ModuleId, type OrgId, type RecordId, type UserId } from "../../kernel/id.ts";
import { FOREVER, type Instant, NEVER } from "../../kernel/instant.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import type { Module, User } from "../../policy/model/org.ts";
import type { Happening, ShareFacts } from "../core/audit-event.ts";
import { countOwnerChanges } from "../grants/owner-count.ts";
import { nextUpdatedAt } from "../records/update.ts";

/** From whom, to whom, in which module; and who does it. */
export type HandOver = {
  readonly from: User;
  readonly to: User;
  readonly module: Module;
  readonly byId: UserId;
};

/** A record that is locked, and belongs to whom it is taken from. */
export type OwnedRecord = { readonly id: RecordId; readonly moduleId: ModuleId; readonly updatedAt: Instant };

/**
 * Hands records over as `changeOwner` does that keeps shares: as many statements for many as for one, but for those that
 * were changed in this very millisecond. The caller was admitted to it, and the new owner is eligible (TU-33, SH-46).
 *
 * Grants stay as they are but for whose record they are of: neither shares nor criteria ask that.
 *
 * @param records at most a few hundred.
 * @returns an event for each.
 */
export async function handOver(
  tx: Tx,
  orgId: OrgId,
  change: HandOver,
  records: readonly OwnedRecord[],
  now: Instant,
): Promise<readonly Happening[]> {
  if (records.length === 0) return [];
  const { from, to } = change;
  const owner = { ownerId: to.id, ownerSeq: to.seq, ownerRoleId: to.roleId };
  const [older, newer] = [records.filter(isBefore(now)), records.filter((record) => !isBefore(now)(record))];
  for (const part of inParts(older.map(({ id }) => id)))
    await tx.record.updateMany({
      where: { orgId, id: oneOf(part) },
      data: { ...owner, updatedAt: new Date(now) },
    });
  for (const record of newer)
    await tx.record.update({
      where: { orgId_id: { orgId, id: record.id } },
      data: { ...owner, updatedAt: nextUpdatedAt(record, now) },
    });
  const kept = await keepReading(tx, orgId, change, records, now);
  for (const part of inParts(records.map(({ id }) => id)))
    await tx.recordGrant.updateMany({
      where: { orgId, recordId: oneOf(part) },
      data: { ownerSeq: to.seq },
    });
  await countOwnerChanges(
    tx,
    orgId,
    records.flatMap(({ moduleId }) => [
      { moduleId, ownerSeq: from.seq, by: -1 as const },
      { moduleId, ownerSeq: to.seq, by: 1 as const },
    ]),
  );
  return records.map(({ id }) => ({
    action: "CHANGE_OWNER",
    target: { type: "Record", id },
    before: { ownerId: from.id, shares: kept.get(id)?.replaced ?? [] },
    after: { ownerId: to.id, shares: kept.get(id)?.made ?? [] },
  }));
}

/** The shares by which a previous owner goes on reading a record. */
type KeptReading = { readonly replaced: readonly ShareFacts[]; readonly made: readonly ShareFacts[] };

/**
 * A requester of a team module goes on reading what was theirs (TU-21): by the share without end that they have, or by a
 * new one in the place of any other.
 */
async function keepReading(
  tx: Tx,
  orgId: OrgId,
  { from, module, byId }: HandOver,
  records: readonly OwnedRecord[],
  now: Instant,
): Promise<ReadonlyMap<RecordId, KeptReading>> {
  const kept = new Map<RecordId, KeptReading>();
  const isRequester = module.kind === "TEAM" && from.teamRoles.get(module.id) === "REQUESTER";
  if (!isRequester || from.status === "DELETED") return kept;
  const party = partyKey({ kind: "USER", userId: from.id });
  for (const part of inParts(records.map(({ id }) => id))) {
    const where = { orgId, recordId: oneOf(part), party };
    const shares = await tx.recordShare.findMany({ where });
    const endless = new Set<string>(
      shares.flatMap(({ recordId, expiresAt }) => (expiresAt ? [] : [recordId])),
    );
    const made = part
      .filter((id) => !endless.has(id))
      .map((recordId) => ({ id: asId<"RecordShare">(v7({ msecs: now })), recordId }));
    await tx.recordShare.deleteMany({ where: { ...where, expiresAt: { not: null } } });
    const changed = few(made.map(({ recordId }) => recordId));
    await tx.recordGrant.deleteMany({ where: { orgId, recordId: oneOf(changed), key: party } });
    const data = made.map((share) => ({
      ...{ orgId, ...share, party, partyKind: "USER" as const, userId: from.id, level: "READ_ONLY" as const },
      ...{ sharedById: byId, createdAt: new Date(now) },
    }));
    await tx.recordShare.createMany({ data: rowsOf(few(data)) });
    const grants = made.map(({ recordId }) => ({
      ...{ orgId, moduleId: module.id, recordId, key: party, ownerSeq: from.seq },
      ...{ readUntil: FOREVER, updateUntil: NEVER, deleteUntil: NEVER, shareUntil: NEVER },
    }));
    await tx.recordGrant.createMany({ data: rowsOf(few(grants)) });
    for (const { id, recordId } of made) {
      const replaced = shares.filter((share) => share.recordId === recordId);
      kept.set(recordId, {
        replaced: replaced.map(({ id: shareId, level, expiresAt }) => ({
          ...{ shareId: asId<"RecordShare">(shareId), party, level },
          expiresAt: expiresAt?.toISOString() ?? null,
        })),
        made: [{ shareId: id, party, level: "READ_ONLY", expiresAt: null }],
      });
    }
  }
  return kept;
}

function isBefore(now: Instant): (record: OwnedRecord) => boolean {
  return ({ updatedAt }) => updatedAt < now;
}
