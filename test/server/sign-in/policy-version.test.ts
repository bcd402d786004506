import { GraphQLError, GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Forbidden } from "../../../src/kernel/fault.ts";
import type { Exchange } from "../../../src/server/http/exchange.ts";
import { acme, policiesOf, startServer, tokenOfMeg, WHO } from "../acme.ts";

/** Raises the version as a policy write does. */
function raise({ exchange }: { readonly exchange: Exchange }): number {
  exchange.policyVersion = (exchange.policyVersion ?? 0) + 1;
  return exchange.policyVersion;
}

async function* four(): AsyncGenerator<number> {
  yield* [1, 2, 3, 4];
}

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: { who: WHO, bug: { type: GraphQLString, resolve: () => Promise.reject(new Error("hunter2")) } },
  }),
  mutation: new GraphQLObjectType({
    name: "Mutation",
    fields: {
      write: { type: GraphQLInt, resolve: (_, __, context: { exchange: Exchange }) => raise(context) },
    },
  }),
  subscription: new GraphQLObjectType({
    name: "Subscription",
    fields: {
      count: {
        type: GraphQLInt,
        subscribe: four,
        resolve: (count: number, _, context: { exchange: Exchange }) => {
          if (count === 2) throw new Forbidden("Not this one.");
          if (count === 3) throw new GraphQLError("hunter2");
          return raise(context);
        },
      },
      refused: {
        type: GraphQLInt,
        subscribe: () => {
          throw new Forbidden("Nothing to see.");
        },
      },
    },
  }),
});

describe("AP-24 the version of the policy", () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    server = await startServer({ schema, policies: policiesOf(acme({ version: 7 })) });
  });
  afterAll(() => server.stop());

  test.each([
    ["an answer", "{ who }", { policyVersion: 7 }],
    ["a masked error", "{ bug }", { policyVersion: 7 }],
    ["a document that is none", "{", { policyVersion: 7 }],
    ["a mutation that raised it", "mutation { write }", { policyVersion: 8 }],
  ])("AP-24 is on %s", async (_title, query, expected) => {
    expect((await server.send(query, { authorization: `Bearer ${await tokenOfMeg()}` })).extensions).toEqual(
      expected,
    );
  });

  test("AP-24 there is none where nobody is signed in", async () => {
    expect(
      (await server.send("{ who }", {}, { extensions: { minPolicyVersion: 99 } })).extensions,
    ).toBeUndefined();
  });

  test.each([
    ["reached", { minPolicyVersion: 7 }, {}, 200, undefined],
    ["passed", { minPolicyVersion: 0 }, { "x-min-policy-version": "6" }, 200, undefined],
    ["ahead, in extensions", { minPolicyVersion: 8 }, {}, 409, "CONFLICT"],
    ["ahead, in the header", {}, { "x-min-policy-version": "8" }, 409, "CONFLICT"],
    ["ahead in one of both", { minPolicyVersion: 1 }, { "x-min-policy-version": "8" }, 409, "CONFLICT"],
    ["that is text", { minPolicyVersion: "7" }, {}, 400, "BAD_USER_INPUT"],
    ["below zero", { minPolicyVersion: -1 }, {}, 400, "BAD_USER_INPUT"],
    ["broken", { minPolicyVersion: 1.5 }, {}, 400, "BAD_USER_INPUT"],
    ["in a header that is none", {}, { "x-min-policy-version": "latest" }, 400, "BAD_USER_INPUT"],
  ])("AP-24 a minimum %s", async (_title, extensions, headers, status, code) => {
    const authorization = `Bearer ${await tokenOfMeg()}`;
    const answer = await server.send("{ who }", { authorization, ...headers }, { extensions });
    expect(answer.status).toBe(status);
    expect(answer.errors?.[0]?.extensions["code"]).toBe(code);
    expect(answer.extensions).toEqual({ policyVersion: 7 });
    if (status !== 200) expect(answer.data).toBeUndefined();
  });

  test("AP-24 a policy that is older is read again, and answered from when it has caught up", async () => {
    let loads = 0;
    const slow = await startServer({
      schema,
      policies: {
        get: async (key) => {
          loads += 1;
          return policiesOf(acme({ version: loads === 1 ? 7 : 9 })).get(key);
        },
      },
    });
    const answer = await slow.send(
      "{ who }",
      { authorization: `Bearer ${await tokenOfMeg()}` },
      { extensions: { minPolicyVersion: 8 } },
    );
    expect(answer).toMatchObject({ data: { who: "meg" }, extensions: { policyVersion: 9 } });
    expect(loads).toBe(2);
    await slow.stop();
  });
});

describe("AP-04 AP-24 subscriptions", () => {
  const events = async (query: string) => {
    const server = await startServer({ schema, policies: policiesOf(acme({ version: 7 })) });
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await tokenOfMeg()}`,
        "content-type": "application/json",
        accept: "text/event-stream",
      },
      body: JSON.stringify({ query }),
    });
    const text = await response.text();
    await server.stop();
    return [...text.matchAll(/^data: (\{.*)$/gm)].map(
      (match) => JSON.parse(match[1] ?? "") as Record<string, unknown>,
    );
  };

  test("AP-24 every event carries the version it was made from, and its errors are masked too", async () => {
    expect(await events("subscription { count }")).toMatchObject([
      { data: { count: 8 }, extensions: { policyVersion: 8 } },
      { data: { count: null }, errors: [{ message: "Not this one.", extensions: { code: "FORBIDDEN" } }] },
      {
        data: { count: null },
        errors: [{ message: expect.not.stringContaining("hunter2"), extensions: { code: "INTERNAL" } }],
      },
      { data: { count: 9 }, extensions: { policyVersion: 9 } },
    ]);
  });

  test("AP-04 a subscription that is refused says why", async () => {
    expect(await events("subscription { refused }")).toMatchObject([
      {
        errors: [{ message: "Nothing to see.", extensions: { code: "FORBIDDEN" } }],
        extensions: { policyVersion: 7 },
      },
    ]);
  });
});
