import { describe, expect, expectTypeOf, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import { RequestFailed } from "../../src/client/failure.ts";
import {
  CreateRecordDocument,
  DeleteRecordDocument,
  ExplainAccessDocument,
  RecordDocument,
  type RecordFilter,
  RecordsDocument,
  UpdateRecordDocument,
  ViewerDocument,
} from "../../src/client/generated/graphql.ts";
import { recordPages } from "../../src/client/pages.ts";
import { LEADS } from "../graphql/world.ts";
import { runningServer } from "./running.ts";

/** What a request fails with. */
async function failureOf(request: Promise<unknown>): Promise<RequestFailed> {
  const failed = await request.catch((error: unknown) => error);
  if (!(failed instanceof RequestFailed)) throw new Error(`expected RequestFailed: ${String(failed)}`);
  return failed;
}

describe("AP-32 the typed client, against a running server,", () => {
  const server = runningServer("sqlite");
  const clientOf = async (email: string) =>
    createClient({ url: server.url(), token: await server.tokenOf(email) });

  test("answers with the types of the operation", async () => {
    const client = await clientOf("ray@acme.test");
    const { viewer } = await client.request(ViewerDocument);
    expect(viewer).toMatchObject({ isSupport: false, user: { name: "Ray", email: "ray@acme.test" } });
    expectTypeOf(viewer?.user.email).toEqualTypeOf<string | null | undefined>();

    const key = { module: "leads", key: "lead-1" };
    const { record } = await client.request(RecordDocument, { key });
    expect(record).toMatchObject({ name: "One", owner: { name: "Ray" }, access: { update: true } });
    const explained = await client.request(ExplainAccessDocument, { record: record!.id, action: "DELETE" });
    expect(explained.explainAccess?.paths.map(({ kind }) => kind)).toContain("OWNERSHIP");
  });

  test("gives every record of a list once, page by page, and only what the viewer reads", async () => {
    const lengths: number[] = [];
    const keys: string[] = [];
    for await (const page of recordPages(await clientOf("ray@acme.test"), { module: "leads", first: 50 })) {
      lengths.push(page.length);
      keys.push(...page.map(({ key }) => key));
    }
    expect(lengths).toEqual([50, 50, LEADS - 100]);
    expect(new Set(keys).size).toBe(LEADS);
    expect(keys).not.toContain("other-1");
  });

  test("AP-05 changes once what it sends twice under one key, and says why it is refused", async () => {
    const client = await clientOf("ray@acme.test");
    const input = { module: "leads", name: "From a program", values: { status: "new" } };
    const key = { idempotencyKey: crypto.randomUUID() };
    const first = await client.request(CreateRecordDocument, { input }, key);
    expect(await client.request(CreateRecordDocument, { input }, key)).toEqual(first);
    const id = first.createRecord?.id ?? "";
    expect(first.createRecord?.record).toMatchObject({ name: "From a program", access: { delete: true } });

    const other = await clientOf("rex@acme.test");
    const refused = await failureOf(other.request(UpdateRecordDocument, { input: { id, name: "Mine" } }));
    expect(refused).toMatchObject({ code: "NOT_FOUND", field: "input.id" });
    expect(await client.request(DeleteRecordDocument, { input: { id } })).toEqual({ deleteRecord: { id } });
  });

  test("asks for a page when it is wanted, not before", async () => {
    let requests = 0;
    const token = await server.tokenOf("ray@acme.test");
    const counting: typeof fetch = (...args) => {
      requests += 1;
      return fetch(...args);
    };
    const client = createClient({ url: server.url(), token, fetch: counting });
    for await (const page of recordPages(client, { module: "leads", first: 10 })) {
      expect(page.length).toBe(10);
      break;
    }
    expect(requests).toBe(1);
  });

  test("AP-03 gives null, not a failure, for what is out of reach", async () => {
    const client = await clientOf("ray@acme.test");
    expect(await client.request(RecordDocument, { key: { module: "leads", key: "other-1" } })).toEqual({
      record: null,
    });
  });

  const near: RecordFilter = { compare: { field: "nearby", op: "EQ", value: 1 } };
  test.each([
    ["without a token", null, { module: "leads" }, { code: "UNAUTHENTICATED", field: null }],
    ["with a token that is none", "x.y.z", { module: "leads" }, { code: "UNAUTHENTICATED", field: null }],
    ["for an unknown module", "ray", { module: "leeds" }, { code: "BAD_USER_INPUT", field: "module" }],
    [
      "for more than a page",
      "ray",
      { module: "leads", first: 101 },
      { code: "BAD_USER_INPUT", field: "first" },
    ],
    [
      "for an unknown field",
      "ray",
      { module: "leads", filter: near },
      { code: "BAD_USER_INPUT", field: "filter.compare.field" },
    ],
  ])("AP-04 fails %s, saying why: %s %j %j", async (_, who, variables, expected) => {
    const token = who === "ray" ? await server.tokenOf("ray@acme.test") : who;
    const client = createClient({ url: server.url(), ...(token === null ? {} : { token }) });
    const failed = await failureOf(client.request(RecordsDocument, variables));
    expect({ code: failed.code, field: failed.field }).toEqual(expected);
    expect(failed.message).not.toBe("");
  });

  test.each([
    ["/nowhere", 404],
    ["/health/live", 200],
  ])("%s, which is not GraphQL, is a failure with its status", async (path, status) => {
    const client = createClient({ url: new URL(path, server.url()).href });
    expect(await failureOf(client.request(ViewerDocument))).toMatchObject({ code: null, status });
  });

  test("does not take what the operation does not", () => {
    const misused = async () => {
      const client = await clientOf("ray@acme.test");
      // @ts-expect-error no variables
      await client.request(RecordsDocument);
      // @ts-expect-error a variable of another type
      await client.request(RecordsDocument, { module: 1 });
      // @ts-expect-error an action that there is not
      await client.request(ExplainAccessDocument, { record: "x", action: "LOOK" });
      // @ts-expect-error a variable where there is none
      await client.request(ViewerDocument, { module: "leads" });
      // @ts-expect-error two members where exactly one is allowed (AP-02)
      const filter: RecordFilter = { all: [near], any: [near] };
      const { viewer } = await client.request(ViewerDocument);
      // @ts-expect-error a viewer that may be null
      return [filter, viewer.user];
    };
    expectTypeOf(misused).returns.resolves.toBeArray();
  });
});

// What no server of ours says, from a server that says just that.
describe("AP-04 the failures of an answer", () => {
  const answering = (body: unknown) =>
    createClient({ url: "http://127.0.0.1/", fetch: async () => Response.json(body) });

  test("carry code, field, requirement and path, and what came back all the same", async () => {
    const errors = [
      {
        message: "No.",
        path: ["viewer", "user"],
        extensions: { code: "FORBIDDEN", field: "input.role", requirement: "TU-12a" },
      },
      { message: "Nor this.", extensions: { code: "OF_TOMORROW" } },
    ];
    const failed = await failureOf(answering({ data: { viewer: null }, errors }).request(ViewerDocument));
    expect(failed).toMatchObject({
      code: "FORBIDDEN",
      field: "input.role",
      requirement: "TU-12a",
      data: { viewer: null },
      message: "No.\nNor this.",
    });
    expect(failed.failures[0]?.path).toEqual(["viewer", "user"]);
    expect(failed.failures[1]).toMatchObject({ code: null, field: null, requirement: null, path: [] });
  });

  test.each([[null], ["text"], [{}], [{ data: null }], [{ errors: [] }], [[]]])(
    "%j is no answer",
    async (body) => {
      const failed = await failureOf(answering(body).request(ViewerDocument));
      expect(failed).toMatchObject({ code: null, status: 200 });
    },
  );
});
