import { randomUUID } from "node:crypto";
import type { OperationTypeNode } from "graphql";
import type { Logger } from "pino";
import type { Instant } from "../../kernel/instant.ts";
import type { User } from "../../policy/model/org.ts";
import type { Policy } from "../../policy/model/policy.ts";
import type { NamedRequest } from "../../store/core/idempotency.ts";

/** Who asks: nobody, or one person under the policy of one organisation as it is at this instant. */
export type Session =
  | { readonly kind: "ANONYMOUS" }
  | { readonly kind: "SIGNED_IN"; readonly policy: Policy; readonly user: User };

/** One request and its answer: what every part of the server may know about it. */
export type Exchange = {
  /** Random; in the answer's `x-request-id`, in masked errors and in the log. */
  readonly requestId: string;
  /** The request's one instant: tokens, grants and expiries are judged by it. */
  readonly now: Instant;
  /** Milliseconds of the monotonic clock, for durations only. */
  readonly startedAt: number;
  readonly log: Logger;
  /** Who asks. Anonymous until the sign-in has run. */
  session: Session;
  /**
   * The policy version that the answer is made from; null for nobody. A mutation that raises it, and every later event
   * of a subscription, writes the newer one here (AP-24).
   */
  policyVersion: number | null;
  /** How the request named itself, so that it is carried out once (AP-05); null when it did not. */
  named: NamedRequest | null;
  operation: { readonly kind: OperationTypeNode; readonly name: string | null } | null;
  /** Codes of the errors in the answer, for the log and the metrics. */
  readonly errorCodes: string[];
};

/** What yoga carries beside the request, into every plugin hook and the context. */
export type ServerContext = { readonly exchange: Exchange };

export function openExchange(log: Logger, now: Instant): Exchange {
  const requestId = randomUUID();
  return {
    requestId,
    now,
    startedAt: performance.now(),
    log: log.child({ requestId }),
    session: { kind: "ANONYMOUS" },
    policyVersion: null,
    named: null,
    operation: null,
    errorCodes: [],
  };
}
