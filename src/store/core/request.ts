import type { RecordId } from "../../kernel/id.ts";

/** What a change must know about the request that asks for it. */
export type RequestFacts = {
  /** In the audit event and the log; null outside of a request. */
  readonly id: string | null;
  /** Aborted when the operation has taken too long: from then on nothing is committed (AP-10). */
  readonly signal: AbortSignal | null;
  /** Under which the outcome is kept, when the request named itself (AP-05). */
  readonly claim: Claim | null;
  /** The records that are read for the support agent, which the log is told before the answer leaves (SA-09); null for others. */
  readonly shown: Set<RecordId> | null;
};

/** The right to write the outcome of one idempotency key of the viewer. */
export type Claim = { readonly key: string; readonly token: string };

/** Outside of a request: commands of the command line, tests. */
export const NO_REQUEST: RequestFacts = { id: null, signal: null, claim: null, shown: null };
