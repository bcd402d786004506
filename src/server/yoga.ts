import type { GraphQLSchema } from "graphql";
import { createYoga, type GraphiQLOptions, type Plugin } from "graphql-yoga";
import type { Clock } from "../kernel/instant.ts";
import type { Settings } from "../settings/settings.ts";
import { type Exchange, openExchange, type ServerContext } from "./exchange.ts";
import { GRAPHIQL, renderGraphiQL, renderGraphiQLWithPersonas } from "./graphiql.ts";
import { refusesUnanswerable } from "./http/accepts.ts";
import { answers } from "./http/answer.ts";
import { closedSchema } from "./http/closed-schema.ts";
import { refusesFormPosts } from "./http/form-posts.ts";
import { refusesBrokenParameters } from "./http/get-parameters.ts";
import { type Listening, listen } from "./http/listen.ts";
import { createRouteOf, type Route, routes } from "./http/route.ts";
import { createOpenStreams } from "./http/streams.ts";
import { namesRequests } from "./idempotency.ts";
import { limits } from "./limits/limits.ts";
import type { SignIn } from "./sign-in/auth.ts";
import { MIN_POLICY_VERSION_HEADER, signsIn } from "./sign-in/sign-in-plugin.ts";
import { LIVE_PATH, type ReadinessCheck, readiness } from "./watch/health.ts";
import type { Log } from "./watch/log.ts";
import { createMetrics } from "./watch/metrics.ts";
import { logsRequests } from "./watch/request-log.ts";
import type { Tracing } from "./watch/tracing.ts";

const GRAPHQL_PATH = "/graphql";

/** What a server is made of. */
export type ServerParts = {
  readonly settings: Settings;
  readonly log: Log;
  readonly clock: Clock;
  readonly schema: GraphQLSchema;
  readonly signIn: SignIn;
  /** Makes the resolvers' context of an operation; `exchange` is in it in any case. */
  readonly context: (exchange: Exchange, request: Request) => object | Promise<object>;
  readonly checks: readonly ReadinessCheck[];
  /** Addresses beside `/graphql`, such as AuthZEN's (AP-34). */
  readonly routes?: readonly Route[];
  /** Run after the sign-in and before the document is looked at. In this order. */
  readonly plugins?: readonly Plugin<object, ServerContext>[];
  /** Wrapped around everything: tracing. */
  readonly tracing?: Tracing | null;
  readonly graphiql?: GraphiQLOptions | ((request: Request) => GraphiQLOptions | Promise<GraphiQLOptions>);
};

export type Server = {
  /** Answers one request without a socket. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Listens at the host and port of the settings. @throws the socket's error, such as a port in use. */
  readonly listen: () => Promise<Listening>;
};

/** Puts the server together; the list of plugins, in its order, is all that it does. */
export function createServer(parts: ServerParts): Server {
  const { settings } = parts;
  const streams = createOpenStreams();
  let isStopping = false;
  const own = [...(parts.routes ?? []), readiness(parts.checks, () => isStopping)];
  const routeOf = createRouteOf([GRAPHQL_PATH, LIVE_PATH, "/metrics", ...own.map((route) => route.path)]);
  const metrics = settings.metrics ? createMetrics(routeOf, streams) : null;

  const plugins: readonly (Plugin<object, ServerContext> | null)[] = [
    parts.tracing?.plugin(routeOf) ?? null,
    logsRequests(routeOf),
    metrics?.plugin ?? null,
    routes([...own, ...(metrics === null ? [] : [metrics.route])]),
    signsIn(parts.signIn),
    refusesFormPosts,
    refusesUnanswerable,
    refusesBrokenParameters,
    ...limits(settings),
    namesRequests,
    ...(parts.plugins ?? []),
    settings.introspection ? null : closedSchema,
    answers(settings, streams),
  ];

  const yoga = createYoga<ServerContext, object>({
    schema: parts.schema,
    plugins: plugins.filter((plugin) => plugin !== null),
    context: ({ exchange, request }) => parts.context(exchange, request),
    graphqlEndpoint: GRAPHQL_PATH,
    healthCheckEndpoint: LIVE_PATH,
    id: "sightline",
    graphiql: settings.graphiql ? (parts.graphiql ?? GRAPHIQL) : false,
    renderGraphiQL: settings.isDevelopment ? renderGraphiQLWithPersonas : renderGraphiQL,
    landingPage: false,
    batching: false,
    multipart: false,
    maxRequestBodySize: settings.requestBytes,
    // `answers` masks instead: it knows the request, and sees what fails outside of execution too.
    maskedErrors: false,
    logging: {
      debug: (...line) => parts.log.trace({ line }),
      info: (...line) => parts.log.debug({ line }),
      warn: (...line) => parts.log.warn({ err: line[0] }),
      error: (...line) => parts.log.error({ err: line[0] }),
    },
    cors:
      settings.corsOrigins.length === 0
        ? false
        : {
            origin: [...settings.corsOrigins],
            methods: ["GET", "POST"],
            allowedHeaders: ["authorization", "content-type", "idempotency-key", MIN_POLICY_VERSION_HEADER],
            exposedHeaders: ["x-request-id"],
            credentials: false,
            maxAge: 600,
          },
  });

  const open = (): ServerContext => ({ exchange: openExchange(parts.log, parts.clock.now()) });
  return {
    fetch: async (request) => yoga.fetch(request, open()),
    listen: () =>
      listen({
        host: settings.host,
        port: settings.port,
        graceMs: settings.stopGraceMs,
        answer: (request, response) => void yoga(request, response, open()),
        onStopping: () => {
          isStopping = true;
          streams.end();
        },
        log: parts.log,
      }),
  };
}
