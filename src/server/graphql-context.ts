import type { Context, Development } from "../graphql/schema.ts";
import { Unauthenticated } from "../kernel/unauthenticated.ts";
import { viewerOf } from "../store/core/viewer.ts";
import { userNow } from "../store/core/write.ts";
import type { Store } from "../store/store.ts";
import type { Exchange } from "./http/exchange.ts";

/**
 * Makes the resolvers' context: whoever signed in, joined with the policy at the request's one instant.
 *
 * @param development what there is in development only; null in production.
 */
export function resolverContext(
  store: Store,
  development: Development | null = null,
): (exchange: Exchange) => Context {
  return (exchange) => {
    const { session, now, named, requestId } = exchange;
    const request = { id: requestId, signal: null, claim: null };
    const stranger = (signal: AbortSignal | null) => ({ store, now, request: { ...request, signal } });
    switch (session.kind) {
      case "ANONYMOUS":
        return {
          viewer: null,
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
