import { Agent, type IncomingMessage, request } from "node:http";
import type { ViewerName } from "../data-set/viewers.ts";
import { type Server, tokenOf } from "./server.ts";

/** The data of an answer, by the names of its fields. */
// biome-ignore lint/suspicious/noExplicitAny: the document decides the shape, and a wrong one fails where it is read.
export type Shown = any;

/** An answer, read to its end, and how long it took. */
export type Answer = {
  readonly data: Shown;
  /** The codes of its errors; empty when there are none. */
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  readonly tookMs: number;
};

/** Somebody at a server, over one connection that is kept alive. */
export type Client = {
  readonly ask: (viewer: ViewerName, query: string, variables?: object) => Promise<Answer>;
  /** The same; anything but data is a failure. */
  readonly data: (viewer: ViewerName, query: string, variables?: object) => Promise<Shown>;
  readonly close: () => void;
};

const tokens = new Map<ViewerName, Promise<string>>();

export function clientOf({ url }: Pick<Server, "url">): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask: Client["ask"] = async (viewer, query, variables = {}) => {
    const token = await (tokens.get(viewer) ?? known(viewer));
    const start = performance.now();
    const text = await post(`${url}/graphql`, agent, token, JSON.stringify({ query, variables }));
    const tookMs = performance.now() - start;
    const { data, errors = [] } = JSON.parse(text) as {
      data?: Shown;
      errors?: readonly { message: string; extensions?: { code?: string } }[];
    };
    return {
      data,
      codes: errors.map(({ extensions }) => extensions?.code ?? "none"),
      messages: errors.map(({ message }) => message),
      tookMs,
    };
  };
  return {
    ask,
    async data(viewer, query, variables) {
      const { data, codes, messages } = await ask(viewer, query, variables);
      if (codes.length > 0 || data == null) throw new Error(`${viewer} was answered ${codes} ${messages}`);
      return data;
    },
    close: () => agent.destroy(),
  };
}

function known(viewer: ViewerName): Promise<string> {
  const token = tokenOf(viewer);
  tokens.set(viewer, token);
  return token;
}

function post(url: string, agent: Agent, token: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const sent = request(url, { method: "POST", agent, headers }, (answer) =>
      textOf(answer).then(resolve, reject),
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
