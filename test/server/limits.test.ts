import { GraphQLObjectType, GraphQLSchema, getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { describeOnBoth } from "../database.ts";
import { type Answer, settingsOf, startServer, WHO } from "./acme.ts";
import { type Real, startReal } from "./real.ts";

const limitOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions["limit"]);
const codesOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions["code"]);

const times = (count: number, text: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(" ");
const nested = (depth: number) =>
  `{ viewer { user { ${"reportsTo { ".repeat(depth - 3)} name ${"} ".repeat(depth - 3)} } } }`;
/** Every fragment spreads the next, two fields deeper. */
const throughFragments = (count: number) =>
  `{ viewer { user { ...f1 } } } ${times(count, (at) => `fragment f${at + 1} on User { reportsTo { ${at + 1 === count ? "name" : `...f${at + 2}`} } }`)}`;
/** Every fragment spreads the next twice: 2 to the power of `count`, if it were written out. */
const doubling = (count: number) =>
  `{ viewer { user { ...f1 } } } ${times(count, (at) => `fragment f${at + 1} on User { ${at + 1 === count ? "name" : `...f${at + 2} ... { ...f${at + 2} }`} }`)}`;

const SMALL = {
  SIGHTLINE_MAX_TOKENS: "400",
  SIGHTLINE_MAX_DEPTH: "8",
  SIGHTLINE_MAX_ALIASES: "10",
  SIGHTLINE_MAX_DIRECTIVES: "3",
  SIGHTLINE_MAX_REPEATS: "4",
  SIGHTLINE_MAX_COST: "200",
};

/** What is measured, how a document is made that measures so much, and the most that passes. */
const DOCUMENTS: readonly (readonly [
  title: string,
  name: string,
  max: number,
  query: (n: number) => string,
])[] = [
  ["fields inside each other", "depth", 8, nested],
  ["fields inside each other, through fragments", "depth", 8, (n) => throughFragments(n - 3)],
  ["a batch of aliases", "aliases", 10, (n) => `{ ${times(n, (at) => `a${at}: viewer { isSupport }`)} }`],
  [
    "aliases in a fragment",
    "aliases",
    10,
    (n) => `{ ...f } fragment f on Query { ${times(n, (at) => `a${at}: __typename`)} }`,
  ],
  [
    "directives on a field",
    "directives",
    3,
    (n) =>
      `{ __typename viewer { isSupport ${n > 3 ? "@include(if: true) ".repeat(n) : "@skip(if: false)"} } }`,
  ],
  ["a field again and again", "repeats", 4, (n) => `{ ${"__typename ".repeat(n)} }`],
  ["the same, in inline fragments", "repeats", 4, (n) => `{ ${"... { __typename } ".repeat(n)} }`],
  [
    "a fragment again and again",
    "repeats",
    4,
    (n) => `{ ${"...f ".repeat(n)} } fragment f on Query { __typename }`,
  ],
];

describeOnBoth("limits before work", (open) => {
  let database: Database;
  let server: Real;
  beforeAll(async () => {
    database = (await open()).database;
    server = await startReal(database, SMALL);
  });
  afterAll(() => server.stop());

  /** What is refused before work sends what a sign-in sends. */
  async function statementsOf(query: string, more: Readonly<Record<string, unknown>> = {}) {
    await server.as("ray@acme.test", "{ viewer { isSupport } }");
    const { result, statements } = await database.statementsOf(() => server.as("ray@acme.test", query, more));
    return { answer: result, statements: statements.length };
  }

  test.each(DOCUMENTS)(
    "AP-10 %s (%s): %i pass, one more is refused and asks the database nothing",
    async (_title, name, max, query) => {
      const within = await server.as("ray@acme.test", query(max));
      expect(within.errors).toBeUndefined();
      expect(within.data).toBeTruthy();
      const { statements: signIn } = await statementsOf("{ __typename }");
      const { answer, statements } = await statementsOf(query(max + 1));
      expect(codesOf(answer)).toEqual(["LIMIT_EXCEEDED"]);
      expect(limitOf(answer)).toEqual([{ name, max, actual: max + 1 }]);
      expect(answer.errors?.[0]?.message).toContain(`${max}`);
      expect(answer.data).toBeUndefined();
      expect(answer.status).toBe(400);
      expect(statements).toBe(signIn);
    },
  );

  test("AP-10 400 tokens pass, one more is refused and asks the database nothing", async () => {
    // What has few enough tokens meets the next limit.
    const words = (n: number) => `{ ${times(n - 2, () => "viewer")} }`;
    expect(limitOf(await server.as("ray@acme.test", words(400)))).toMatchObject([{ name: "repeats" }]);
    const { statements: signIn } = await statementsOf("{ __typename }");
    // The second time the text is known already.
    for (const _ of ["first", "second"]) {
      const { answer, statements } = await statementsOf(words(401));
      expect(codesOf(answer)).toEqual(["LIMIT_EXCEEDED"]);
      expect(limitOf(answer)).toEqual([{ name: "tokens", max: 400, actual: 401 }]);
      expect(answer.data).toBeUndefined();
      expect(statements).toBe(signIn);
    }
  });

  test.each([
    // The field, and in every row the edge, the node and the name.
    ["a page", "query ($n: Int) { users(first: $n) { edges { node { name } } } }", { n: 66 }, { n: 67 }, 202],
    [
      "a page from its end",
      "query ($n: Int) { users(last: $n) { edges { node { name } } } }",
      { n: 66 },
      { n: 67 },
      202,
    ],
    [
      "pages in pages",
      "query ($n: Int) { roles(first: 6) { edges { node { users(first: $n) { edges { node { name } } } } } } }",
      { n: 10 },
      { n: 11 },
      217,
    ],
    [
      "things by their ids",
      "query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }",
      { ids: Array(99).fill("x") },
      { ids: Array(100).fill("x") },
      201,
    ],
  ])("AP-10 the cost of %s is known before it runs", async (_title, query, cheap, dear, actual) => {
    const within = await server.as("root@acme.test", query, { variables: cheap });
    expect(codesOf(within) ?? []).not.toContain("LIMIT_EXCEEDED");
    const { statements: signIn } = await statementsOf("{ __typename }");
    const { answer, statements } = await statementsOf(query, { variables: dear });
    expect(codesOf(answer)).toEqual(["LIMIT_EXCEEDED"]);
    expect(limitOf(answer)).toEqual([{ name: "cost", max: 200, actual }]);
    expect(answer.data).toBeUndefined();
    expect(statements).toBe(signIn);
    // A refusal is of the variables, not of the document.
    const again = await server.as("root@acme.test", query, { variables: cheap });
    expect(codesOf(again) ?? []).not.toContain("LIMIT_EXCEEDED");
  });

  test.each(["variables", "extensions"])(
    "AP-10 128 values inside each other pass in %s, one more is refused and asks the database nothing",
    async (member) => {
      const lists = (levels: number) => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as unknown;
      const query = "{ viewer { isSupport } }";
      // The member itself is the first.
      const within = await server.as("ray@acme.test", query, { [member]: { x: lists(127) } });
      expect(within.data).toEqual({ viewer: { isSupport: false } });
      const { statements: signIn } = await statementsOf("{ __typename }");
      const { answer, statements } = await statementsOf(query, { [member]: { x: lists(128) } });
      expect(codesOf(answer)).toEqual(["LIMIT_EXCEEDED"]);
      expect(limitOf(answer)).toEqual([{ name: "levels", max: 128, actual: 129 }]);
      expect(answer.data).toBeUndefined();
      expect(statements).toBe(signIn);
    },
  );

  test("AP-10 a filter too deep for itself is told so, one too deep for the stack is a limit", async () => {
    const query =
      'query ($filter: RecordFilter) { records(module: "leads", filter: $filter) { totalCount } }';
    const filter = (levels: number) =>
      JSON.parse(
        `${'{"all":['.repeat(levels)}{"compare":{"field":"name","op":"IS_NULL"}}${"]}".repeat(levels)}`,
      );
    const refused = await server.as("ray@acme.test", query, { variables: { filter: filter(32) } });
    expect(codesOf(refused)).toEqual(["BAD_USER_INPUT"]);
    const deep = await server.as("ray@acme.test", query, { variables: { filter: filter(1_000) } });
    expect(codesOf(deep)).toEqual(["LIMIT_EXCEEDED"]);
  });

  test("AP-10 of several operations the one that runs has to pay", async () => {
    const query = "query A { __typename } query B { users(first: 100) { edges { node { name } } } }";
    expect((await server.as("ray@acme.test", query, { operationName: "A" })).data).toEqual({
      __typename: "Query",
    });
    const dear = await server.as("ray@acme.test", query, { operationName: "B" });
    expect(limitOf(dear)).toEqual([{ name: "cost", max: 200, actual: 301 }]);
  });

  test("AP-10 fragments that double each other are priced at once", async () => {
    const before = process.cpuUsage();
    const answer = await server.as("ray@acme.test", doubling(30));
    expect(limitOf(answer)).toEqual([{ name: "cost", max: 200, actual: 2 ** 29 + 2 }]);
    // Of the processor, which others keep busy.
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  });

  test.each([
    ["itself", "{ viewer { user { ...a } } } fragment a on User { name ...a }"],
    [
      "another one around",
      "{ viewer { user { ...a } } } fragment a on User { reportsTo { ...b } } fragment b on User { reportsTo { ...a } }",
    ],
  ])("AP-10 a fragment that spreads %s is refused", async (_title, query) => {
    const answer = await server.as("ray@acme.test", query);
    expect(answer.status).toBe(400);
    expect(new Set(codesOf(answer))).toEqual(new Set(["BAD_USER_INPUT"]));
    expect(answer.data).toBeUndefined();
  });

  test("AP-04 LIMIT_EXCEEDED comes after UNAUTHENTICATED and before BAD_USER_INPUT", async () => {
    const wrong = `{ nothing ${nested(9).slice(1)}`;
    expect(codesOf(await server.as("ray@acme.test", wrong))).toEqual(["LIMIT_EXCEEDED"]);
    expect(codesOf(await server.send(wrong, { authorization: "Bearer x" }))).toEqual(["UNAUTHENTICATED"]);
  });

  test("AP-10 a refusal asked for as application/json has status 200 (AP-11)", async () => {
    const answer = await server.send(nested(9), { accept: "application/json" });
    expect(answer.status).toBe(200);
    expect(codesOf(answer)).toEqual(["LIMIT_EXCEEDED"]);
  });
});

describeOnBoth("limits as they are set", (open) => {
  let server: Real;
  beforeAll(async () => {
    server = await startReal((await open()).database, { SIGHTLINE_DEV: "1" });
  });
  afterAll(() => server.stop());

  test("AP-10 GraphiQL's introspection query passes in development", async () => {
    const query = getIntrospectionQuery({
      schemaDescription: true,
      inputValueDeprecation: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      oneOf: true,
    });
    const { errors, data } = await server.send(query);
    expect(errors).toBeUndefined();
    expect(JSON.stringify(data)).toContain("What an operation costs is known before it runs");
  });

  test("AP-10 a page of 100 with owner, access, values and shares passes", async () => {
    const { errors, data } = await server.as(
      "ray@acme.test",
      `{ records(module: "leads", first: 100) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node {
        id key name createdAt updatedAt values owner { id name email role { name } } createdBy { name }
        access { read update delete share changeOwner } shares { totalCount } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect((data?.["records"] as { edges: unknown[] } | undefined)?.edges).toHaveLength(100);
  });

  test("AP-10 a full page in every row of a full page is refused", async () => {
    const answer = await server.as(
      "ray@acme.test",
      `{ users(first: 100) { edges { node { role { users(first: 100) { edges { node { name } } } } } } } }`,
    );
    expect(limitOf(answer)).toEqual([{ name: "cost", max: 10_000, actual: 30_401 }]);
  });

  test("AP-10 circular introspection is refused where introspection is open", async () => {
    const circle = `{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }`;
    const answer = await server.send(circle);
    expect(answer.data).toBeUndefined();
    expect(codesOf(answer)?.length).toBeGreaterThan(0);
    const deep = `{ __schema { types { ${"fields { type { ".repeat(8)} name ${"} } ".repeat(8)} } } }`;
    expect(limitOf(await server.send(deep))).toEqual([{ name: "depth", max: 16, actual: 19 }]);
  });
});

describe("AP-10 the longest setting of tokens does not exhaust the stack", () => {
  const settings = settingsOf({ SIGHTLINE_MAX_TOKENS: "3000" });

  test.each([
    ["fields", `${"{a".repeat(1_000)}${"}".repeat(1_000)}`, "LIMIT_EXCEEDED"],
    ["inline fragments", `{${"...{".repeat(990)} who ${"}".repeat(990)}}`, null],
    ["lists", `{ who(a: ${"[".repeat(1_480)}${"]".repeat(1_480)}) }`, "BAD_USER_INPUT"],
    ["list types", `query ($a: ${"[".repeat(1_480)}Int${"]".repeat(1_480)}) { who }`, "BAD_USER_INPUT"],
  ])("AP-10 %s inside each other", async (_title, query, code) => {
    const server = await startServer({ settings });
    const answer = await server.send(query);
    expect(codesOf(answer)?.[0] ?? null).toBe(code);
    await server.stop();
  });
});

test("AP-10 the server of the tests runs with limits", async () => {
  const schema = new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields: { who: WHO } }) });
  const server = await startServer({ schema });
  expect((await server.send("{ who }")).data).toEqual({ who: null });
  expect(codesOf(await server.send(`{ ${"who ".repeat(21)} }`))).toEqual(["LIMIT_EXCEEDED"]);
  await server.stop();
});
