import { createHmac } from "node:crypto";
import type { AuditKey } from "../../../kernel/audit-key.ts";
import { canonicalJson } from "../../../kernel/canonical-json.ts";

/** Begins the chain of an organisation: there is no event before its first. */
export const BEFORE_ALL = "";

/** An event of the log as its row holds it, less what signs it. */
export type EventRow = {
  readonly orgId: string;
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

/** A checkpoint as its row holds it, less what signs it. */
export type CheckpointRow = {
  readonly orgId: string;
  readonly sequence: number;
  readonly kind: string;
  readonly hash: string;
  readonly at: Date;
  readonly madeBy: string;
};

/** The hash of an event over the hash of the one before it and itself (SA-21), in hexadecimal. */
export function hashOfEvent(key: AuditKey, previous: string, event: EventRow): string {
  return signed(key, ["event", key.id, previous, ...factsOf(event)]);
}

/** What the outside knows an event by, which tells nothing of how many there are: the first half of its hash as a uuid. */
export function idOfEvent(hash: string): string {
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The signature of a checkpoint. */
export function signatureOf(key: AuditKey, row: CheckpointRow): string {
  const { orgId, sequence, kind, hash, at, madeBy } = row;
  return signed(key, ["checkpoint", key.id, orgId, sequence, kind, hash, at.getTime(), madeBy]);
}

/** Takes up, into what stands for the events before it, one that is older than the chain. */
export function takenUp(key: AuditKey, before: string, event: EventRow): string {
  return signed(key, ["unsigned", key.id, before, ...factsOf(event)]);
}

function factsOf(event: EventRow): readonly unknown[] {
  const { orgId, sequence, at, actorId, account, isSupport, action } = event;
  const { targetType, targetId, before, after, requestId } = event;
  return [
    orgId,
    sequence,
    at.getTime(),
    actorId,
    account,
    isSupport,
    action,
    targetType,
    targetId,
    before,
    after,
    requestId,
  ];
}

/** The databases keep the members of JSON in orders of their own: what is signed has one. */
function signed({ secret }: AuditKey, facts: readonly unknown[]): string {
  return createHmac("sha256", secret).update(canonicalJson(facts)).digest("hex");
}
