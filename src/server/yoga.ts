import type { GraphQLSchema } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import type { Clock } from "../kernel/instant.ts";
import type { Settings } from "../settings/settings.ts";
import { corsOf } from "./cors.ts";
import { graphiqlPage } from "./graphiql/page.ts";
import { refusesUnanswerable } from "./http/accepts.ts";
import { answers } from "./http/answer.ts";
import { closedSchema } from "./http/closed-schema.ts";
import { type Exchange, openExchange, type ServerContext } from "./http/exchange.ts";
import { refusesFormPosts } from "./http/form-posts.ts";
import { refusesBrokenParameters } from "./http/get-parameters.ts";
import { namesRequests } from "./http/idempotency-key.ts";
import { refusesForeignMembers } from "./http/json-posts.ts";
import { keptDocuments } from "./http/kept-documents.ts";
import { type Listening, listen } from "./http/listen.ts";
import { nodeHandler } from "./http/node-handler.ts";
import { createRouteOf, leadsTo, type Route, routes } from "./http/route.ts";
import { createOpenStreams } from "./http/streams.ts";
import { refusesWrongVariables } from "./http/variables.ts";
import { limitsAnonymousBodies } from "./limits/body.ts";
import { limitsCost } from "./limits/cost.ts";
import { limitsDocuments } from "./limits/document.ts";
import { createRates } from "./limits/rate.ts";
import { limitsTime } from "./limits/time.ts";
import { limitsVariables } from "./limits/variables.ts";
import { endsSessions } from "./sign-in/ended-session.ts";
import { signsIn, type TellSignIn } from "./sign-in/open-session.ts";
import { offersPersonas } from "./sign-in/personas.ts";
import { holdsPolicyVersion } from "./sign-in/policy-version.ts";
import type { SignIn } from "./sign-in/sign-in.ts";
import { tellsReading } from "./sign-in/tells-reading.ts";
import { LIVE_PATH, type ReadinessCheck, readiness } from "./watch/health.ts";
import type { Log } from "./watch/log.ts";
import { createMetrics, METRICS_PATH } from "./watch/metrics.ts";
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
  /** Puts sign-ins on record; without, they are not. */
  readonly tellSignIn?: TellSignIn;
  /** Makes the resolvers' context of an operation; `exchange` is in it in any case. */
  readonly context: (exchange: Exchange) => object;
  readonly checks: readonly ReadinessCheck[];
  /** Addresses beside `/graphql`, such as those of the persona menu. */
  readonly routes?: readonly Route[];
  /** Wrapped around everything: tracing. */
  readonly tracing?: Tracing | null;
  /** The operations that GraphiQL opens with, instead of those that fit any organisation. */
  readonly examples?: string;
};

export type Server = {
  /** Answers one request without a socket. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Listens at the host and port of the settings. @throws the socket's error, such as a port in use. */
  readonly listen: () => Promise<Listening>;
};

/** Puts the server together: what happens to a request is the list of plugins, from the first to the last. */
export function createServer(parts: ServerParts): Server {
  const { settings, signIn } = parts;
  const rates = createRates(settings);
  const streams = createOpenStreams();
  let isStopping = false;
  const own = [
    ...(parts.routes ?? []),
    ...(settings.graphiql ? [leadsTo(GRAPHQL_PATH)] : []),
    readiness(parts.checks, () => isStopping),
  ];
  const routeOf = createRouteOf([GRAPHQL_PATH, LIVE_PATH, METRICS_PATH, ...own.map((route) => route.path)]);
  const hasStreams = parts.schema.getSubscriptionType() !== undefined;
  const metrics = settings.metrics ? createMetrics(routeOf, hasStreams ? streams : null) : null;

  const plugins: readonly (Plugin<object, ServerContext> | null)[] = [
    // Around everything.
    parts.tracing?.plugin(routeOf) ?? null,
    logsRequests(routeOf),
    metrics?.plugin ?? null,
    // Beside GraphQL, whoever asks.
    routes([...own, ...(metrics === null ? [] : [metrics.route])]),
    // Who asks, and under which policy.
    signsIn(signIn, rates.countRefused, parts.tellSignIn ?? null),
    holdsPolicyVersion(signIn),
    // What HTTP brings.
    refusesFormPosts,
    refusesUnanswerable,
    refusesBrokenParameters,
    refusesForeignMembers,
    // How much may be asked; the size of a member's body is yoga's to limit.
    limitsAnonymousBodies,
    rates.plugin,
    limitsVariables(settings),
    limitsDocuments(settings),
    refusesWrongVariables(!settings.introspection),
    limitsCost(settings),
    limitsTime(settings),
    namesRequests,
    settings.introspection ? null : closedSchema,
    endsSessions,
    tellsReading,
    // What the caller may know of the outcome.
    answers(settings, streams),
  ];

  const graphiql = graphiqlPage(offersPersonas(settings), parts.examples);
  const yoga = createYoga<ServerContext, object>({
    schema: parts.schema,
    plugins: plugins.filter((plugin) => plugin !== null),
    context: ({ exchange }) => parts.context(exchange),
    graphqlEndpoint: GRAPHQL_PATH,
    healthCheckEndpoint: LIVE_PATH,
    id: "sightline",
    graphiql: settings.graphiql ? graphiql.options : false,
    renderGraphiQL: graphiql.render,
    landingPage: false,
    batching: false,
    multipart: false,
    maxRequestBodySize: settings.requestBytes,
    parserAndValidationCache: keptDocuments(),
    // `answers` masks instead: it knows the request, and sees what fails outside of execution too.
    maskedErrors: false,
    logging: {
      debug: (...line) => parts.log.trace({ line }),
      info: (...line) => parts.log.debug({ line }),
      warn: (...line) => parts.log.warn({ err: line[0] }),
      error: (...line) => parts.log.error({ err: line[0] }),
    },
    cors: corsOf(settings),
  });

  return {
    fetch: async (request) => yoga.fetch(request, { exchange: openExchange(parts.log, parts.clock.now()) }),
    listen: () =>
      listen({
        host: settings.host,
        port: settings.port,
        graceMs: settings.stopGraceMs,
        answer: nodeHandler(
          async (request, response, context) => yoga.handleNodeRequestAndResponse(request, response, context),
          () => openExchange(parts.log, parts.clock.now()),
        ),
        onStopping: () => {
          isStopping = true;
          streams.end();
        },
        log: parts.log,
      }),
  };
}
