import { type ExecutionResult, GraphQLError } from "graphql";
import { isAsyncIterable, type Plugin } from "graphql-yoga";
import type { Exchange, ServerContext } from "./exchange.ts";
import { presentError, type Terms } from "./present-error.ts";
import type { OpenStreams } from "./streams.ts";

/**
 * The last look at every answer, whatever made it: errors become what the caller may know (AP-04), and
 * `extensions.policyVersion` says which policy it was made from (AP-24; absent when nobody is signed in).
 */
export function answers(terms: Terms, streams: OpenStreams): Plugin<object, ServerContext> {
  return {
    onResultProcess: ({ result, setResult, serverContext: { exchange } }) => {
      const finish = (one: ExecutionResult) => finished(one, exchange, terms);
      if (isAsyncIterable(result))
        setResult(streams.follow(result as AsyncIterable<ExecutionResult>, finish));
      else setResult(Array.isArray(result) ? result.map(finish) : finish(result as ExecutionResult));
    },
  };
}

function finished(result: ExecutionResult, exchange: Exchange, terms: Terms): ExecutionResult {
  const isWholeAnswer = !("data" in result);
  const errors = result.errors?.map((error) =>
    presentError(asGraphQLError(error), exchange, terms, isWholeAnswer),
  );
  return {
    ...result,
    ...(errors === undefined ? {} : { errors }),
    ...(exchange.policyVersion === null
      ? {}
      : { extensions: { ...result.extensions, policyVersion: exchange.policyVersion } }),
  };
}

/** Plugins may answer with a plain error; below, everything has a place and a cause. */
function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { originalError: cause });
}
