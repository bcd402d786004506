import type { Plugin } from "graphql-yoga";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ServerContext } from "../http/exchange.ts";
import type { Route, RouteOf } from "../http/route.ts";
import type { OpenStreams } from "../http/streams.ts";

export const METRICS_PATH = "/metrics";

/**
 * The figures for Prometheus (AP-31) and what counts them. Labels come from closed lists, so that no caller can make
 * new series: routes, operation kinds, error codes, status classes.
 *
 * @param streams what is open; null where the schema has nothing that stays open, of which nothing is told then.
 */
export function createMetrics(
  routeOf: RouteOf,
  streams: OpenStreams | null,
): { route: Route; plugin: Plugin<object, ServerContext> } {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "sightline_requests_total",
    help: "HTTP requests answered, by route and class of status.",
    labelNames: ["route", "status"],
    registers,
  });
  const seconds = new Histogram({
    name: "sightline_operation_seconds",
    help: `Time to the answer of a GraphQL operation${streams === null ? "" : " (of a subscription: to its first byte)"}, in seconds.`,
    labelNames: ["operation", "outcome"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const errors = new Counter({
    name: "sightline_errors_total",
    help: "Errors in answers, by code.",
    labelNames: ["code"],
    registers,
  });
  if (streams !== null) countStreams(streams, registers);

  return {
    route: {
      path: METRICS_PATH,
      methods: ["GET"],
      answer: async () =>
        new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } }),
    },
    plugin: {
      onResponse: ({ request, response, serverContext: { exchange } }) => {
        requests.inc({ route: routeOf(request), status: `${Math.floor(response.status / 100)}xx` });
        for (const code of exchange.errorCodes) errors.inc({ code });
        if (exchange.operation === null) return;
        const outcome = exchange.errorCodes.length === 0 ? "ok" : "errors";
        seconds.observe(
          { operation: exchange.operation.kind, outcome },
          (performance.now() - exchange.startedAt) / 1000,
        );
      },
    },
  };
}

function countStreams(streams: OpenStreams, registers: Registry[]): void {
  new Gauge({
    name: "sightline_open_streams",
    help: "Subscriptions that are open now.",
    registers,
    collect() {
      this.set(streams.size());
    },
  });
}
