import { GraphQLError } from "graphql";
import type { Exchange } from "./exchange.ts";
import { presentError, type Terms } from "./present-error.ts";

/** Outside of GraphQL there is neither a document to guess at nor a body that yoga measures. */
const TERMS: Terms = { requestBytes: 0, introspection: false };

/**
 * The answer, or what the caller may know of whatever is thrown on the way to it (AP-04), in the shape of a GraphQL
 * error: a refusal with its status, anything else masked. The HTTP adapter below would send the stack.
 */
export async function guarded(
  exchange: Exchange,
  answer: () => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await answer();
  } catch (error) {
    const originalError = error instanceof Error ? error : new Error(String(error));
    const presented = presentError(new GraphQLError("", { originalError }), exchange, TERMS, true);
    const { http, ...extensions } = presented.extensions;
    const init = {
      status: http?.status ?? 500,
      ...(http?.headers === undefined ? {} : { headers: http.headers }),
    };
    return Response.json({ errors: [{ message: presented.message, extensions }] }, init);
  }
}
