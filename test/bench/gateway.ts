import { Agent, type IncomingMessage, request } from "node:http";
import { schema } from "../../src/graphql/schema.ts";
import { FOREVER, systemClock } from "../../src/kernel/instant.ts";
import type { Reaches } from "../../src/policy/ask/ability.ts";
import { ACTIONS } from "../../src/policy/model/org.ts";
import type { Policy } from "../../src/policy/model/policy.ts";
import { resolverContext } from "../../src/server/graphql-context.ts";
import { issueToken } from "../../src/server/sign-in/issue-token.ts";
import { createSignIn } from "../../src/server/sign-in/sign-in.ts";
import { createVerifier } from "../../src/server/sign-in/verify-token.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { createServer } from "../../src/server/yoga.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { type Store, storeOver } from "../../src/store/store.ts";
import type { Bench } from "./bench.ts";
import { ORGANIZATION } from "./data-set/file.ts";
import { emailOf, VIEWER_NAMES, type ViewerName } from "./data-set/viewers.ts";

/** The data of an answer, by the names of its fields. */
// biome-ignore lint/suspicious/noExplicitAny: the document decides the shape, and a wrong one fails the comparison.
export type Shown = any;

/** The gateway over the data set, listening, with one connection to it that is kept alive. */
export type Gateway = {
  /** One request; gives the answer's text, read to its end. */
  readonly ask: (viewer: ViewerName, query: string, variables?: object) => Promise<string>;
  /** The data of the answer. @throws when there is an error in it. */
  readonly data: (viewer: ViewerName, query: string, variables?: object) => Promise<Shown>;
  /** Resolves when what changes have left to the background is done. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type GatewayOptions = {
  /** False: everybody reaches everything, by the same code. */
  readonly hasPolicy: boolean;
};

/** A server as it is in production, its limits on rates and costs lifted: requests of one kind come at full speed. */
const SETTINGS = {
  SIGHTLINE_DEV: "1",
  SIGHTLINE_LOG_LEVEL: "info",
  PORT: "0",
  HOST: "127.0.0.1",
  SIGHTLINE_MAX_COST: "1000000",
  SIGHTLINE_RATE_PER_USER: "1000000000",
  SIGHTLINE_RATE_PER_OPERATION: "1000000000",
  SIGHTLINE_STOP_GRACE_MS: "100",
};

/** Opens a gateway over the bench's database, with policies and caches of its own, as another instance has them. */
export async function openGateway(
  { database }: Pick<Bench, "database">,
  { hasPolicy }: GatewayOptions = { hasPolicy: true },
): Promise<Gateway> {
  const settings = readSettings(SETTINGS, "SERVE");
  const own = storeOver(database, systemClock);
  const store = hasPolicy ? own : withoutPolicy(own);
  // Lines are written, to nowhere: what they cost is part of a request.
  const log = createLog(settings, { write: () => undefined });
  const server = createServer({
    settings,
    log,
    clock: systemClock,
    schema,
    signIn: createSignIn(createVerifier(settings), store.policies, new Set()),
    context: resolverContext(store, { recordsRequests: false }),
    checks: [],
  });
  const { url, stop } = await server.listen();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const tokens = new Map<ViewerName, string>();
  for (const name of VIEWER_NAMES) {
    const order = { orgKey: ORGANIZATION, user: emailOf(name), ttlSeconds: 86_400 };
    tokens.set(name, await issueToken(settings, order, systemClock.now()));
  }

  const send = (viewer: ViewerName, query: string, variables: object, isAgain = false): Promise<string> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ query, variables });
      const headers = {
        authorization: `Bearer ${tokens.get(viewer)}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      };
      const sent = request(`${url}/graphql`, { method: "POST", agent, headers }, (answer) =>
        textOf(answer).then(resolve, reject),
      );
      sent.on("error", (error: NodeJS.ErrnoException) => {
        // The server may close a connection that was idle just when it is used again.
        if (sent.reusedSocket && error.code === "ECONNRESET" && !isAgain)
          send(viewer, query, variables, true).then(resolve, reject);
        else reject(error);
      });
      sent.end(body);
    });
  const ask: Gateway["ask"] = (viewer, query, variables = {}) => send(viewer, query, variables);

  return {
    ask,
    async data(viewer, query, variables) {
      const answer = JSON.parse(await ask(viewer, query, variables)) as {
        readonly data?: Shown;
        readonly errors?: unknown;
      };
      if (answer.errors !== undefined || answer.data == null)
        throw new Error(`${viewer} was answered ${JSON.stringify(answer.errors)}`);
      return answer.data;
    },
    settled: () => own.jobs.idle(),
    async close() {
      agent.destroy();
      await stop();
    },
  };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** The store, whose policies let every viewer reach all: for the bench alone, to know what a policy costs. */
function withoutPolicy(store: Store): Store {
  const known = new WeakMap<Policy, Reaches>();
  const everything = ({ org }: Policy): Reaches => ({
    from: 0,
    validUntil: FOREVER,
    reaches: org.modules.flatMap(({ id }) =>
      ACTIONS.map((action) => ({
        moduleId: id,
        action,
        reach: { kind: "EVERYTHING", validUntil: FOREVER } as const,
      })),
    ),
  });
  return {
    ...store,
    policies: {
      ...store.policies,
      reaches(policy) {
        const reaches = known.get(policy) ?? everything(policy);
        known.set(policy, reaches);
        return reaches;
      },
    },
  };
}
