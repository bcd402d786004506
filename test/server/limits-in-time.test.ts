import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { afterEach, describe, expect, test, vi } from "vitest";
import { addressOf } from "../../src/server/limits/rate.ts";
import { describeOnBoth } from "../database.ts";
import { type Answer, settingsOf, startServer } from "./acme.ts";
import { startReal, tokenOf } from "./real.ts";

const limitOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions["limit"]);
const codesOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions["code"]);

describe("AP-10 an operation's time", () => {
  let resolved: string[] = [];
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const Step: GraphQLObjectType = new GraphQLObjectType({
    name: "Step",
    fields: () => ({
      name: { type: GraphQLString, resolve: () => "step" },
      next: {
        type: Step,
        args: { ms: { type: GraphQLInt, defaultValue: 0 } },
        resolve: async (_, { ms }: { ms: number }) => {
          resolved.push(`${ms}`);
          await wait(ms);
          return {};
        },
      },
      never: { type: GraphQLString, resolve: () => new Promise(() => undefined) },
    }),
  });
  const schema = new GraphQLSchema({ query: Step });
  const start = (ms: string) => startServer({ schema, settings: settingsOf({ SIGHTLINE_OPERATION_MS: ms }) });

  test.each([
    ["one field that never comes", "{ name never }", 1],
    ["many that come one after the other", `{ ${"next(ms: 90) { ".repeat(6)} name ${"} ".repeat(6)} }`, 4],
  ])("AP-10 %s: the answer is the refusal, and the work stops", async (_title, query, most) => {
    const server = await start("200");
    resolved = [];
    const answer = await server.send(query);
    expect(codesOf(answer)).toEqual(["LIMIT_EXCEEDED"]);
    expect(limitOf(answer)).toEqual([{ name: "milliseconds", max: 200, actual: expect.any(Number) }]);
    expect(answer.data ?? null).toBeNull();
    expect(answer.status).toBe(503);
    await wait(500);
    expect(resolved.length).toBeLessThanOrEqual(most);
    expect(server.lines.filter(({ level }) => level === "error")).toEqual([]);
    await server.stop();
  });

  test("AP-10 within its time an operation is answered whole", async () => {
    const server = await start("600000");
    const answer = await server.send("{ next(ms: 20) { next(ms: 20) { name } } }");
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ next: { next: { name: "step" } } });
    await server.stop();
  });
});

describeOnBoth("rates", (open) => {
  afterEach(() => void vi.useRealTimers());

  test("AP-10 a user is held to a rate for each operation and in total, until the window is over", async () => {
    const { database } = await open();
    const server = await startReal(database, {
      SIGHTLINE_RATE_WINDOW: "3600",
      SIGHTLINE_RATE_PER_OPERATION: "2",
      SIGHTLINE_RATE_PER_USER: "5",
      SIGHTLINE_RATE_PER_ADDRESS: "2",
    });
    const ask = (user: string, name: string) =>
      server.as(user, `query ${name} { viewer { isSupport } }`, { operationName: name });
    expect(codesOf(await ask("ray@acme.test", "A"))).toBeUndefined();
    expect(codesOf(await ask("ray@acme.test", "A"))).toBeUndefined();
    const third = await ask("ray@acme.test", "A");
    expect(codesOf(third)).toEqual(["LIMIT_EXCEEDED"]);
    expect(limitOf(third)).toEqual([{ name: "requestsOfOperation", max: 2, actual: 3 }]);
    expect(third.status).toBe(429);
    expect(Number(third.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(third.data).toBeUndefined();

    // Another operation, named or not, and another user have their own.
    expect(codesOf(await ask("ray@acme.test", "B"))).toBeUndefined();
    expect(codesOf(await server.as("ray@acme.test", "{ __typename }"))).toBeUndefined();
    expect(codesOf(await ask("sue@acme.test", "A"))).toBeUndefined();
    // Whoever makes up names meets the total.
    expect(limitOf(await ask("ray@acme.test", "C"))).toEqual([{ name: "requestsOfUser", max: 5, actual: 6 }]);
    // Without a sign-in the address counts, whatever it says that it forwards.
    const anonymous = (from: string) => server.send("{ viewer { isSupport } }", { "x-forwarded-for": from });
    expect(codesOf(await anonymous("10.0.0.1"))).toBeUndefined();
    expect(codesOf(await anonymous("10.0.0.2"))).toBeUndefined();
    expect(limitOf(await anonymous("10.0.0.3"))).toEqual([{ name: "requestsOfAddress", max: 2, actual: 3 }]);

    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_001 });
    expect(codesOf(await ask("ray@acme.test", "A"))).toBeUndefined();
    expect(codesOf(await anonymous("10.0.0.1"))).toBeUndefined();
    await server.stop();
  });

  test("AP-10 AP-18 refused tokens count with those of the address who bring none, and hold up nobody who signs in", async () => {
    const { database } = await open();
    const server = await startReal(database, {
      SIGHTLINE_RATE_WINDOW: "3600",
      SIGHTLINE_RATE_PER_ADDRESS: "3",
    });
    const refused = (token: string) => server.send("{ __typename }", { authorization: `Bearer ${token}` });
    expect(codesOf(await refused("a.b.c"))).toEqual(["UNAUTHENTICATED"]);
    expect(codesOf(await server.send("{ __typename }"))).toBeUndefined();
    expect(codesOf(await server.send("{ __typename }", { authorization: "Basic x" }))).toEqual([
      "UNAUTHENTICATED",
    ]);
    const fourth = await refused(await tokenOf("nobody@acme.test"));
    expect(codesOf(fourth)).toEqual(["LIMIT_EXCEEDED"]);
    expect(limitOf(fourth)).toEqual([{ name: "requestsOfAddress", max: 3, actual: 4 }]);
    expect(fourth.status).toBe(429);
    expect(codesOf(await server.as("ray@acme.test", "{ __typename }"))).toBeUndefined();
    await server.stop();
  });

  test("AP-10 a refused rate asks the database nothing but the sign-in", async () => {
    const { database } = await open();
    const server = await startReal(database, { SIGHTLINE_RATE_PER_OPERATION: "2" });
    const ask = () => server.as("ray@acme.test", `{ records(module: "leads") { totalCount } }`);
    await ask();
    const answered = await database.statementsOf(ask);
    const refused = await database.statementsOf(ask);
    const signIn = await database.statementsOf(() => server.as("ray@acme.test", "{ __typename }"));
    expect(codesOf(refused.result)).toEqual(["LIMIT_EXCEEDED"]);
    expect(refused.statements.length).toBe(signIn.statements.length);
    expect(answered.statements.length).toBeGreaterThan(signIn.statements.length);
    await server.stop();
  });
});

test.each([
  ["8.8.8.8", 0, "1.1.1.1"],
  ["8.8.8.8", 1, "8.8.8.8"],
  ["6.6.6.6, 8.8.8.8", 1, "8.8.8.8"],
  ["6.6.6.6, 8.8.8.8, 10.0.0.1", 2, "8.8.8.8"],
  ["8.8.8.8", 2, "1.1.1.1"],
  ["", 1, "1.1.1.1"],
])("AP-10 X-Forwarded-For %j through %i proxies is %s", (forwarded, proxies, expected) => {
  expect(addressOf(new Headers({ "x-forwarded-for": forwarded }), "1.1.1.1", proxies)).toBe(expected);
});
