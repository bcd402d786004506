import type { Happening } from "../../core/audit-event.ts";

/** What is acted on. */
export type TargetType = Happening["target"]["type"];

/** An event as the log has it; whoever shows it cuts what it tells. */
export type AuditRow = {
  readonly id: string;
  readonly sequence: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly account: string | null;
  readonly isSupport: boolean;
  readonly action: string;
  readonly targetType: string | null;
  readonly targetId: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly requestId: string | null;
};

/** A row without what signs it. */
export function rowOf(row: AuditRow): AuditRow {
  const { id, sequence, at, actorId, account, isSupport, action } = row;
  const { targetType, targetId, before, after, requestId } = row;
  return {
    id,
    sequence,
    at,
    actorId,
    account,
    isSupport,
    action,
    targetType,
    targetId,
    before,
    after,
    requestId,
  };
}
