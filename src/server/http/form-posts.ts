import type { Plugin } from "graphql-yoga";
import type { ServerContext } from "./exchange.ts";

/** What a page of any origin can post without asking first (CORS calls such requests simple). */
const SIMPLE = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;

/** Refuses posted forms as 415, so that no page of another origin can send a mutation through somebody's browser. */
export const refusesFormPosts: Plugin<object, ServerContext> = {
  onRequestParse: ({ request, endResponse }) => {
    const isSimple = SIMPLE.test(request.headers.get("content-type")?.trim() ?? "");
    if (request.method === "POST" && isSimple) endResponse(new Response(null, { status: 415 }));
  },
};
