import type { Context, Development } from "../graphql/schema.ts";
import type { Instant } from "../kernel/instant.ts";
import { Unauthenticated } from "../kernel/unauthenticated.ts";
import { tellRefusal } from "../store/core/audit/refusals.ts";
import { viewerOf } from "../store/core/viewer.ts";
import { isKeptOut, userNow } from "../store/core/write.ts";
import type { Store } from "../store/store.ts";
import type { Exchange, Session } from "./http/exchange.ts";

type SignedIn = Session & { readonly kind: "SIGNED_IN" };

/** What a gateway leaves out, which tests of what mutations write have no use for. */
export type ContextOptions = {
  readonly tellsRefusals?: boolean;
  /** What there is in development only; null in production. */
  readonly development?: Development | null;
};

/**
 * Makes the resolvers' context: whoever signed in, joined with the policy at the request's one instant.
 */
export function resolverContext(
  store: Store,
  { tellsRefusals = true, development = null }: ContextOptions = {},
): (exchange: Exchange) => Context & { readonly isOver?: () => boolean } {
  const refused: Context["refused"] = tellsRefusals ? tellRefusal : async () => undefined;
  return (exchange) => {
    const { session, now, named, requestId } = exchange;
    const request = { id: requestId, signal: null, claim: null };
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
      case "SIGNED_IN":
        return {
          viewer: viewerOf(store, session.policy, session.user, now, request),
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
  };
}

/** Whether the newest policy that is known here keeps out whoever came in under an older one. */
function isOver(store: Store, { policy, user }: SignedIn, now: Instant): boolean {
  const newest = store.policies.newest(policy.org.id);
  if (newest === null || newest.org.version <= policy.org.version) return false;
  const present = newest.users.get(user.id);
  return present === undefined || isKeptOut(newest, present, now);
}
