import {
  type Database,
  database,
  flag,
  listOf,
  oneOf,
  origin,
  type Setting,
  type SupportAgent,
  setting,
  supportAgent,
  text,
  webAddress,
  wholeNumber,
  word,
} from "./setting.ts";

/** Signs tokens in development when nothing else is set; everyone knows it, so production refuses it (AP-22). */
export const DEVELOPMENT_SECRET = "sightline-development-secret-known-to-everyone";

/** HS256 takes keys of at least the hash's 256 bits (RFC 7518, 3.2). */
export const SECRET_BYTES = 32;

export const SECRET_ALGORITHMS = ["HS256"] as const;
export const KEY_SET_ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
] as const;
export type JwtAlgorithm = (typeof SECRET_ALGORITHMS)[number] | (typeof KEY_SET_ALGORITHMS)[number];

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const inDevelopment = { presetText: "1 in development, else 0" };

/** Every setting of Sightline (AP-33): the only list of them, and what `sightline serve --help` prints. */
export const TABLE = {
  database: setting<Database>(
    "DATABASE_URL",
    database,
    { kind: "SQLITE", url: "file:data/sightline.db" },
    "Where the rows live: SQLite or Postgres.",
    { presetText: "file:data/sightline.db", isSecret: true },
  ),
  port: setting("PORT", wholeNumber(0, 65_535), 4000, "The port to listen on; 0 takes a free one."),
  host: setting(
    "HOST",
    word,
    (isDevelopment) => (isDevelopment ? "127.0.0.1" : "0.0.0.0"),
    "The address to listen on.",
    {
      presetText: "127.0.0.1 in development, else 0.0.0.0",
    },
  ),
  isDevelopment: setting(
    "SIGHTLINE_DEV",
    flag,
    false,
    "1 is development: a known secret, GraphiQL, tokens on demand.",
    {
      presetText: "0",
    },
  ),
  nodeEnvironment: setting("NODE_ENV", text, null, "`production` and SIGHTLINE_DEV=1 exclude each other."),
  jwtSecret: setting("SIGHTLINE_JWT_SECRET", text, null, "Verifies HS256 tokens; at least 32 bytes.", {
    isSecret: true,
  }),
  jwksUrl: setting("SIGHTLINE_JWKS_URL", webAddress, null, "Where the identity provider publishes its keys."),
  jwtIssuer: setting("SIGHTLINE_JWT_ISSUER", text, null, "`iss` of every token; required in production."),
  jwtAudience: setting("SIGHTLINE_JWT_AUDIENCE", text, null, "`aud` of every token; required in production."),
  jwtAlgorithms: setting<readonly JwtAlgorithm[]>(
    "SIGHTLINE_JWT_ALGORITHMS",
    listOf(oneOf([...SECRET_ALGORITHMS, ...KEY_SET_ALGORITHMS])),
    [],
    "Signatures that are accepted.",
    { presetText: "HS256 with a secret; RS256,PS256,ES256,EdDSA with a key set" },
  ),
  jwtToleranceSeconds: setting(
    "SIGHTLINE_JWT_CLOCK_TOLERANCE",
    wholeNumber(0, 60),
    0,
    "Seconds by which the issuer's clock may differ.",
  ),
  supportAgents: setting<readonly SupportAgent[]>(
    "SIGHTLINE_SUPPORT_AGENTS",
    listOf(supportAgent),
    [],
    "The vendor's support agents, with their positions (SA-02).",
    { isSecret: true },
  ),
  supportPositions: setting<readonly string[]>(
    "SIGHTLINE_SUPPORT_POSITIONS",
    listOf(word),
    [],
    "The positions whose agents may be let in (SA-02).",
  ),
  graphiql: setting("SIGHTLINE_GRAPHIQL", flag, (is) => is, "Serves GraphiQL at /graphql.", inDevelopment),
  introspection: setting(
    "SIGHTLINE_INTROSPECTION",
    flag,
    (is) => is,
    "Answers introspection queries.",
    inDevelopment,
  ),
  metrics: setting("SIGHTLINE_METRICS", flag, true, "Serves /metrics for Prometheus.", { presetText: "1" }),
  corsOrigins: setting<readonly string[]>(
    "SIGHTLINE_CORS_ORIGINS",
    listOf(origin),
    [],
    "Web pages of other origins that may call from a browser.",
  ),
  logLevel: setting<LogLevel>(
    "SIGHTLINE_LOG_LEVEL",
    oneOf(LOG_LEVELS),
    "info",
    "What is worth a line in the log.",
  ),
  requestBytes: setting(
    "SIGHTLINE_REQUEST_BYTES",
    wholeNumber(1_024, 100_000_000),
    1_000_000,
    "The largest request body, in bytes (AP-10).",
  ),
  maxTokens: setting(
    "SIGHTLINE_MAX_TOKENS",
    wholeNumber(100, 3_000),
    2_000,
    "The longest document, in tokens (AP-10).",
  ),
  maxDepth: setting(
    "SIGHTLINE_MAX_DEPTH",
    wholeNumber(1, 100),
    16,
    "How many fields may stand inside each other (AP-10).",
  ),
  maxAliases: setting(
    "SIGHTLINE_MAX_ALIASES",
    wholeNumber(0, 1_000),
    50,
    "The most aliases in a document (AP-10).",
  ),
  maxDirectives: setting(
    "SIGHTLINE_MAX_DIRECTIVES",
    wholeNumber(0, 100),
    5,
    "The most directives at one place (AP-10).",
  ),
  maxRepeats: setting(
    "SIGHTLINE_MAX_REPEATS",
    wholeNumber(1, 1_000),
    20,
    "How often one field may stand in one selection (AP-10).",
  ),
  maxCost: setting(
    "SIGHTLINE_MAX_COST",
    wholeNumber(1, 1_000_000_000),
    10_000,
    "What an operation may cost, by the prices in the description of `Query` (AP-10).",
  ),
  operationMs: setting(
    "SIGHTLINE_OPERATION_MS",
    wholeNumber(10, 3_600_000),
    15_000,
    "How long an operation may run, in milliseconds (AP-10).",
  ),
  rateWindowSeconds: setting(
    "SIGHTLINE_RATE_WINDOW",
    wholeNumber(1, 86_400),
    60,
    "The seconds in which requests are counted, by each instance for itself (AP-10).",
  ),
  userRate: setting(
    "SIGHTLINE_RATE_PER_USER",
    wholeNumber(1, 1_000_000_000),
    6_000,
    "How often a user may ask in that time (AP-10).",
  ),
  operationRate: setting(
    "SIGHTLINE_RATE_PER_OPERATION",
    wholeNumber(1, 1_000_000_000),
    3_000,
    "How often a user may ask the same operation in that time (AP-10).",
  ),
  addressRate: setting(
    "SIGHTLINE_RATE_PER_ADDRESS",
    wholeNumber(1, 1_000_000_000),
    600,
    "How often an address may ask without a sign-in in that time (AP-10).",
  ),
  trustedProxies: setting(
    "SIGHTLINE_TRUSTED_PROXIES",
    wholeNumber(0, 10),
    0,
    "How many proxies in front append the address that asks them to `X-Forwarded-For`.",
  ),
  policyCacheBytes: setting(
    "SIGHTLINE_POLICY_CACHE_BYTES",
    wholeNumber(1_000_000, 100_000_000_000),
    512_000_000,
    "Memory for compiled policies, in bytes.",
  ),
  reachCacheBytes: setting(
    "SIGHTLINE_REACH_CACHE_BYTES",
    wholeNumber(1_000_000, 100_000_000_000),
    256_000_000,
    "Memory for what users reach under them, in bytes.",
  ),
  stopGraceMs: setting(
    "SIGHTLINE_STOP_GRACE_MS",
    wholeNumber(0, 600_000),
    10_000,
    "How long a stopping server waits for running requests, in milliseconds.",
  ),
  traceEndpoint: setting(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    webAddress,
    null,
    "Sends OpenTelemetry traces there.",
  ),
  traceServiceName: setting("OTEL_SERVICE_NAME", word, "sightline", "The name of this service in traces."),
} as const;

type Table = typeof TABLE;
type Values = { readonly [Name in keyof Table]: Table[Name] extends Setting<infer Value> ? Value : never };

/** All settings, with presets filled in. `jwtSecret` and `jwksUrl` are never both set. */
export type Settings = Values;

/** What the settings are for: `SERVE` adds what a production server must have (AP-22). */
export type Purpose = "SERVE" | "TOOL";
