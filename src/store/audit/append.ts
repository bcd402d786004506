import type { OrgId, UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Tx } from "../database/database.ts";
import { jsonOrNull } from "../json.ts";

/** What happened (SA-20). */
export type AuditEntry = {
  readonly orgId: OrgId;
  readonly at: Instant;
  /** Null for the system itself. */
  readonly actorId: UserId | null;
  readonly action: string;
  readonly target: { readonly type: string; readonly id: string } | null;
  readonly before: unknown;
  readonly after: unknown;
};

/** Appends one event, as the last statement of the transaction of what it tells. */
export async function appendAuditEvent(tx: Tx, entry: AuditEntry): Promise<void> {
  const { orgId, at, actorId, action, target, before, after } = entry;
  // The only place that locks the head: writers of one organisation take their numbers one after another.
  const { sequence } = await tx.auditHead.upsert({
    where: { orgId },
    create: { orgId, sequence: 1 },
    update: { sequence: { increment: 1 } },
  });
  await tx.auditEvent.create({
    data: {
      orgId,
      sequence,
      at: new Date(at),
      actorId,
      action,
      targetType: target?.type ?? null,
      targetId: target?.id ?? null,
      before: jsonOrNull(before),
      after: jsonOrNull(after),
    },
  });
}
