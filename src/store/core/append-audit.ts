import type { Database, Tx } from "../../database/database.ts";
import { jsonOrNull } from "../../database/json.ts";
import { inParts, rowsOf } from "../../database/parts.ts";
import type { OrgId } from "../../kernel/id.ts";
import { BEFORE_ALL, hashOfEvent, idOfEvent } from "./audit/signing.ts";
import type { AuditEntry } from "./audit-event.ts";

/** What signs: the database was opened with its keys. */
type Signing = Pick<Database, "auditKeys">;

/** Appends one event, as the last statement of the transaction of what it tells. */
export function appendAuditEvent(database: Signing, tx: Tx, entry: AuditEntry): Promise<void> {
  return appendAuditEvents(database, tx, entry.orgId, [entry]);
}

/**
 * Appends events of one organisation to its chain, in their order, as the last statements of the transaction of what
 * they tell (SA-20, SA-21).
 *
 * @throws when the database was opened without a key: what cannot be put on record does not happen.
 */
export async function appendAuditEvents(
  { auditKeys }: Signing,
  tx: Tx,
  orgId: OrgId,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  if (auditKeys === null) throw new Error("The database was opened without a key of the audit log.");
  const [key] = auditKeys;
  // Locks the head: writers of one organisation take their numbers, and their places in the chain, one after another.
  const { sequence: last, hash } = await tx.auditHead.upsert({
    where: { orgId },
    create: { orgId, sequence: entries.length },
    update: { sequence: { increment: entries.length } },
  });
  const before = last - entries.length;
  let previous = hash ?? (await beginningOf(tx, orgId, before));
  const data = entries.map(
    ({ at, target, account, isSupport, requestId, before, after, ...entry }, index) => {
      const row = {
        ...entry,
        sequence: last - entries.length + 1 + index,
        at: new Date(at),
        account: account ?? null,
        isSupport: isSupport ?? false,
        requestId: requestId ?? null,
        targetType: target.type,
        targetId: target.id,
      };
      const chained = previous;
      previous = hashOfEvent(key, chained, { ...row, before: before ?? null, after: after ?? null });
      return {
        ...row,
        id: idOfEvent(previous),
        before: jsonOrNull(before),
        after: jsonOrNull(after),
        previous: chained,
        hash: previous,
        signedWith: key.id,
      };
    },
  );
  for (const part of inParts(data)) await tx.auditEvent.createMany({ data: rowsOf(part) });
  await tx.auditHead.update({ where: { orgId }, data: { hash: previous } });
}

/**
 * A chain begins where there is no event yet. Where there are, and none is signed, somebody has wiped the signatures out,
 * or the log is older than chains and was never taken up: it is not signed now as if nothing had happened.
 *
 * @param before the number of events that the head knows of; one that was removed and made anew knows of none.
 */
async function beginningOf(tx: Tx, orgId: OrgId, before: number): Promise<string> {
  const events = before > 0 ? before : await tx.auditEvent.count({ where: { orgId } });
  if (events === 0) return BEFORE_ALL;
  throw new Error(
    `The audit log of organisation ${orgId} has ${events} events and no signature: nothing is changed until it has. See "sightline audit begin --help".`,
  );
}
