import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { schema } from "../../src/graphql/schema.ts";
import { toGlobalId } from "../../src/kernel/global-id.ts";
import type { Clock } from "../../src/kernel/instant.ts";
import { developmentOf } from "../../src/server/development.ts";
import { resolverContext } from "../../src/server/graphql-context.ts";
import { issueToken } from "../../src/server/sign-in/issue-token.ts";
import { createSignIn } from "../../src/server/sign-in/sign-in.ts";
import { createVerifier } from "../../src/server/sign-in/verify-token.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { createServer } from "../../src/server/yoga.ts";
import { admissibleAgents, readSettings } from "../../src/settings/settings.ts";
import { NO_POST } from "../../src/store/mail/post.ts";
import { type Store, storeOver } from "../../src/store/store.ts";
import { ACME, NOW } from "./world.ts";

export const AGENT = "agent@vendor.test";

export type Failure = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
};
// biome-ignore lint/suspicious/noExplicitAny: the query decides the shape, and a wrong one fails the expectation.
export type Shown = any;
export type Answer = { readonly data: Record<string, Shown> | null; readonly errors?: readonly Failure[] };

/** The whole gateway over an open database: real requests, real tokens, the clock of the world. */
export type Gateway = {
  /** Asks as a person by address, or as nobody. */
  readonly ask: (
    user: string | null,
    query: string,
    variables?: object,
    operationName?: string,
  ) => Promise<Answer>;
  /** The answer's data; an error in it fails the test. */
  readonly data: (user: string | null, query: string, variables?: object) => Promise<Record<string, Shown>>;
  /** How many SQL statements the request sent, its sign-in included. The policy is warm. */
  readonly statements: (user: string, query: string, variables?: object) => Promise<number>;
  /** The same statements, with the answer. */
  readonly sent: (
    user: string,
    query: string,
    variables?: object,
  ) => Promise<{ readonly result: Answer; readonly statements: readonly string[] }>;
  /** The global id of a record of the world. */
  readonly record: (module: string, key: string) => Promise<string>;
  /** The global id of a user of the world. */
  readonly user: (email: string) => Promise<string>;
  /** The global id of a noun of the world by its key. */
  readonly id: (
    noun: "Role" | "Group" | "Profile" | "Module" | "SharingRule",
    key: string,
  ) => Promise<string>;
  /** The global id of a field by the key of its module and its own. */
  readonly field: (module: string, key: string) => Promise<string>;
  /** What the gateway is built over: its background work can be waited for. */
  readonly store: Store;
  /** Sends any request at all, and gives the bare answer. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** A token of a person of the world. */
  readonly token: (user: string) => Promise<string>;
  readonly database: Database;
};

/** What may be other than in most tests. */
export type GatewayOptions = {
  /** Variables of the environment, such as `SIGHTLINE_RATE_PER_USER`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether refused mutations and what the agent reads leave events; tests of what a mutation writes count without. */
  readonly recordsRequests?: boolean;
  /** Hears every line of the log. */
  readonly log?: (line: string) => void;
  /** The clock, when it is to move. */
  readonly clock?: Clock;
};

/** @param text what is applied first; null when the database has its organisation. */
export async function openGateway(
  database: Database,
  text: string | null = ACME,
  options: GatewayOptions = {},
): Promise<Gateway> {
  if (text !== null) await applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now: NOW });
  const settings = readSettings(
    {
      SIGHTLINE_DEV: "1",
      // Pages of everything that there is, to count their statements.
      SIGHTLINE_MAX_COST: "1000000",
      // However busy the machine is.
      SIGHTLINE_OPERATION_MS: "600000",
      SIGHTLINE_SUPPORT_AGENTS: `${AGENT}:Engineer`,
      SIGHTLINE_SUPPORT_POSITIONS: "Engineer",
      ...options.settings,
    },
    "SERVE",
  );
  const clock = options.clock ?? { now: () => NOW };
  const supportAgents = admissibleAgents(settings);
  const store = storeOver(database, clock, { supportAgents });
  const server = createServer({
    settings,
    log: createLog(settings, { write: options.log ?? (() => undefined) }),
    clock,
    schema,
    signIn: createSignIn(createVerifier(settings), store.policies, supportAgents),
    context: resolverContext(store, {
      recordsRequests: options.recordsRequests ?? false,
      development: developmentOf(settings, clock, NO_POST),
    }),
    checks: [],
  });

  const tokenOf = (user: string) =>
    issueToken(settings, { orgKey: "acme", user, ttlSeconds: 60 }, clock.now());

  async function ask(
    user: string | null,
    query: string,
    variables: object = {},
    operationName?: string,
  ): Promise<Answer> {
    const token = user === null ? null : await tokenOf(user);
    const request = new Request("http://localhost/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables, operationName }),
    });
    return (await (await server.fetch(request)).json()) as Answer;
  }

  async function data(user: string | null, query: string, variables?: object) {
    const answer = await ask(user, query, variables);
    if (answer.errors !== undefined || answer.data == null) throw new Error(JSON.stringify(answer.errors));
    return answer.data;
  }

  return {
    ask,
    data,
    async statements(user, query, variables) {
      await data(user, "{ viewer { user { id } } }");
      const { result, statements } = await database.statementsOf(() => ask(user, query, variables));
      if (result.errors !== undefined) throw new Error(JSON.stringify(result.errors));
      return statements.length;
    },
    async sent(user, query, variables) {
      await data(user, "{ viewer { user { id } } }");
      return database.statementsOf(() => ask(user, query, variables));
    },
    async record(module, key) {
      const row = await database.reader.record.findFirstOrThrow({
        where: { key, module: { key: module } },
        select: { id: true },
      });
      return toGlobalId("Record", row.id);
    },
    async user(email) {
      const row = await database.reader.user.findFirstOrThrow({ where: { email }, select: { id: true } });
      return toGlobalId("User", row.id);
    },
    async id(noun, key) {
      const where = { where: { key }, select: { id: true } } as const;
      const { role, group, profile, module, sharingRule } = database.reader;
      const find = {
        Role: () => role.findFirstOrThrow(where),
        Group: () => group.findFirstOrThrow(where),
        Profile: () => profile.findFirstOrThrow(where),
        Module: () => module.findFirstOrThrow(where),
        SharingRule: () => sharingRule.findFirstOrThrow(where),
      };
      return toGlobalId(noun, (await find[noun]()).id);
    },
    async field(module, key) {
      const row = await database.reader.field.findFirstOrThrow({
        where: { key, module: { key: module } },
        select: { id: true },
      });
      return toGlobalId("Field", row.id);
    },
    store,
    fetch: server.fetch,
    token: tokenOf,
    database,
  };
}

/** The error of an answer that has exactly one. */
export function onlyError(answer: Answer): Failure {
  if (answer.errors?.length !== 1) throw new Error(`expected one error: ${JSON.stringify(answer)}`);
  return answer.errors[0]!;
}

/** The rows of a connection. */
export function rows(connection: { readonly edges: readonly { readonly node: Shown }[] }): Shown[] {
  return connection.edges.map(({ node }) => node);
}

export function names(connection: Parameters<typeof rows>[0]): string[] {
  return rows(connection).map(({ name }) => name);
}
