import { setTimeout } from "node:timers/promises";
import type { Database } from "../../src/database/database.ts";
import { resolverContext } from "../../src/server/graphql-context.ts";
import { issueToken } from "../../src/server/sign-in/issue-token.ts";
import { createSignIn } from "../../src/server/sign-in/sign-in.ts";
import { createVerifier } from "../../src/server/sign-in/verify-token.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { createServer } from "../../src/server/yoga.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { storeOver } from "../../src/store/store.ts";
import { AGENT } from "./organization.ts";
import { schema } from "./schema.ts";

/** An operation with its variables, as it is sent. */
export type Question = { readonly query: string; readonly variables: Readonly<Record<string, unknown>> };

/** All that a client can see of an answer, and the SQL that it took. */
export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly statements: readonly string[];
};

/** Asks as a person by address, or as nobody. */
export type Ask = (who: string | null, question: Question) => Promise<Answer>;

/** How long statements may run on behind an answer that ended early, in milliseconds. */
const SETTLING_MS = 50;

/** Limits are not what is asked about here: what is generated may be large and comes fast. */
const SETTINGS = readSettings(
  {
    SIGHTLINE_DEV: "1",
    SIGHTLINE_MAX_COST: "1000000000",
    SIGHTLINE_MAX_ALIASES: "1000",
    SIGHTLINE_MAX_TOKENS: "3000",
    SIGHTLINE_MAX_DEPTH: "100",
    SIGHTLINE_RATE_PER_USER: "1000000000",
    SIGHTLINE_RATE_PER_OPERATION: "1000000000",
    SIGHTLINE_RATE_PER_ADDRESS: "1000000000",
    SIGHTLINE_SUPPORT_AGENTS: `${AGENT}:Engineer`,
    SIGHTLINE_SUPPORT_POSITIONS: "Engineer",
  },
  "SERVE",
);

/** The whole gateway over a database that has its organisation already: real requests, real tokens, one instant. */
export function askOver(database: Database, now: number): Ask {
  const clock = { now: () => now };
  const store = storeOver(database, clock);
  // What a change leaves to the background is nothing of the next answer, and may show what was hidden to who made a rule.
  void store.jobs.stop();
  const server = createServer({
    settings: SETTINGS,
    log: createLog(SETTINGS, { write: () => undefined }),
    clock,
    schema,
    signIn: createSignIn(createVerifier(SETTINGS), store.policies, new Set([AGENT])),
    context: resolverContext(store, { recordsRequests: false }),
    checks: [],
  });
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string) => {
    const known = tokens.get(user) ?? issueToken(SETTINGS, { orgKey: "acme", user, ttlSeconds: 60 }, now);
    tokens.set(user, known);
    return known;
  };

  return async (who, question) => {
    const authorization = who === null ? {} : { authorization: `Bearer ${await tokenOf(who)}` };
    const request = new Request("http://localhost/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", ...authorization },
      body: JSON.stringify({ query: question.query, variables: question.variables }),
    });
    const { result, statements } = await database.statementsOf(async () => {
      const response = await server.fetch(request);
      const body = await response.text();
      // What cannot be null and fails ends the whole answer, while other fields of it are still being read.
      if (body.includes('"data":null')) await setTimeout(SETTLING_MS);
      return { status: response.status, body };
    });
    return { ...result, statements };
  };
}
