import { createGraphQLError, type Plugin } from "graphql-yoga";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import type { ServerContext } from "../http/exchange.ts";

/** What the resolvers' context says of the session that it was opened for. */
type Session = { readonly isOver?: () => boolean };

/**
 * Refuses the answer of a query to whom it was asked by somebody who may not come in any more when it is ready (UA-50): as
 * far as this instance knows by then, which asks nobody for it. A mutation is decided in its own transaction.
 */
export const endsSessions: Plugin<object, ServerContext> = {
  onExecute: ({ args }) => ({
    onExecuteDone: ({ setResult }) => {
      const { exchange, isOver } = args.contextValue as unknown as ServerContext & Session;
      if (exchange.operation?.kind !== "query" || isOver?.() !== true) return;
      const originalError = new Unauthenticated("NOT_ACTIVE");
      setResult({ errors: [createGraphQLError(originalError.message, { originalError })] });
    },
  }),
};
