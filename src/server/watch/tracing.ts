import type { Span } from "@opentelemetry/api";
import type { Plugin } from "graphql-yoga";
import type { Settings } from "../../settings/settings.ts";
import type { ServerContext } from "../http/exchange.ts";
import type { RouteOf } from "../http/route.ts";

/** OpenTelemetry, running. */
export type Tracing = {
  readonly plugin: (routeOf: RouteOf) => Plugin<object, ServerContext>;
  /** Sends what is still held and lets go of the process-wide context. */
  readonly stop: () => Promise<void>;
};

/**
 * Starts OpenTelemetry when `OTEL_EXPORTER_OTLP_ENDPOINT` is set (AP-31), else gives null and loads nothing.
 *
 * A span per request, continuing the caller's `traceparent`, and one per phase of an operation. Attributes come from
 * closed lists: no addresses, variables or names chosen by a caller. The exporter reads the remaining
 * `OTEL_EXPORTER_OTLP_…` variables (headers, timeout, compression) by itself.
 */
export async function startTracing(settings: Settings): Promise<Tracing | null> {
  if (settings.traceEndpoint === null) return null;
  const [api, { TracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources, manager, core] =
    await Promise.all([
      import("@opentelemetry/api"),
      import("@opentelemetry/sdk-trace"),
      import("@opentelemetry/exporter-trace-otlp-http"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/context-async-hooks"),
      import("@opentelemetry/core"),
    ]);
  const url = `${settings.traceEndpoint.href.replace(/\/$/, "")}/v1/traces`;
  const provider = new TracerProvider({
    resource: resources.resourceFromAttributes({ "service.name": settings.traceServiceName }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url }) })],
  });
  const contexts = new manager.AsyncLocalStorageContextManager();
  api.context.setGlobalContextManager(contexts.enable());
  const propagator = new core.W3CTraceContextPropagator();
  const tracer = provider.getTracer("sightline");

  const phase = async (name: string, run: () => void | Promise<void>): Promise<void> =>
    tracer.startActiveSpan(name, (span) => ended(span, run));
  const shortPhase = (name: string, run: () => void): void =>
    tracer.startActiveSpan(name, (span) => {
      try {
        run();
      } finally {
        span.end();
      }
    });

  return {
    plugin: (routeOf) => ({
      instrumentation: {
        request: ({ request }, wrapped) => {
          const parent = propagator.extract(api.ROOT_CONTEXT, request.headers, {
            get: (headers: Headers, name) => headers.get(name) ?? undefined,
            keys: (headers: Headers) => [...headers.keys()],
          });
          const route = routeOf(request);
          const attributes = { "http.request.method": request.method, "http.route": route };
          const options = { kind: api.SpanKind.SERVER, attributes };
          return tracer.startActiveSpan(`${request.method} ${route}`, options, parent, (span) =>
            ended(span, wrapped),
          );
        },
        parse: (_payload, wrapped) => shortPhase("graphql.parse", wrapped),
        validate: (_payload, wrapped) => shortPhase("graphql.validate", wrapped),
        execute: (_payload, wrapped) => phase("graphql.execute", wrapped),
        subscribe: (_payload, wrapped) => phase("graphql.subscribe", wrapped),
      },
      onResponse: ({ response, serverContext: { exchange } }) => {
        const span = api.trace.getActiveSpan();
        span?.setAttribute("http.response.status_code", response.status);
        span?.setAttribute("sightline.request_id", exchange.requestId);
        if (exchange.operation !== null)
          span?.setAttribute("graphql.operation.type", exchange.operation.kind);
        if (response.status >= 500) span?.setStatus({ code: api.SpanStatusCode.ERROR });
      },
    }),
    stop: async () => {
      await provider.shutdown();
      api.context.disable();
    },
  };
}

async function ended(span: Span, run: () => void | Promise<void>): Promise<void> {
  try {
    await run();
  } finally {
    span.end();
  }
}
