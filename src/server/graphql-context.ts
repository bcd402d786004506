import type { Context, Development } from "../graphql/schema.ts";
import type { RecordId } from "../kernel/id.ts";
import type { Instant } from "../kernel/instant.ts";
import { Unauthenticated } from "../kernel/unauthenticated.ts";
import { type ReadOperation, tellReading } from "../store/core/audit/readings.ts";
import { tellRefusal } from "../store/core/audit/refusals.ts";
import { viewerOf } from "../store/core/viewer.ts";
import { isKeptOut, userNow } from "../store/core/write.ts";
import type { Store } from "../store/store.ts";
import type { Exchange, Session } from "./http/exchange.ts";

type SignedIn = Session & { readonly kind: "SIGNED_IN" };

/** What a gateway may leave out or offer. */
export type ContextOptions = {
  /** Whether requests themselves are put on record: refused mutations, and what the support agent reads. */
  readonly recordsRequests?: boolean;
  /** What there is in development only; null in production. */
  readonly development?: Development | null;
};

/** The resolvers' context, and what the server asks of it. */
type ServerSide = Context & {
  readonly isOver?: () => boolean;
  /** Puts on record what was read for the answer; for the support agent alone. */
  readonly tellReading?: (operation: ReadOperation) => Promise<void>;
};

/**
 * Makes the resolvers' context: whoever signed in, joined with the policy at the request's one instant.
 */
export function resolverContext(
  store: Store,
  { recordsRequests = true, development = null }: ContextOptions = {},
): (exchange: Exchange) => ServerSide {
  const refused: Context["refused"] = recordsRequests ? tellRefusal : async () => undefined;
  return (exchange) => {
    const { session, now, named, requestId } = exchange;
    const isSupport = session.kind === "SIGNED_IN" && session.user.license === "SUPPORT";
    const shown = isSupport ? new Set<RecordId>() : null;
    const request = { id: requestId, signal: null, claim: null, shown };
    const stranger = (signal: AbortSignal | null) => ({ store, now, request: { ...request, signal } });
    switch (session.kind) {
      case "ANONYMOUS":
        return {
          viewer: null,
          refused,
          named: null,
          development,
          stranger,
          renewed: () => Promise.reject(new Unauthenticated("NO_TOKEN")),
        };
      case "SIGNED_IN": {
        const viewer = viewerOf(store, session.policy, session.user, now, request);
        return {
          viewer,
          ...(isSupport && recordsRequests
            ? { tellReading: (operation) => tellReading(viewer, operation) }
            : {}),
          named,
          development,
          stranger,
          refused,
          isOver: () => isOver(store, session, now),
          renewed: async (signal) => {
            const policy = await store.policies.get(session.policy.org.key);
            if (policy === null) throw new Unauthenticated("UNKNOWN_ORGANIZATION");
            exchange.policyVersion = policy.org.version;
            const user = userNow(policy, session.user.id, now);
            return viewerOf(store, policy, user, now, { ...request, signal });
          },
        };
      }
    }
  };
}

/** Whether the newest policy that is known here keeps out whoever came in under an older one. */
function isOver(store: Store, { policy, user }: SignedIn, now: Instant): boolean {
  const newest = store.policies.newest(policy.org.id);
  if (newest === null || newest.org.version <= policy.org.version) return false;
  const present = newest.users.get(user.id);
  return present === undefined || isKeptOut(newest, present, now);
}
