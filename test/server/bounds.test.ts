import { request } from "node:http";
import {
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
} from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Answer, settingsOf, startServer, tokenOfMeg } from "./acme.ts";

let coerced = 0;
/** Says how often it was asked; only numbers are right. */
const Counted = new GraphQLScalarType({
  name: "Counted",
  parseValue: (value) => {
    coerced += 1;
    if (typeof value !== "number") throw new TypeError("No number.");
    return value;
  },
});
const Item = new GraphQLInputObjectType({ name: "Item", fields: { of: { type: Counted } } });
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      sum: {
        type: GraphQLInt,
        args: { items: { type: new GraphQLList(Item) } },
        resolve: (_, { items }: { items: readonly { of: number }[] }) =>
          items.reduce((sum, { of }) => sum + of, 0),
      },
    },
  }),
});
const SUM = "query ($items: [Item]) { sum(items: $items) }";
const ONE = { of: 1 };

const codesOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions["code"]);
const limitOf = ({ errors }: Answer) => errors?.[0]?.extensions["limit"];

describe("what one request may bring", () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let meg: { readonly authorization: string };
  beforeAll(async () => {
    server = await startServer({
      schema,
      settings: settingsOf({ SIGHTLINE_MAX_VALUES: "5000", SIGHTLINE_DEV: undefined }),
    });
    meg = { authorization: `Bearer ${await tokenOfMeg()}` };
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    coerced = 0;
  });

  // A list, and in it objects with a value each.
  const items = (values: number, item: object = ONE) => ({
    items: Array(Math.floor((values - 1) / 2)).fill(item),
  });

  test.each([
    ["nobody", {}, 99, 101, 100],
    ["a member", "meg", 4_999, 5_001, 5_000],
  ])("AP-18 %s may send so many values, and none more", async (_who, as, within, over, max) => {
    const headers = as === "meg" ? meg : {};
    const answered = await server.send(SUM, headers, { variables: items(within) });
    expect(answered.data).toEqual({ sum: (within - 1) / 2 });
    coerced = 0;
    const refused = await server.send(SUM, headers, { variables: items(over) });
    expect(codesOf(refused)).toEqual(["LIMIT_EXCEEDED"]);
    expect(limitOf(refused)).toEqual({ name: "values", max, actual: max + 1 });
    expect(refused.status).toBe(400);
    expect(coerced).toBe(0);
  });

  test("AP-18 values of extensions count, and values inside values", async () => {
    const wide = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`k${at}`, at]));
    for (const extensions of [wide, { a: { b: [[wide]] } }]) {
      expect(codesOf(await server.send("{ __typename }", {}, { extensions }))).toEqual(["LIMIT_EXCEEDED"]);
    }
  });

  test.each([
    ["a wrong scalar in each item", { of: "one" }],
    ["an unknown field in each item", { off: 1 }],
    ["an item that is none", 1 as unknown as object],
  ])("AP-13 AP-18 %s: the first twenty are told together, and no more is looked at", async (_title, item) => {
    const answer = await server.send(SUM, meg, { variables: { items: Array(2_000).fill(item) } });
    expect(answer.status).toBe(400);
    expect(codesOf(answer)).toEqual(["BAD_USER_INPUT"]);
    const { field, faults } = (answer.errors?.[0]?.extensions ?? {}) as {
      field: string;
      faults: { field: string; message: string }[];
    };
    expect(faults).toHaveLength(20);
    expect(faults[0]).toEqual({ field, message: answer.errors?.[0]?.message });
    expect(new Set(faults.map((fault) => /\[\d+\]/.exec(fault.field)?.[0])).size).toBe(20);
    expect(coerced).toBeLessThan(25);
  });

  test("AP-13 where the schema is closed no name of it is proposed for a wrong one", async () => {
    const answer = await server.send(SUM, meg, { variables: { items: [{ off: 1 }] } });
    expect(JSON.stringify(answer.errors)).not.toMatch(/did you mean/i);
  });

  const padded = (bytes: number) => {
    const body = (comment: string) => JSON.stringify({ query: `{ __typename } # ${comment}` });
    return body("x".repeat(bytes - body("").length));
  };

  test.each([
    ["told by its header", false],
    ["in chunks", true],
  ])(
    "AP-18 a body of 64,000 bytes without a sign-in is read, %s, one more is not",
    async (_title, isChunked) => {
      expect(await post(server.url, padded(64_000), isChunked)).toMatchObject({
        status: 200,
        data: { __typename: "Query" },
      });
      const refused = await post(server.url, padded(64_001), isChunked);
      expect(refused).toMatchObject({
        status: 413,
        errors: [
          { extensions: { code: "LIMIT_EXCEEDED", limit: { name: "bytes", max: 64_000, actual: 64_001 } } },
        ],
      });
      expect(await post(server.url, padded(64_001), isChunked, meg)).toMatchObject({ status: 200 });
    },
  );
});

/** Posts a body whole or, without its length, in two chunks. */
function post(url: string, body: string, isChunked: boolean, more: Readonly<Record<string, string>> = {}) {
  const headers = {
    "content-type": "application/json",
    ...more,
    ...(isChunked ? { "transfer-encoding": "chunked" } : { "content-length": String(body.length) }),
  };
  return new Promise<{ readonly status: number | undefined }>((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: "POST", headers }, async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      resolve({ status: response.statusCode, ...(JSON.parse(text) as object) });
    });
    sent.on("error", reject);
    if (isChunked) sent.write(body.slice(0, 1_000));
    sent.end(isChunked ? body.slice(1_000) : body);
  });
}
