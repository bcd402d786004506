import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { describeOnBoth } from "../database.ts";
import { type Answer, type Gateway, openGateway } from "../graphql/gateway.ts";
import { NOW } from "../graphql/world.ts";

const CREATE = `mutation ($name: String!) {
  createRecord(input: { module: "leads", name: $name, values: { status: "new" } }) { id record { name } } }`;
const DELETE = `mutation ($id: ID!) { deleteRecord(input: { id: $id }) { id } }`;
const RAY = "ray@acme.test";

describeOnBoth("requests that name themselves", (open) => {
  let gateway: Gateway;
  let database: Database;
  let now = NOW;

  beforeEach(async () => {
    now = NOW;
    ({ database } = await open());
    gateway = await openGateway(database, undefined, { clock: { now: () => now } });
  });

  async function named(key: string, user: string, query: string, variables: object = {}): Promise<Answer> {
    const request = new Request("http://localhost/graphql", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${await gateway.token(user)}`,
        "idempotency-key": key,
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await (await gateway.fetch(request)).json()) as Answer;
  }

  const recordsNamed = (name: string) => database.reader.record.count({ where: { name } });
  const codeOf = (answer: Answer) => answer.errors?.[0]?.extensions["code"];

  test("AP-05 a repetition is not carried out again and gets the same ids", async () => {
    const first = await named("k1", RAY, CREATE, { name: "Once" });
    const events = await database.reader.auditEvent.count();
    const again = await named("k1", RAY, CREATE, { name: "Once" });
    expect(again).toEqual(first);
    expect(again.data?.["createRecord"].record).toEqual({ name: "Once" });
    expect(await recordsNamed("Once")).toBe(1);
    expect(await database.reader.auditEvent.count()).toBe(events);
  });

  test("AP-05 the same variables in another order are the same request", async () => {
    const query = `mutation ($name: String!, $module: String!) { createRecord(input: { module: $module, name: $name, values: { status: "new" } }) { id } }`;
    const first = await named("k2", RAY, query, { name: "Order", module: "leads" });
    expect(await named("k2", RAY, query, { module: "leads", name: "Order" })).toEqual(first);
  });

  test("AP-05 ids are resolved under the reach of today", async () => {
    const first = await named("k3", RAY, CREATE, { name: "Gone later" });
    const id: string = first.data?.["createRecord"].id;
    await gateway.data(RAY, DELETE, { id });
    const again = await named("k3", RAY, CREATE, { name: "Gone later" });
    expect(again.data?.["createRecord"]).toEqual({ id, record: null });
  });

  test.each([
    ["other variables", CREATE, { name: "Second" }],
    ["another document", `${CREATE} # not the same`, { name: "First" }],
  ])("AP-05 a key used for a request with %s is CONFLICT", async (_, query, variables) => {
    await named("k4", RAY, CREATE, { name: "First" });
    const answer = await named("k4", RAY, query, variables);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: "CONFLICT", field: "Idempotency-Key" });
    expect(await recordsNamed("First")).toBe(1);
    expect(await recordsNamed("Second")).toBe(0);
  });

  test("AP-05 a refusal is kept too, whatever would be answered today", async () => {
    const id = await gateway.record("leads", "lead-1");
    const first = await named("k5", "rex@acme.test", DELETE, { id });
    expect(codeOf(first)).toBe("NOT_FOUND");
    await gateway.data(RAY, `mutation ($id: ID!) { updateRecord(input: { id: $id, name: "X" }) { id } }`, {
      id,
    });
    expect(await named("k5", "rex@acme.test", DELETE, { id })).toEqual(first);
  });

  test("AP-05 UA-60 what a refusal told besides is told again, but for what a record held", async () => {
    const user = await gateway.user("hal@acme.test");
    const remove = `mutation ($id: ID!) { deleteUser(input: { id: $id }) { id } }`;
    const first = await named("k6", "root@acme.test", remove, { id: user });
    expect(first.errors?.[0]?.extensions).toMatchObject({ code: "CONFIRMATION_REQUIRED" });
    expect(Object.keys(first.errors?.[0]?.extensions ?? {}).length).toBeGreaterThan(2);
    expect(await named("k6", "root@acme.test", remove, { id: user })).toEqual(first);
  });

  test("AP-05 the same key of another user is another key", async () => {
    const mine = await named("k6", RAY, CREATE, { name: "Two of us" });
    const theirs = await named("k6", "rex@acme.test", CREATE, { name: "Two of us" });
    expect(theirs.data?.["createRecord"].id).not.toBe(mine.data?.["createRecord"].id);
  });

  test.each([
    [
      "two mutation fields",
      `mutation { a: deleteRecord(input: { id: "x" }) { id } b: deleteRecord(input: { id: "y" }) { id } }`,
    ],
    [
      "two in a fragment",
      `mutation { ...Two } fragment Two on Mutation { a: deleteRecord(input: { id: "x" }) { id } b: deleteRecord(input: { id: "y" }) { id } }`,
    ],
    ["a query", `{ viewer { isSupport } }`],
  ])("AP-05 %s with a key is BAD_USER_INPUT", async (_, query) => {
    const answer = await named("k7", RAY, query);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "Idempotency-Key",
      requirement: "AP-05",
    });
  });

  test.each([
    ["a space", "a b"],
    ["256 characters", "k".repeat(256)],
  ])("AP-05 a key with %s is BAD_USER_INPUT", async (_, key) => {
    expect(codeOf(await named(key, RAY, CREATE, { name: "Bad key" }))).toBe("BAD_USER_INPUT");
    expect(await recordsNamed("Bad key")).toBe(0);
  });

  test("AP-05 a key is free again after a day", async () => {
    await named("k8", RAY, CREATE, { name: "Daily" });
    now += 24 * 60 * 60 * 1000;
    await named("k8", RAY, CREATE, { name: "Daily" });
    expect(await recordsNamed("Daily")).toBe(1);
    now += 1;
    await named("k8", RAY, CREATE, { name: "Daily" });
    expect(await recordsNamed("Daily")).toBe(2);
  });

  test("AP-05 EN-32 keys of yesterday go a few with each request, however many there are", async () => {
    await named("k12", RAY, CREATE, { name: "Yesterday" });
    const row = await database.reader.idempotencyKey.findFirstOrThrow({ where: { key: "k12" } });
    const keys = Array.from({ length: 50 }, (_, at) => ({ ...row, outcome: {}, key: `old-${at}` }));
    await database.write((tx) => tx.idempotencyKey.createMany({ data: keys }));
    now += 25 * 60 * 60 * 1000;
    const left: number[] = [];
    for (let at = 0; at < 4; at += 1) {
      await named(`k13-${at}`, RAY, CREATE, { name: "Today" });
      left.push(await database.reader.idempotencyKey.count({ where: { claimedAt: { lt: new Date(now) } } }));
    }
    expect(left).toEqual([31, 11, 0, 0]);
  });

  test("AP-05 of many at the same moment one is carried out; the others get its answer or CONFLICT", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => named("k9", RAY, CREATE, { name: "At once" })),
    );
    expect(await recordsNamed("At once")).toBe(1);
    const ids = answers.flatMap((answer) => answer.data?.["createRecord"]?.id ?? []);
    expect(new Set(ids).size).toBe(1);
    for (const answer of answers) {
      if (answer.errors !== undefined) expect(codeOf(answer)).toBe("CONFLICT");
    }
  });

  test.each([
    ["is still running", 60_000, 0, "CONFLICT"],
    ["must have died", 10 * 60_000, 1, undefined],
  ])("AP-05 a request whose first attempt %s", async (_, agoMs, made, code) => {
    await named("k10", RAY, CREATE, { name: "Died" });
    // As if the process had gone before the transaction was over.
    await database.write(async (tx) => {
      await tx.record.deleteMany({ where: { name: "Died" } });
      const claimedAt = new Date(now - agoMs);
      const { hash } = await tx.idempotencyKey.findFirstOrThrow({ where: { key: "k10" } });
      await tx.idempotencyKey.deleteMany({ where: { key: "k10" } });
      const ray = await tx.user.findFirstOrThrow({ where: { email: RAY } });
      await tx.idempotencyKey.create({
        data: { orgId: ray.orgId, userId: ray.id, key: "k10", hash, claim: "gone", claimedAt },
      });
    });
    expect(codeOf(await named("k10", RAY, CREATE, { name: "Died" }))).toBe(code);
    expect(await recordsNamed("Died")).toBe(made);
  });

  test("AP-05 INTERNAL is not kept: the same request may succeed later", async () => {
    await breakRecords(database);
    expect(codeOf(await named("k11", RAY, CREATE, { name: "Unlucky" }))).toBe("INTERNAL");
    await mendRecords(database);
    const answer = await named("k11", RAY, CREATE, { name: "Unlucky" });
    expect(answer.data?.["createRecord"].record).toEqual({ name: "Unlucky" });
    expect(await recordsNamed("Unlucky")).toBe(1);
  });

  test("AP-05 AP-10 what was stopped for its time changes nothing, and is not kept", async () => {
    const { promise: isOver, resolve: release } = Promise.withResolvers<void>();
    // Somebody else writes policy for longer than the operation may take.
    const other = database.write(async (tx) => {
      const { id } = await tx.organization.findFirstOrThrow();
      await database.lockVersion(tx, id, "UPDATE");
      await isOver;
    });
    const query = `mutation ($name: String!) { createRecord(input: { module: "leads", name: $name, values: { status: "new" } }) { id } }`;
    const hurried = await openGateway(database, null, { settings: { SIGHTLINE_OPERATION_MS: "1000" } });
    const stopped = await hurried.ask(RAY, query, { name: "Too late" });
    expect(codeOf(stopped)).toBe("LIMIT_EXCEEDED");
    release();
    await other;
    // Its turn comes now, and ends without a change.
    await database.write(async () => undefined);
    await expect.poll(() => recordsNamed("Too late")).toBe(0);
    expect(codeOf(await named("k12", RAY, query, { name: "Too late" }))).toBeUndefined();
    expect(await recordsNamed("Too late")).toBe(1);
  });
});

async function breakRecords(database: Database): Promise<void> {
  await database.write(async (tx) => {
    if (database.kind === "sqlite") {
      await tx.$executeRawUnsafe(
        `CREATE TRIGGER broken BEFORE INSERT ON "Record" BEGIN SELECT RAISE(ABORT, 'broken'); END`,
      );
      return;
    }
    await tx.$executeRawUnsafe(
      `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''broken''; END'`,
    );
    await tx.$executeRawUnsafe(
      `CREATE TRIGGER broken BEFORE INSERT ON "Record" FOR EACH ROW EXECUTE FUNCTION broken()`,
    );
  });
}

async function mendRecords(database: Database): Promise<void> {
  const statement = database.kind === "sqlite" ? "DROP TRIGGER broken" : `DROP TRIGGER broken ON "Record"`;
  await database.write(async (tx) => void (await tx.$executeRawUnsafe(statement)));
}
