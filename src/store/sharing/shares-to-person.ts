import type { Database, Tx } from "../../database/database.ts";
import { inParts, oneOf } from "../../database/parts.ts";
import { asId, type OrgId, type RecordId, type UserId } from "../../kernel/id.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import type { Happening } from "../core/audit-event.ts";

/** So many shares go in the transaction that deletes a person; the others are swept after it. */
export const RELEASED_AT_ONCE = 500;

/**
 * Removes shares to a person who is deleted, in the order of their records, with the grants that come from them. The
 * grants of no other party are touched: under a person's own key there is nothing but what was shared with them.
 *
 * @param size so many at most.
 * @returns an event for each.
 */
export async function removeSharesToPerson(
  { lockRecords }: Pick<Database, "lockRecords">,
  tx: Tx,
  orgId: OrgId,
  userId: UserId,
  size: number,
): Promise<readonly Happening[]> {
  const party = partyKey({ kind: "USER", userId });
  const found = await tx.recordShare.findMany({
    where: { orgId, userId },
    orderBy: { recordId: "asc" },
    select: { recordId: true },
    take: size,
  });
  const records = found.map((share): RecordId => asId(share.recordId));
  if (records.length === 0) return [];
  // Whoever derives the grants of one of them is waited for, and then reads no share any more.
  await lockRecords(tx, orgId, records);
  const happened: Happening[] = [];
  for (const part of inParts(records)) {
    const where = { orgId, recordId: oneOf(part) };
    const shares = await tx.recordShare.findMany({
      where: { ...where, party },
      orderBy: { recordId: "asc" },
    });
    await tx.recordShare.deleteMany({ where: { ...where, party } });
    await tx.recordGrant.deleteMany({ where: { ...where, key: party } });
    for (const { id, recordId, level, expiresAt } of shares)
      happened.push({
        action: "UNSHARE_RECORD",
        target: { type: "Record", id: recordId },
        before: { shareId: asId(id), party, level, expiresAt: expiresAt?.toISOString() ?? null },
        after: null,
      });
  }
  return happened;
}
