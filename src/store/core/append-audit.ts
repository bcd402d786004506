import type { Tx } from "../../database/database.ts";
import { jsonOrNull } from "../../database/json.ts";
import { inParts, rowsOf } from "../../database/parts.ts";
import type { OrgId } from "../../kernel/id.ts";
import type { AuditEntry } from "./audit-event.ts";

/** Appends one event, as the last statement of the transaction of what it tells. */
export function appendAuditEvent(tx: Tx, entry: AuditEntry): Promise<void> {
  return appendAuditEvents(tx, entry.orgId, [entry]);
}

/** Appends events of one organisation, in their order, as the last statements of the transaction of what they tell. */
export async function appendAuditEvents(tx: Tx, orgId: OrgId, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  // Locks the head: writers of one organisation take their numbers one after another.
  const { sequence: last } = await tx.auditHead.upsert({
    where: { orgId },
    create: { orgId, sequence: entries.length },
    update: { sequence: { increment: entries.length } },
  });
  const first = last - entries.length + 1;
  const data = entries.map(({ at, target, isSupport, requestId, before, after, ...entry }, index) => ({
    ...entry,
    sequence: first + index,
    at: new Date(at),
    isSupport: isSupport ?? false,
    requestId: requestId ?? null,
    targetType: target.type,
    targetId: target.id,
    before: jsonOrNull(before),
    after: jsonOrNull(after),
  }));
  for (const part of inParts(data)) await tx.auditEvent.createMany({ data: rowsOf(part) });
}
