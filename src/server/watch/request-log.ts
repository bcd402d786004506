import { getOperationAST } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { ServerContext } from "../http/exchange.ts";
import { guarded } from "../http/guard.ts";
import type { RouteOf } from "../http/route.ts";

/** Pages of GraphiQL may load nothing from elsewhere (AP-30) and may not be framed. */
const PAGE_POLICY =
  "default-src 'self' 'unsafe-inline' 'unsafe-eval' blob: data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/**
 * Guards the answering of every request and closes it with one line in the log (AP-31): no address, no token, no
 * variables, no name that a caller chose.
 */
export function logsRequests(routeOf: RouteOf): Plugin<object, ServerContext> {
  return {
    onRequest: ({ requestHandler, setRequestHandler }) =>
      setRequestHandler((request, context) =>
        guarded(context.exchange, () => requestHandler(request, context)),
      ),
    onExecute: ({ args }) => note(args),
    onSubscribe: ({ args }) => note(args),
    onResponse: ({ request, response, serverContext: { exchange } }) => {
      response.headers.set("x-request-id", exchange.requestId);
      response.headers.set("x-content-type-options", "nosniff");
      response.headers.set("referrer-policy", "no-referrer");
      if (response.headers.get("content-type")?.startsWith("text/html")) {
        response.headers.set("content-security-policy", PAGE_POLICY);
      }
      exchange.log.info(
        {
          method: request.method,
          route: routeOf(request),
          status: response.status,
          durationMs: Math.round((performance.now() - exchange.startedAt) * 10) / 10,
          operation: exchange.operation?.kind,
          errors: exchange.errorCodes.length === 0 ? undefined : exchange.errorCodes,
        },
        "answered",
      );
    },
  };
}

function note(args: {
  document: Parameters<typeof getOperationAST>[0];
  operationName?: unknown;
  contextValue?: unknown;
}): void {
  const { exchange } = args.contextValue as ServerContext;
  const name = typeof args.operationName === "string" ? args.operationName : null;
  const operation = getOperationAST(args.document, name);
  if (operation) exchange.operation = { kind: operation.operation, name: operation.name?.value ?? null };
}
