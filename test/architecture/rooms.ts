/** One row of the table of rooms: what may be imported there. What is not named is not allowed. */
export type Room = {
  readonly name: string;
  /** The files of the room, below `src`. A file is in the first room that has it. */
  readonly files: RegExp;
  /** Files below `src` that may be imported beside the room's own. */
  readonly may: readonly RegExp[];
  /** Files that may be imported for their types only. */
  readonly mayAsTypes?: readonly RegExp[];
  /** Of the room's own files, those that may not be imported after all. */
  readonly mustNot?: readonly RegExp[];
  readonly packages: readonly RegExp[];
};

const KERNEL = /^kernel\//;
const POLICY = /^policy\//;
const STORE = /^store\/(?!generated\/)/;
const BUNDLE = /^bundle\//;
const NODE = /^node:/;

/** The house, room by room. `test/architecture.test.ts` holds it against the real imports. */
export const ROOMS: readonly Room[] = [
  // Temporal is the language's own calendar, which Node 24 does not have yet.
  { name: "kernel", files: KERNEL, may: [], packages: [/^temporal-polyfill$/] },
  {
    name: "policy/access: one kind",
    files: /^policy\/access\/(?!index\.ts|kind\.ts)/,
    may: [KERNEL, /^policy\/[^/]+$/, /^policy\/access\/kind\.ts$/],
    mustNot: [/^policy\/access\/(?!kind\.ts)/],
    packages: [],
  },
  {
    name: "policy/gate: one gate",
    files: /^policy\/gate\/(?!index\.ts|gate\.ts)/,
    may: [KERNEL, /^policy\/[^/]+$/, /^policy\/gate\/gate\.ts$/],
    mustNot: [/^policy\/gate\/(?!gate\.ts)/],
    packages: [],
  },
  { name: "policy", files: POLICY, may: [KERNEL], packages: [/^@casl\/ability$/] },
  {
    name: "store",
    files: /^store\//,
    may: [KERNEL, POLICY],
    packages: [NODE, /^@prisma\//, /^pg(-connection-string)?$/, /^dataloader$/, /^uuid$/, /^lru-cache$/],
  },
  {
    name: "graphql",
    files: /^graphql\//,
    may: [KERNEL, STORE],
    mayAsTypes: [POLICY],
    packages: [/^node:fs\/promises$/, /^@pothos\//, /^graphql$/, /^graphql-scalars$/],
  },
  {
    name: "server",
    files: /^server\//,
    // Whether a support window is open is the one question of policy that signing in asks.
    may: [KERNEL, STORE, /^graphql\/(schema|context|cost)\.ts$/, /^policy\/support-window\.ts$/],
    mayAsTypes: [POLICY],
    packages: [
      NODE,
      /^graphql$/,
      /^graphql-yoga$/,
      /^@graphql-yoga\//,
      /^@opentelemetry\//,
      /^@?envelop\b/,
      /^(jose|pino|prom-client|rate-limiter-flexible)$/,
    ],
  },
  { name: "bundle", files: BUNDLE, may: [KERNEL, POLICY, STORE], packages: [NODE, /^yaml$/, /^zod$/] },
  { name: "demo", files: /^demo\//, may: [KERNEL, BUNDLE], packages: [NODE, /^yaml$/, /^pure-rand\//] },
  {
    name: "cli",
    files: /^cli\//,
    // `serve` starts the server, `token` signs for it.
    may: [KERNEL, POLICY, STORE, BUNDLE, /^demo\//, /^main\.ts$/, /^server\/(log|issue-token)\.ts$/],
    packages: [NODE, /^(commander|cli-progress|junit-report-builder)$/],
  },
  { name: "client", files: /^client\//, may: [], packages: [/^@graphql-typed-document-node\/core$/] },
  { name: "main", files: /^main\.ts$/, may: [/./], packages: [NODE] },
];
