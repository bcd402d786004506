import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { fromGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway, rows, type Shown } from "../gateway.ts";
import { NOW } from "../world.ts";
import { WATCHED, WILL } from "./audit-world.ts";

const [AGENT, ROOT] = ["agent@vendor.test", "root@acme.test"];

const READINGS = `{ auditEvents(filter: { actions: [READ] }) { edges { node {
  isSupport requestId actor { name } target { type } changes { field after } } } } }`;

/** A page of leads with what their lookups show, by keys. */
const LEADS = `query Leads($first: Int) { records(module: "leads", first: $first, orderBy: [{ field: "name", direction: ASC }]) {
  edges { node { id key values } } } }`;

describeOnBoth("what the support agent reads", (open) => {
  let database: Database;
  let gateway: Gateway;
  beforeEach(async () => {
    ({ database } = await open());
    gateway = await openGateway(database, WATCHED, { recordsRequests: true });
  });

  test("SA-09 SA-22 is on record with the operation and the very records that were shown, lookups included", async () => {
    const shown = rows((await gateway.data(AGENT, LEADS, { first: 3 }))["records"]);
    const lookedUp = shown.flatMap(({ values }) => values.account?.id ?? []);
    expect(shown).toHaveLength(3);
    expect(lookedUp.length).toBeGreaterThan(0);
    const [reading, ...others] = await readings();
    expect(others).toEqual([]);
    expect(reading).toMatchObject({
      actorId: (await agent()).id,
      isSupport: true,
      at: new Date(NOW),
      requestId: expect.any(String),
      after: { operation: "Leads", rootFields: ["records"] },
    });
    const ids = [...shown.map(({ id }) => id), ...lookedUp];
    expect(recordsIn(reading).sort()).toEqual([...new Set(ids)].map(localId).sort());
  });

  test("SA-09 a record, a node, a number, people, and a field under another name or in a fragment", async () => {
    const id = await gateway.record("leads", "lead-1");
    for (const [query, rootFields, records] of [
      [`query ($id: ID!) { record(id: $id) { name } }`, ["record"], [id]],
      [`query ($id: ID!) { one: node(id: $id) { ... on Record { name } } __typename }`, ["node"], [id]],
      [
        `query ($id: ID!) { ...F } fragment F on Query { nodes(ids: [$id]) { id ... on Record { key } } }`,
        ["nodes"],
        [id],
      ],
      [
        `{ a: records(module: "leads") { totalCount } b: records(module: "deals") { totalCount } }`,
        null,
        null,
      ],
      [`{ ... on Query { users { totalCount } } }`, ["users"], []],
    ] as const) {
      const before = await readings();
      await gateway.data(AGENT, query, query.includes("$id") ? { id } : {});
      const [reading, ...others] = (await readings()).slice(before.length);
      expect(others, query).toEqual([]);
      if (rootFields === null) {
        // Counting takes a page, whose rows nobody asked for: those are told too.
        expect(reading?.after).toMatchObject({ operation: null, rootFields: ["records"] });
        continue;
      }
      expect(reading?.after, query).toMatchObject({ operation: null, rootFields });
      expect(recordsIn(reading), query).toEqual(records.map(localId));
    }
  });

  test("SA-09 a mutation tells of the records that its answer shows, beside its own event", async () => {
    const { createRecord } = await gateway.data(
      AGENT,
      `mutation Make { createRecord(input: { module: "deals", name: "Made" }) { record { id name } } }`,
    );
    const [reading, ...others] = await readings();
    expect(others).toEqual([]);
    expect(reading?.after).toMatchObject({ operation: "Make", rootFields: ["createRecord"] });
    expect(recordsIn(reading)).toEqual([localId(createRecord.record.id)]);
    const created = { action: "CREATE_RECORD", isSupport: true };
    expect(await database.reader.auditEvent.count({ where: created })).toBe(1);
  });

  test("SA-09 what is refused shows nothing, and is on record as asked", async () => {
    const answer = await gateway.ask(AGENT, `query Never { record(id: "none") { name } }`);
    expect(answer.errors).toBeDefined();
    expect((await readings()).map(({ after }) => after)).toEqual([
      { operation: "Never", rootFields: ["record"], records: [] },
    ]);
  });

  test("SA-09 others leave none, nor does asking for the schema or with a document that is none", async () => {
    await gateway.data(ROOT, LEADS, { first: 3 });
    await gateway.data(AGENT, "{ __schema { queryType { name } } __typename }");
    await gateway.ask(AGENT, "{ nonsense }");
    expect(await readings()).toEqual([]);
  });

  test("SA-09 more than a page's worth of records are told in several events", async () => {
    const pages = `{ a: records(module: "leads", first: 100) { edges { node { id } } }
      b: records(module: "leads", last: 20) { edges { node { id } } } }`;
    const { a, b } = await gateway.data(AGENT, pages);
    const ids = [...rows(a), ...rows(b)].map(({ id }) => localId(id));
    const told = await readings();
    expect(told.map((each) => recordsIn(each).length)).toEqual([100, 20]);
    expect(told.flatMap(recordsIn).sort()).toEqual([...new Set(ids)].sort());
  });

  test("SA-22 whoever reads the log is told of those records alone that they may read now", async () => {
    const id = await gateway.record("leads", "lead-1");
    await gateway.data(AGENT, `query One($id: ID!) { record(id: $id) { name } }`, { id });
    expect(await shownTo(ROOT)).toEqual({ operation: "One", rootFields: ["record"], records: [id] });
    expect(await shownTo(WILL)).toEqual({ operation: "One", rootFields: ["record"] });
    await gateway.data(ROOT, `mutation ($id: ID!) { deleteRecord(input: { id: $id }) { id } }`, { id });
    expect(await shownTo(ROOT)).toEqual({ operation: "One", rootFields: ["record"] });
  });

  async function readings() {
    return database.reader.auditEvent.findMany({ where: { action: "READ" }, orderBy: { sequence: "asc" } });
  }

  function agent() {
    return database.reader.user.findFirstOrThrow({ where: { license: "SUPPORT" } });
  }

  /** What the newest reading changed, as somebody sees it: nothing in place of an empty list. */
  async function shownTo(who: string): Promise<object> {
    const [event] = rows((await gateway.data(who, READINGS))["auditEvents"]);
    const changes = event?.["changes"] as readonly Shown[];
    const told = changes.map(({ field, after }) => [field, after] as const);
    return Object.fromEntries(told.filter(([, after]) => !(Array.isArray(after) && after.length === 0)));
  }
});

function recordsIn(event: { readonly after: unknown } | undefined): string[] {
  return [...(Object(event?.after)["records"] as readonly string[])];
}

function localId(id: string): string {
  return fromGlobalId(id)?.id ?? "";
}
