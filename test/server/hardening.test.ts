import { GraphQLInt, GraphQLObjectType, GraphQLSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../database.ts";
import { startServer, WHO } from "./acme.ts";
import { type Real, startReal, tokenOf } from "./real.ts";

/** What a probe sees: the status, the body, and what there is in it of GraphQL. */
type Seen = {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: object }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};

async function look(response: Response): Promise<Seen> {
  const [type, text] = [response.headers.get("content-type") ?? "", await response.text()];
  const body = type.includes("json") ? (JSON.parse(text) as object) : {};
  return { status: response.status, type, text, ...body };
}

const json = (url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  }).then(look);

const byGet = (url: string, query: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${url}?query=${encodeURIComponent(query)}`, { headers }).then(look);

const posted = (url: string, query: string, type: string) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": type },
    body: type.includes("urlencoded") ? new URLSearchParams({ query }).toString() : query,
  }).then(look);

/** The probes that graphql-cop makes, by its names, and what must not be seen; each says what it found, or nothing. */
const PROBES: readonly (readonly [
  name: string,
  probe: (url: string, headers: Readonly<Record<string, string>>) => Promise<string | null>,
])[] = [
  [
    "alias overloading",
    async (url, headers) => {
      const aliases = Array.from({ length: 101 }, (_, at) => `alias${at}: __typename`).join(" ");
      return seenIn(await json(url, { query: `query cop { ${aliases} }` }, headers), ({ data }) => !!data);
    },
  ],
  [
    "array-based query batching",
    async (url, headers) => {
      const batch = Array.from({ length: 10 }, () => ({ query: "query cop { __typename }" }));
      return seenIn(
        await json(url, batch, headers),
        ({ status, text }) => status < 400 || text.startsWith("["),
      );
    },
  ],
  [
    "directive overloading",
    async (url, headers) => {
      const unknown = await json(url, { query: `query cop { __typename ${"@aa".repeat(10)} }` }, headers);
      const known = await json(
        url,
        { query: `query cop { __typename ${"@include(if: true)".repeat(50)} }` },
        headers,
      );
      return (
        seenIn(unknown, ({ data, errors }) => !!data || (errors?.length ?? 0) >= 10) ??
        seenIn(known, ({ data, errors }) => !!data || errors?.length !== 1)
      );
    },
  ],
  [
    "circular query with introspection",
    async (url, headers) => {
      const query = `query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }`;
      return seenIn(await json(url, { query }, headers), ({ data }) => !!data);
    },
  ],
  [
    "field duplication",
    async (url, headers) =>
      seenIn(
        await json(url, { query: `query cop { ${"__typename \n".repeat(500)} }` }, headers),
        ({ data }) => !!data,
      ),
  ],
  [
    "field suggestions",
    async (url, headers) => {
      const hints = await Promise.all(
        ["{ __schema { directive } }", "{ viewe { isSupport } }", "{ records(modul: 1) { totalCoun } }"].map(
          (query) => json(url, { query }, headers),
        ),
      );
      return (
        hints.map((one) => seenIn(one, ({ text }) => /did you mean/i.test(text))).find((found) => found) ??
        null
      );
    },
  ],
  [
    "mutation by GET",
    async (url, headers) =>
      seenIn(
        await byGet(url, "mutation cop { __typename }", headers),
        ({ data, status }) => !!data || status < 400,
      ),
  ],
  [
    "query by GET with side effects of a browser",
    async (url) => {
      // GET queries are there (AP-11); without the header that no browser adds by itself they are nobody's.
      const answer = await byGet(url, "query cop { viewer { user { name } } }", { cookie: "token=x" });
      return seenIn(answer, ({ data }) => data?.["viewer"] !== null);
    },
  ],
  [
    "POST of a form (CSRF)",
    async (url) => {
      for (const type of [
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data; boundary=x",
      ]) {
        const found = seenIn(
          await posted(url, "query cop { __typename }", type),
          ({ data, status }) => !!data || status !== 415,
        );
        if (found !== null) return `${type}: ${found}`;
      }
      return null;
    },
  ],
  [
    "introspection",
    async (url, headers) => {
      const whole = await json(url, { query: "query cop { __schema { types { name } } }" }, headers);
      const one = await byGet(url, '{ __type(name: "User") { fields { name } } }', headers);
      return seenIn(whole, ({ data }) => !!data) ?? seenIn(one, ({ data }) => !!data);
    },
  ],
  [
    "GraphiQL or a playground",
    async (url) => {
      const origin = new URL(url).origin;
      for (const path of ["/", "/graphql", "/graphiql", "/playground", "/console", "/graphql/console"]) {
        const page = await fetch(origin + path, { headers: { accept: "text/html" } }).then(look);
        const found = seenIn(
          page,
          ({ type, text }) => type.includes("html") || /graphiql|playground/i.test(text),
        );
        if (found !== null) return `${path}: ${found}`;
      }
      return null;
    },
  ],
  [
    "trace and debug data",
    async (url, headers) => {
      const answer = await json(url, { query: "query cop { __typename }" }, { ...headers, "x-debug": "1" });
      const members = Object.keys(answer.extensions ?? {}).filter((name) => name !== "policyVersion");
      return seenIn(answer, ({ text }) => members.length > 0 || /tracing|debug|stack|exception/i.test(text));
    },
  ],
  [
    "unhandled errors",
    async (url, headers) => {
      const answers = [
        await json(url, { query: "qwerty cop { abc }" }, headers),
        await json(url, { query: "{ record(id: 1e999) { id } }" }, headers),
        await json(url, { query: 1 }, headers),
        await json(url, null, headers),
        await json(url, { query: "{ viewer { isSupport } }", variables: [] }, headers),
      ];
      const isUnhandled = ({ status, text, type }: Seen) =>
        status >= 500 ||
        !type.includes("json") ||
        /exception|stack|node_modules|\.[jt]s\b|"INTERNAL"/i.test(text);
      return answers.map((one) => seenIn(one, isUnhandled)).find((found) => found !== null) ?? null;
    },
  ],
];

function seenIn(seen: Seen, isFinding: (seen: Seen) => boolean): string | null {
  return isFinding(seen) ? `${seen.status} ${seen.text.slice(0, 300)}` : null;
}

describeOnBoth("AP-10 AP-22 the probes of graphql-cop against a production server", (open) => {
  let server: Real;
  let url = "";
  beforeAll(async () => {
    server = await startReal((await open()).database);
    url = `${server.url}/graphql`;
  });
  afterAll(() => server.stop());

  test("AP-10 there are thirteen, and the server they are made against answers", async () => {
    expect(PROBES).toHaveLength(13);
    const authorization = `Bearer ${await tokenOf("ray@acme.test")}`;
    expect((await json(url, { query: "{ viewer { user { name } } }" }, { authorization })).data).toEqual({
      viewer: { user: { name: "Ray" } },
    });
    expect((await byGet(url, "{ __typename }")).data).toEqual({ __typename: "Query" });
  });

  test.each(PROBES)("AP-10 AP-22 %s: no finding, signed in or not", async (_name, probe) => {
    expect(await probe(url, {})).toBeNull();
    expect(await probe(url, { authorization: `Bearer ${await tokenOf("ray@acme.test")}` })).toBeNull();
  });
});

describe("AP-11 mutations come as JSON by POST, or not at all", () => {
  let written = 0;
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: "Query", fields: { who: WHO } }),
    mutation: new GraphQLObjectType({
      name: "Mutation",
      fields: { write: { type: GraphQLInt, resolve: () => ++written } },
    }),
  });

  test.each([
    ["GET", (url: string) => byGet(url, "mutation { write }"), 405],
    ["a form", (url: string) => posted(url, "mutation { write }", "application/x-www-form-urlencoded"), 415],
    [
      "a form with a charset",
      (url: string) => posted(url, "mutation { write }", "Application/X-WWW-Form-Urlencoded; charset=utf-8"),
      415,
    ],
    [
      "plain text",
      (url: string) => posted(url, JSON.stringify({ query: "mutation { write }" }), "text/plain"),
      415,
    ],
  ])("AP-11 by %s nothing is written", async (_title, send, status) => {
    const server = await startServer({ schema });
    written = 0;
    const answer = await send(`${server.url}/graphql`);
    expect(answer.status).toBe(status);
    expect(answer.data ?? null).toBeNull();
    expect(written).toBe(0);
    const proper = await json(`${server.url}/graphql`, { query: "mutation { write }" });
    expect(proper.data).toEqual({ write: 1 });
    await server.stop();
  });
});
