import type { Database } from "../../src/database/database.ts";
import { schema } from "../../src/graphql/schema.ts";
import type { Clock } from "../../src/kernel/instant.ts";
import { resolverContext } from "../../src/server/graphql-context.ts";
import { issueToken } from "../../src/server/sign-in/issue-token.ts";
import { createSignIn } from "../../src/server/sign-in/sign-in.ts";
import { createVerifier } from "../../src/server/sign-in/verify-token.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { createServer } from "../../src/server/yoga.ts";
import { admissibleAgents, readSettings } from "../../src/settings/settings.ts";
import { type Store, storeOver } from "../../src/store/store.ts";

export const ORG = "acme";
export const AGENT = "agent@vendor.test";

/** One error of an answer. */
export type Failure = {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly field?: string; readonly requirement?: string };
};
// biome-ignore lint/suspicious/noExplicitAny: the operation decides the shape.
export type Shown = any;
export type Answer = { readonly data?: Record<string, Shown> | null; readonly errors?: readonly Failure[] };

/** Asks as a person by address. */
export type Ask = (who: string, query: string, variables?: object) => Promise<Answer>;

/** One gateway of perhaps several over a database: real requests, real tokens, caches of its own. */
export type Instance = {
  readonly ask: Ask;
  readonly store: Store;
  /** What the log said of failures, which clients are not told. */
  readonly failures: readonly string[];
};

/** Limits are not what is asked about here. */
const SETTINGS = readSettings(
  {
    SIGHTLINE_DEV: "1",
    SIGHTLINE_MAX_COST: "1000000000",
    SIGHTLINE_MAX_ALIASES: "1000",
    SIGHTLINE_OPERATION_MS: "600000",
    SIGHTLINE_MAX_TOKENS: "3000",
    SIGHTLINE_RATE_PER_USER: "1000000000",
    SIGHTLINE_RATE_PER_OPERATION: "1000000000",
    SIGHTLINE_RATE_PER_ADDRESS: "1000000000",
    SIGHTLINE_SUPPORT_AGENTS: `${AGENT}:Engineer`,
    SIGHTLINE_SUPPORT_POSITIONS: "Engineer",
  },
  "SERVE",
);

/**
 * A gateway over a database that has the organisation `acme` already.
 *
 * @param isQuiet whether its background does nothing by itself, but only when `store.jobs.idle()` says so.
 */
export function instanceOver(database: Database, clock: Clock, { isQuiet = true } = {}): Instance {
  const supportAgents = admissibleAgents(SETTINGS);
  const whole = storeOver(database, clock, { supportAgents });
  const store: Store = isQuiet ? { ...whole, jobs: { ...whole.jobs, wake: () => {} } } : whole;
  const failures: string[] = [];
  const server = createServer({
    settings: SETTINGS,
    log: createLog(SETTINGS, {
      write: (line) => {
        if (/"level":(50|60|"error"|"fatal")/.test(line)) failures.push(line);
      },
    }),
    clock,
    schema,
    signIn: createSignIn(createVerifier(SETTINGS), store.policies, supportAgents),
    context: resolverContext(store, { recordsRequests: false }),
    checks: [],
  });
  return {
    store,
    failures,
    ask: async (who, query, variables = {}) => {
      const token = await issueToken(SETTINGS, { orgKey: ORG, user: who, ttlSeconds: 60 }, clock.now());
      const response = await server.fetch(
        new Request("http://localhost/graphql", {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify({ query, variables }),
        }),
      );
      return (await response.json()) as Answer;
    },
  };
}
