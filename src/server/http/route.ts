import type { Plugin } from "graphql-yoga";
import type { Exchange, ServerContext } from "./exchange.ts";
import { guarded } from "./guard.ts";

/** One address beside `/graphql`: an exact path, and what answers it. What it throws is masked like everything else. */
export type Route = {
  readonly path: string;
  readonly methods: readonly string[];
  readonly answer: (request: Request, exchange: Exchange) => Promise<Response>;
};

/** The path of a request if the server has it, else `other`: safe in a log and as a label of metrics. */
export type RouteOf = (request: Request) => string;

export function createRouteOf(paths: readonly string[]): RouteOf {
  const known = new Set(paths);
  return (request) => {
    const path = pathOf(request);
    return known.has(path) ? path : "other";
  };
}

/** Answers the routes of a list; `HEAD` goes with `GET`. */
export function routes(list: readonly Route[]): Plugin<object, ServerContext> {
  const byPath = new Map(list.map((route) => [route.path, route]));
  return {
    onRequest: async ({ request, serverContext: { exchange }, endResponse }) => {
      const route = byPath.get(pathOf(request));
      if (route !== undefined) endResponse(await guarded(exchange, () => answered(route, request, exchange)));
    },
  };
}

/** What somebody sees who opens the bare address in a browser: the page that is at another. */
export function leadsTo(location: string): Route {
  const answer = async () => new Response(null, { status: 302, headers: { location } });
  return { path: "/", methods: ["GET"], answer };
}

async function answered(route: Route, request: Request, exchange: Exchange): Promise<Response> {
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (route.methods.includes(method)) return route.answer(request, exchange);
  return new Response(null, { status: 405, headers: { allow: route.methods.join(", ") } });
}

function pathOf(request: Request): string {
  return new URL(request.url).pathname;
}
