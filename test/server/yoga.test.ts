import {
  GraphQLEnumType,
  GraphQLError,
  GraphQLFloat,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Forbidden, InvalidInput, NotFound } from "../../src/kernel/fault.ts";
import { Unauthenticated } from "../../src/kernel/unauthenticated.ts";
import { type Answer, settingsOf, startServer, tokenOfMeg, WHO } from "./acme.ts";

const failing = (error: () => unknown) => ({
  type: GraphQLString,
  resolve: () => {
    throw error();
  },
});

const Input = new GraphQLInputObjectType({
  name: "NameInput",
  fields: {
    name: { type: new GraphQLNonNull(GraphQLString) },
    colour: { type: new GraphQLEnumType({ name: "Colour", values: { RED: {}, GREEN: {} } }) },
  },
});

let written = 0;
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      who: WHO,
      double: {
        type: GraphQLInt,
        args: { of: { type: GraphQLInt } },
        resolve: (_, { of }: { of: number }) => of * 2,
      },
      named: { type: GraphQLString, args: { input: { type: Input } }, resolve: () => "ok" },
      invalid: failing(() => new InvalidInput("input.name", "Name the record.", { requirement: "SH-01" })),
      limited: failing(() => new InvalidInput(null, "Too much.", { code: "LIMIT_EXCEEDED" })),
      missing: failing(() => new NotFound()),
      forbidden: failing(() => new Forbidden("Your profile may not.", "CA-02")),
      anonymous: failing(() => new Unauthenticated("NO_TOKEN")),
      bug: failing(() => new TypeError('Cannot read "hunter2" of meg@acme.test')),
      thrownText: failing(() => "hunter2"),
      leaky: failing(() => new GraphQLError("hunter2 in the database")),
      wrong: { type: GraphQLFloat, resolve: () => "hunter2" },
      unserializable: { type: GraphQLFloat, resolve: () => ({ valueOf: () => Number.NaN }) },
    },
  }),
  mutation: new GraphQLObjectType({
    name: "Mutation",
    fields: {
      write: {
        type: GraphQLInt,
        resolve: () => ++written,
      },
    },
  }),
});

type Started = Awaited<ReturnType<typeof startServer>>;
const told = (answer: Answer) =>
  answer.errors?.map(({ message, extensions }) => ({ message, ...extensions }));

describe("AP-04 errors of a production server", () => {
  let server: Started;
  beforeAll(async () => {
    server = await startServer({ schema, settings: settingsOf({ SIGHTLINE_REQUEST_BYTES: "2000" }) });
  });
  afterAll(() => server.stop());

  test.each([
    [
      "{ invalid }",
      { code: "BAD_USER_INPUT", message: "Name the record.", field: "input.name", requirement: "SH-01" },
    ],
    ["{ limited }", { code: "LIMIT_EXCEEDED", message: "Too much." }],
    ["{ missing }", { code: "NOT_FOUND", message: "There is no such thing, or it is out of reach." }],
    ["{ forbidden }", { code: "FORBIDDEN", message: "Your profile may not.", requirement: "CA-02" }],
    [
      "{ anonymous }",
      { code: "UNAUTHENTICATED", message: expect.stringContaining("Sign in"), requirement: "AP-20" },
    ],
  ])("AP-04 %s is told as it is", async (query, expected) => {
    const answer = await server.send(query);
    expect(answer.status).toBe(200);
    expect(told(answer)).toEqual([expected]);
  });

  test.each([["{ bug }"], ["{ thrownText }"], ["{ leaky }"], ["{ wrong }"], ["{ unserializable }"]])(
    "AP-04 %s is masked, with a request id that is in the log",
    async (query) => {
      const answer = await server.send(query);
      expect(told(answer)).toMatchObject([{ code: "INTERNAL" }]);
      expect(JSON.stringify(answer)).not.toContain("hunter2");
      const requestId = answer.errors?.[0]?.extensions["requestId"];
      expect(answer.headers.get("x-request-id")).toBe(requestId);
      const logged = server.lines.filter(
        (line) => line["requestId"] === requestId && line["level"] === "error",
      );
      expect(logged).toHaveLength(1);
    },
  );

  test("AP-31 the log of a bug has its stack and no personal data", async () => {
    const answer = await server.send("{ bug }");
    const requestId = answer.headers.get("x-request-id");
    const line = server.lines.find((one) => one["requestId"] === requestId && one["level"] === "error");
    expect(line).toMatchObject({
      path: "bug",
      err: { type: "TypeError", stack: expect.stringMatching(/yoga\.test\.ts/) },
    });
    expect(JSON.stringify(line)).not.toMatch(/hunter2|meg/);
  });

  test.each([
    ["a document that is none", "{", {}, null],
    ["an unknown field", "{ nothing }", {}, null],
    ["a literal of the wrong type", '{ double(of: "two") }', {}, null],
    [
      "a variable of the wrong type",
      "query ($of: Int) { double(of: $of) }",
      { variables: { of: "two" } },
      "of",
    ],
    [
      "a wrong member of a variable",
      "query ($input: NameInput) { named(input: $input) }",
      { variables: { input: { name: 1 } } },
      "input.name",
    ],
    ["a missing variable", "query ($input: NameInput!) { named(input: $input) }", {}, "input"],
    ["an unknown operation", "query A { who }", { operationName: "B" }, null],
    ["two operations and no name", "query A { who } query B { who }", {}, null],
    ["extensions that are no object", "{ who }", { extensions: 1 }, null],
    ["an unknown parameter", "{ who }", { password: "x" }, null],
  ])("AP-04 %s is BAD_USER_INPUT", async (_title, query, more, field) => {
    const answer = await server.send(query, {}, more);
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(told(answer)).toMatchObject([{ code: "BAD_USER_INPUT", ...(field === null ? {} : { field }) }]);
  });

  test("AP-04 a body that is no JSON is BAD_USER_INPUT", async () => {
    const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers,
      body: '{"query": hunter2',
    });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    expect(text).not.toMatch(/hunter2|originalError|http/);
  });

  test.each([["declared"], ["streamed"]])(
    "AP-10 a %s body over the limit is LIMIT_EXCEEDED with the limit",
    async (kind) => {
      const body = JSON.stringify({ query: `{ who } # ${"x".repeat(3_000)}` });
      const response = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        ...(kind === "declared" ? { body } : { body: new Blob([body]).stream(), duplex: "half" as const }),
      });
      expect(response.status).toBe(413);
      expect(await response.json()).toMatchObject({
        errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: { name: "bytes", max: 2000 } } }],
      });
    },
  );

  test("AP-10 requests are not batched", async () => {
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ query: "{ who }" }, { query: "{ who }" }]),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });

  test("AP-11 a mutation by GET is refused and changes nothing", async () => {
    const before = written;
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent("mutation { write }")}`);
    expect(response.status).toBe(405);
    expect(written).toBe(before);
    const query = await fetch(`${server.url}/graphql?query=${encodeURIComponent("{ double(of: 2) }")}`);
    expect(await query.json()).toEqual({ data: { double: 4 } });
  });

  test.each([
    ["variables", "{"],
    ["variables", "hunter2"],
    ["extensions", "x"],
  ])("AP-04 a GET whose %s are %s is BAD_USER_INPUT", async (name, text) => {
    const query = encodeURIComponent("{ double(of: 2) }");
    const response = await fetch(`${server.url}/graphql?query=${query}&${name}=${text}`, {
      headers: { accept: "application/graphql-response+json" },
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [
        { message: `The parameter ${name} is no JSON.`, extensions: { code: "BAD_USER_INPUT", field: name } },
      ],
    });
  });

  test.each([
    ["image/png", 406],
    [",,,", 406],
    ["x", 406],
    ["text/html, image/*", 406],
    ["application/json; charset=utf-16", 406],
    ["application/xml, application/json;q=0.1", 200],
    ["application/graphql-response+json; charset=utf-8", 200],
    ["TEXT/Event-Stream", 200],
    ["application/*", 200],
    ["*/*", 200],
    ["", 200],
  ])(
    "AP-04 a mutation whose answer is accepted as %j alone: status %i, and done or not",
    async (accept, status) => {
      const before = written;
      const response = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", accept },
        body: JSON.stringify({ query: "mutation { write }" }),
      });
      await response.text();
      expect(response.status).toBe(status);
      expect(written).toBe(before + (status === 200 ? 1 : 0));
    },
  );

  test("AP-31 no line of the log names a caller", async () => {
    const authorization = `Bearer ${await tokenOfMeg()}`;
    await server.send("query Meg { who }", { authorization }, { operationName: "Meg" });
    await fetch(`${server.url}/users/meg@acme.test`);
    expect(server.lines.filter((line) => line.msg === "answered").at(-1)).toMatchObject({
      route: "other",
      status: 404,
    });
    expect(
      server.lines
        .map((line) => JSON.stringify(line))
        .filter((line) => /meg|127\.0\.0\.1|Bearer/i.test(line)),
    ).toEqual([]);
  });
});

describe("AP-22 the schema of a production server is closed unless asked for", () => {
  const page = async (server: Started) => {
    const response = await fetch(`${server.url}/graphql`, { headers: { accept: "text/html" } });
    return {
      type: response.headers.get("content-type") ?? "",
      text: await response.text(),
      headers: response.headers,
    };
  };

  test("AP-22 closed: no introspection, no suggestions, no GraphiQL, no landing page", async () => {
    const server = await startServer({ schema });
    for (const query of ["{ __schema { types { name } } }", '{ __type(name: "Query") { name } }']) {
      const answer = await server.send(query);
      expect(answer.status).toBe(400);
      expect(answer.data).toBeUndefined();
      expect(new Set(answer.errors?.map(({ extensions }) => extensions["code"]))).toEqual(
        new Set(["BAD_USER_INPUT"]),
      );
    }
    const hints = [
      await server.send("{ doubl }"),
      await server.send("{ named(input: { name: 1, colour: REDD }) }"),
      await server.send(
        "query ($input: NameInput) { named(input: $input) }",
        {},
        { variables: { input: { name: "x", colour: "REDD" } } },
      ),
      await server.send(
        "query ($input: NameInput) { named(input: $input) }",
        {},
        { variables: { input: { nam: "x" } } },
      ),
    ];
    for (const answer of hints) {
      expect(answer.errors?.length).toBeGreaterThan(0);
      expect(JSON.stringify(answer.errors)).not.toMatch(/did you mean/i);
    }
    expect((await page(server)).type).not.toContain("text/html");
    expect((await fetch(server.url, { headers: { accept: "text/html" } })).status).toBe(404);
    expect((await server.send("{ __typename }")).data).toEqual({ __typename: "Query" });
    await server.stop();
  });

  test.each([
    ["asked for", { SIGHTLINE_GRAPHIQL: "1", SIGHTLINE_INTROSPECTION: "1" }],
    ["in development", { SIGHTLINE_DEV: "1" }],
  ])("AP-22 open %s", async (_title, change) => {
    const server = await startServer({ schema, settings: settingsOf(change) });
    expect((await server.send('{ __type(name: "Query") { name } }')).data).toEqual({
      __type: { name: "Query" },
    });
    expect(JSON.stringify((await server.send("{ doubl }")).errors)).toMatch(/did you mean/i);
    const { type, text, headers } = await page(server);
    expect(type).toContain("text/html");
    expect(text).toContain("YogaGraphiQL.renderYogaGraphiQL");
    expect(headers.get("content-security-policy")).toMatch(/^default-src 'self'/);
    expect(text).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    const bare = await fetch(server.url, { headers: { accept: "text/html" }, redirect: "manual" });
    expect([bare.status, bare.headers.get("location")]).toEqual([302, "/graphql"]);
    expect((await fetch(server.url, { method: "POST" })).status).toBe(405);
    await server.stop();
  });
});

describe("browsers of other origins", () => {
  const APP = "https://app.example.test";
  const OWN = "http://localhost:5173";
  const DEVELOPMENT = { SIGHTLINE_DEV: "1" };

  test.each<[string, Readonly<Record<string, string>>, origin: string, isAllowed: boolean]>([
    ["in production, without the setting", {}, APP, false],
    ["in production, without the setting, of one's own machine", {}, OWN, false],
    ["in production, that the setting names", { SIGHTLINE_CORS_ORIGINS: APP }, APP, true],
    ["in production, that is one of two", { SIGHTLINE_CORS_ORIGINS: `${OWN},${APP}` }, APP, true],
    ["in production, of which the setting names another", { SIGHTLINE_CORS_ORIGINS: OWN }, APP, false],
    ["in development, of one's own machine", DEVELOPMENT, OWN, true],
    ["in development, of one's own machine by number", DEVELOPMENT, "http://127.0.0.1:3000", true],
    ["in development, of one's own machine by IPv6", DEVELOPMENT, "https://[::1]:8443", true],
    ["in development, of elsewhere", DEVELOPMENT, APP, false],
    ["in development, that only looks like one's own", DEVELOPMENT, "http://localhost.example.test", false],
    ["in development, of nowhere", DEVELOPMENT, "null", false],
    ["in development, with the setting", { ...DEVELOPMENT, SIGHTLINE_CORS_ORIGINS: APP }, OWN, false],
  ])("AP-22 a page %s", async (_title, change, origin, isAllowed) => {
    const server = await startServer({ schema, settings: settingsOf(change) });
    const answer = await server.send("{ who }", { origin });
    expect(answer.headers.get("access-control-allow-origin")).toBe(isAllowed ? origin : null);
    const asked = await fetch(`${server.url}/graphql`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(asked.headers.get("access-control-allow-origin")).toBe(isAllowed ? origin : null);
    const named = server.lines.filter((line) => line["setting"] === "SIGHTLINE_CORS_ORIGINS");
    expect(named).toHaveLength(isAllowed ? 0 : 1);
    expect(JSON.stringify(server.lines)).not.toContain("example.test");
    await server.stop();
  });
});
