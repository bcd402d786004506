import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { ServerContext } from "./exchange.ts";

/** What a posted body may have (GraphQL over HTTP, 5.4). */
const MEMBERS: ReadonlySet<string> = new Set(["query", "operationName", "variables", "extensions"]);

/**
 * Refuses a posted body with a member that no request has, before anything asks what the body is: yoga takes one with
 * `then` for a promise, and one with `status` and `headers` for an answer that is ready to be sent.
 */
export const refusesForeignMembers: Plugin<object, ServerContext> = {
  onRequestParse: ({ requestParser, setRequestParser }) => {
    if (requestParser === undefined) return;
    setRequestParser((request) => {
      request.json = async () => requestOf(JSON.parse(await request.text()));
      return requestParser(request);
    });
  },
};

/** @throws as yoga would, so that the answer is the same for each member. */
function requestOf(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  for (const [name, value] of Object.entries(body)) {
    if (value === null || MEMBERS.has(name)) continue;
    const extensions = { code: "BAD_REQUEST", http: { status: 400 } };
    throw new GraphQLError(`Unexpected parameter "${name}" in the request body.`, { extensions });
  }
  return body;
}
