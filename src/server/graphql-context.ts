import type { Context } from "../graphql/schema.ts";
import type { Store } from "../store/store.ts";
import { viewerOf } from "../store/viewer.ts";
import type { Exchange } from "./exchange.ts";

/** Makes the resolvers' context: whoever signed in, joined with the policy at the request's one instant. */
export function resolverContext(store: Store): (exchange: Exchange) => Context {
  return ({ session, now }) => {
    switch (session.kind) {
      case "ANONYMOUS":
        return { viewer: null };
      case "SIGNED_IN":
        return { viewer: viewerOf(store, session.policy, session.user, now) };
    }
  };
}
