import type { z } from "zod";
import { CACHES } from "../kernel/caches.ts";
import {
  address,
  auditKey,
  database,
  flag,
  listOf,
  oneOf,
  origin,
  smtpServer,
  supportAgent,
  text,
  webAddress,
  wholeNumber,
  word,
} from "./values.ts";

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
const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** The text that a variable has unless it is set. */
type Preset = string | undefined | { readonly development: string; readonly production: string };

/** The text of a secret is never repeated, not even in the fault about it. */
type Row = readonly [
  variable: string,
  value: z.ZodType,
  preset: Preset,
  meaning: string,
  isSecret?: "SECRET",
];

/** Rooms of `src` that read a setting, beside `settings` itself. */
type Reader = "main" | "cli" | "cli/audit" | "server" | "server/limits" | "server/sign-in" | "server/watch";

/** Some settings, with the rooms that read each of them. */
function readBy<const Rows extends Readonly<Record<string, Row>>>(readers: readonly Reader[], rows: Rows) {
  const settings = Object.entries(rows).map(([name, [variable, value, preset, meaning, isSecret]]) => [
    name,
    { variable, value, preset, meaning, isSecret: isSecret !== undefined, readers },
  ]);
  return Object.fromEntries(settings) as { readonly [Name in keyof Rows]: Setting<Rows[Name]> };
}

type Setting<Each extends Row> = {
  readonly variable: Each[0];
  readonly value: Each[1];
  readonly preset: Preset;
  readonly meaning: string;
  readonly isSecret: boolean;
  readonly readers: readonly Reader[];
};

const IN_DEVELOPMENT = { development: "1", production: "0" };
const OFTEN = wholeNumber(1, 1_000_000_000);
const BYTES = wholeNumber(1_000_000, 100_000_000_000);

/** Every setting of Sightline (AP-33): the only list of them, and what `sightline serve --help` prints. */
export const TABLE = {
  ...readBy(["main", "cli", "cli/audit"], {
    database: [
      "DATABASE_URL",
      database,
      "file:data/sightline.db",
      "Where the rows live: SQLite or Postgres.",
      "SECRET",
    ],
  }),
  ...readBy([], {
    auditKeys: [
      "SIGHTLINE_AUDIT_KEYS",
      listOf(auditKey),
      undefined,
      "Sign the audit log: the first signs from now on, the others are known for what they have signed before.",
      "SECRET",
    ],
  }),
  ...readBy(["main", "cli", "server", "server/sign-in", "server/watch"], {
    isDevelopment: [
      "SIGHTLINE_DEV",
      flag,
      "0",
      "1 is development: a known secret, GraphiQL, tokens on demand.",
    ],
  }),
  ...readBy([], {
    nodeEnvironment: ["NODE_ENV", text, undefined, "`production` and SIGHTLINE_DEV=1 exclude each other."],
    jwtSecret: [
      "SIGHTLINE_JWT_SECRET",
      text,
      undefined,
      "Verifies HS256 tokens; at least 32 bytes.",
      "SECRET",
    ],
  }),
  ...readBy(["server"], {
    port: ["PORT", wholeNumber(0, 65_535), "4000", "The port to listen on; 0 takes a free one."],
    host: ["HOST", word, { development: "127.0.0.1", production: "0.0.0.0" }, "The address to listen on."],
    graphiql: ["SIGHTLINE_GRAPHIQL", flag, IN_DEVELOPMENT, "Serves GraphiQL at /graphql."],
    introspection: ["SIGHTLINE_INTROSPECTION", flag, IN_DEVELOPMENT, "Answers introspection queries."],
    metrics: ["SIGHTLINE_METRICS", flag, "1", "Serves /metrics for Prometheus."],
    corsOrigins: [
      "SIGHTLINE_CORS_ORIGINS",
      listOf(origin),
      undefined,
      "Web pages of other origins that may call from a browser; in development without any, those of your own machine.",
    ],
    requestBytes: [
      "SIGHTLINE_REQUEST_BYTES",
      wholeNumber(1_024, 100_000_000),
      "1000000",
      "The largest request body, in bytes.",
    ],
    stopGraceMs: [
      "SIGHTLINE_STOP_GRACE_MS",
      wholeNumber(0, 600_000),
      "10000",
      "How long a stopping server waits for running requests, in milliseconds.",
    ],
  }),
  ...readBy(["server/sign-in"], {
    jwksUrl: ["SIGHTLINE_JWKS_URL", webAddress, undefined, "Where the identity provider publishes its keys."],
    jwtIssuer: ["SIGHTLINE_JWT_ISSUER", text, undefined, "`iss` of every token; required in production."],
    jwtAudience: ["SIGHTLINE_JWT_AUDIENCE", text, undefined, "`aud` of every token; required in production."],
    jwtAlgorithms: [
      "SIGHTLINE_JWT_ALGORITHMS",
      listOf(oneOf([...SECRET_ALGORITHMS, ...KEY_SET_ALGORITHMS])),
      undefined,
      "Signatures that are accepted; unless set, HS256 with a secret, and RS256, PS256, ES256 and EdDSA with a key set.",
    ],
    jwtOrgClaim: [
      "SIGHTLINE_JWT_ORG_CLAIM",
      word,
      "org",
      "The claim that names the organisation, by its key.",
    ],
    jwtUserClaim: [
      "SIGHTLINE_JWT_USER_CLAIM",
      text,
      undefined,
      "The claim that names the person, by address or user id; unless set, `email`, or `sub` as a user id.",
    ],
    jwtToleranceSeconds: [
      "SIGHTLINE_JWT_CLOCK_TOLERANCE",
      wholeNumber(0, 60),
      "0",
      "Seconds by which the issuer's clock may differ.",
    ],
  }),
  ...readBy(["cli"], {
    supportAgents: [
      "SIGHTLINE_SUPPORT_AGENTS",
      listOf(supportAgent),
      undefined,
      "The vendor's support agents, with their positions.",
      "SECRET",
    ],
    supportPositions: [
      "SIGHTLINE_SUPPORT_POSITIONS",
      listOf(word),
      undefined,
      "The positions whose agents may be let in.",
    ],
  }),
  ...readBy(["main"], {
    smtpServer: [
      "SIGHTLINE_SMTP_URL",
      smtpServer,
      undefined,
      "The mail server that sends invitations; without one they wait, and in development are read in the outbox.",
      "SECRET",
    ],
    mailSender: ["SIGHTLINE_MAIL_SENDER", address, undefined, "The address that mails come from."],
    mailPage: [
      "SIGHTLINE_MAIL_PAGE",
      webAddress,
      undefined,
      "The page of yours that mails lead to, with the token behind a `#`: it sends the token on to `acceptInvitation`.",
    ],
  }),
  ...readBy(["server/limits"], {
    maxTokens: ["SIGHTLINE_MAX_TOKENS", wholeNumber(100, 3_000), "2000", "The longest document, in tokens."],
    maxDepth: [
      "SIGHTLINE_MAX_DEPTH",
      wholeNumber(1, 100),
      "16",
      "How many fields may stand inside each other.",
    ],
    maxAliases: ["SIGHTLINE_MAX_ALIASES", wholeNumber(0, 1_000), "50", "The most aliases in a document."],
    maxDirectives: [
      "SIGHTLINE_MAX_DIRECTIVES",
      wholeNumber(0, 100),
      "5",
      "The most directives at one place.",
    ],
    maxRepeats: [
      "SIGHTLINE_MAX_REPEATS",
      wholeNumber(1, 1_000),
      "20",
      "How often one field may stand in one selection.",
    ],
    maxValues: [
      "SIGHTLINE_MAX_VALUES",
      wholeNumber(100, 1_000_000),
      "50000",
      "The most values in the variables of a request, those inside lists and objects among them.",
    ],
    maxCost: [
      "SIGHTLINE_MAX_COST",
      OFTEN,
      "10000",
      "What an operation may cost, by the prices in the description of `Query`.",
    ],
  }),
  ...readBy(["main", "server/limits"], {
    operationMs: [
      "SIGHTLINE_OPERATION_MS",
      wholeNumber(10, 3_600_000),
      "15000",
      "How long an operation may run, in milliseconds.",
    ],
  }),
  ...readBy(["server/limits"], {
    rateWindowSeconds: [
      "SIGHTLINE_RATE_WINDOW",
      wholeNumber(1, 86_400),
      "60",
      "The seconds in which requests are counted, by each instance for itself.",
    ],
    userRate: ["SIGHTLINE_RATE_PER_USER", OFTEN, "6000", "How often a user may ask in that time."],
    operationRate: [
      "SIGHTLINE_RATE_PER_OPERATION",
      OFTEN,
      "3000",
      "How often a user may ask the same operation in that time.",
    ],
    addressRate: [
      "SIGHTLINE_RATE_PER_ADDRESS",
      OFTEN,
      "600",
      "How often an address may ask without a sign-in in that time.",
    ],
    trustedProxies: [
      "SIGHTLINE_TRUSTED_PROXIES",
      wholeNumber(0, 10),
      "0",
      "How many proxies in front append the address that asks them to `X-Forwarded-For`.",
    ],
  }),
  ...readBy(["server/watch"], {
    logLevel: ["SIGHTLINE_LOG_LEVEL", oneOf(LOG_LEVELS), "info", "What is worth a line in the log."],
    traceEndpoint: [
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      webAddress,
      undefined,
      "Sends OpenTelemetry traces there.",
    ],
    traceServiceName: ["OTEL_SERVICE_NAME", word, "sightline", "The name of this service in traces."],
  }),
  ...readBy(["main"], {
    policyCacheBytes: [
      "SIGHTLINE_POLICY_CACHE_BYTES",
      BYTES,
      String(CACHES.policies.bytes),
      "Memory for compiled policies, in bytes.",
    ],
    reachCacheBytes: [
      "SIGHTLINE_REACH_CACHE_BYTES",
      BYTES,
      String(CACHES.reaches.bytes),
      "Memory for what users reach under them, in bytes.",
    ],
  }),
};

type Table = typeof TABLE;

/** All settings, with presets filled in. `jwtSecret` and `jwksUrl` are never both set. */
export type Settings = { readonly [Name in keyof Table]: z.output<Table[Name]["value"]> };

/** The environment variables that the table names. */
export type Variable = Table[keyof Table]["variable"];
