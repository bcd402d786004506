import { afterEach, beforeAll, expect, test } from "vitest";
import type { DatabaseKind } from "../../../src/database/database.ts";
import { fromGlobalId, toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, onlyError, openGateway } from "../gateway.ts";
import {
  actionsOf,
  eventsSince,
  expectDerived,
  lastEvent,
  mail,
  manyLeads,
  newRecord,
  refusal,
  SHARING,
} from "../sharing/sharing-world.ts";
import { ACME, NOW } from "../world.ts";

const REFUSAL = "refusal { code field requirement message }";
const UPDATE = `mutation ($input: MassUpdateRecordsInput!) { massUpdateRecords(input: $input) { items { id isDone ${REFUSAL} record { name } } } }`;
const DELETE = `mutation ($input: MassDeleteRecordsInput!) { massDeleteRecords(input: $input) { items { id isDone ${REFUSAL} record { name } } } }`;
const NOBODY = toGlobalId("Record", "00000000-0000-7000-8000-000000000000");
const RAY = "ray@acme.test";

type Item = {
  readonly id: string;
  readonly isDone: boolean;
  readonly refusal: {
    readonly code: string;
    readonly field: string | null;
    readonly requirement: string | null;
  } | null;
  readonly record: { readonly name: string } | null;
};

/** An item in a word: its new name when it is done, otherwise code, field and requirement. */
function told({ isDone, refusal, record }: Item): string {
  if (isDone) return `done ${record?.name ?? "gone"}`;
  return [refusal?.code, refusal?.field, refusal?.requirement].filter((each) => each != null).join(" ");
}

describeOnBoth("mass changes", (open, kind) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, ACME);
  });
  afterEach(() => expectDerived(gateway.database));

  const newLead = () => newRecord(gateway, "ray", "leads", { status: "new" });
  const newLeads = (count: number) => Promise.all(Array.from({ length: count }, newLead));
  const update = (as: string, items: readonly object[]) => gateway.ask(as, UPDATE, { input: { items } });
  const remove = (as: string, items: readonly string[]) => gateway.ask(as, DELETE, { input: { items } });
  const namesOf = async (ids: readonly string[]) => {
    const wanted = ids.map((id) => fromGlobalId(id)?.id ?? "");
    const rows = await gateway.database.reader.record.findMany({ where: { id: { in: wanted } } });
    return wanted.map((id) => rows.find((row) => row.id === id)?.name ?? null);
  };

  test("AP-07 massUpdateRecords answers by item, in input order, and writes what is admitted", async () => {
    const [a = "", b = "", c = ""] = await newLeads(3);
    const others = await gateway.record("leads", "other-1");
    const since = await lastEvent(gateway);
    const answer = await update(RAY, [
      { id: c, name: "C" },
      { id: others, name: "Not mine" },
      { id: a, name: " " },
      { id: NOBODY, name: "Nothing" },
      { id: b, values: { revenue: "5" } },
      {
        id: await gateway.record("leads", "lead-1"),
        name: "Old",
        expectedUpdatedAt: new Date(0).toISOString(),
      },
      {
        id: await gateway.record("leads", "lead-2"),
        values: { account: await gateway.record("accounts", "acc-1") },
      },
      { id: await gateway.record("leads", "lead-3"), values: { stage: 1 } },
      { id: await gateway.record("deals", "deal-1"), name: "Adjusted" },
      { id: await gateway.record("leads", "lead-4"), name: "D" },
    ]);
    const items: readonly Item[] = answer.data?.["massUpdateRecords"].items;
    expect(items.map(told)).toEqual([
      "done C",
      "NOT_FOUND input.items.1.id",
      "BAD_USER_INPUT input.items.2.name",
      "NOT_FOUND input.items.3.id",
      "BAD_USER_INPUT input.items.4.values.revenue",
      "CONFLICT input.items.5.expectedUpdatedAt AP-06",
      "NOT_FOUND input.items.6.values.account",
      "BAD_USER_INPUT input.items.7.values.stage",
      "FORBIDDEN",
      "done D",
    ]);
    expect(items[0]?.id).toBe(c);
    expect(await namesOf([a, b, c])).toEqual(["A record of ray", "A record of ray", "C"]);
    expect(await eventsSince(gateway, since)).toMatchObject([
      { action: "UPDATE_RECORD", actor: "Ray", targetId: fromGlobalId(c)?.id, after: { name: "C" } },
      { action: "UPDATE_RECORD", actor: "Ray", after: { name: "D" } },
    ]);
  });

  test("AP-07 massDeleteRecords answers by item, in input order, and deletes what is admitted", async () => {
    const [a = "", b = "", c = ""] = await newLeads(3);
    const since = await lastEvent(gateway);
    const answer = await remove(RAY, [c, await gateway.record("leads", "other-1"), a, NOBODY]);
    expect(answer.data?.["massDeleteRecords"].items.map(told)).toEqual([
      "done gone",
      "NOT_FOUND input.items.1",
      "done gone",
      "NOT_FOUND input.items.3",
    ]);
    expect(await namesOf([a, b, c])).toEqual([null, "A record of ray", null]);
    const events = await eventsSince(gateway, since);
    expect(events.map(({ action, targetId }) => [action, targetId])).toEqual(
      [c, a].map((id) => ["DELETE_RECORD", fromGlobalId(id)?.id]),
    );
  });

  const LEAD_1 = "lead-1";
  test.each([
    ["a team user who does not read it", "tia@acme.test", "agent-1", "NOT_FOUND", "NOT_FOUND"],
    ["a profile that only reads", "ann@acme.test", LEAD_1, "FORBIDDEN", "FORBIDDEN"],
    ["a READ_ONLY recipient", "sue@acme.test", LEAD_1, "FORBIDDEN", "FORBIDDEN"],
    ["a stranger", "rex@acme.test", LEAD_1, "NOT_FOUND", "NOT_FOUND"],
    ["CA-01 the agent, whose grant denies RECORD_DELETE", AGENT, "agent-1", null, "FORBIDDEN"],
  ])("AP-04 of %s every item is refused, and nothing happens", async (_, as, key, updated, deleted) => {
    const id = await gateway.record("leads", key);
    const codeOf = (items: readonly Item[]) => items[0]?.refusal?.code ?? null;
    const { name } = await gateway.database.reader.record.findFirstOrThrow({ where: { key } });
    const since = await lastEvent(gateway);
    const removed = await remove(as, [id]);
    expect(codeOf(removed.data?.["massDeleteRecords"].items)).toBe(deleted);
    const renamed = await update(as, [{ id, name }]);
    expect(codeOf(renamed.data?.["massUpdateRecords"].items)).toBe(updated);
    expect(await eventsSince(gateway, since)).toHaveLength(updated === null ? 1 : 0);
  });

  test.each([0, 501])("AP-07 %i items are refused as a whole", async (count) => {
    const ids = Array.from({ length: count }, () => NOBODY);
    const expected = { code: "BAD_USER_INPUT", field: "input.items", requirement: "AP-07" };
    expect(refusal(await remove(RAY, ids))).toEqual(expected);
    expect(
      refusal(
        await update(
          RAY,
          ids.map((id) => ({ id })),
        ),
      ),
    ).toEqual(expected);
  });

  test("AP-07 a record that is named twice, or by no global id, refuses the whole", async () => {
    const [id = ""] = await newLeads(1);
    const since = await lastEvent(gateway);
    expect(refusal(await remove(RAY, [id, id]))).toEqual({ code: "BAD_USER_INPUT", field: "input.items.1" });
    expect(refusal(await update(RAY, [{ id, name: "X" }, { id }]))).toEqual({
      code: "BAD_USER_INPUT",
      field: "input.items.1.id",
    });
    expect(refusal(await remove(RAY, [id, "lead-1"]))).toMatchObject({ field: "input.items.1" });
    expect(await namesOf([id])).toEqual(["A record of ray"]);
    expect(await eventsSince(gateway, since)).toEqual([]);
  });

  test("AP-07 AP-09 500 items are one mutation, of as many statements as 5", async () => {
    const many = (await manyLeads(gateway, 500)).map(({ id }) => toGlobalId("Record", id));
    const cost = async (ids: readonly string[], name: string) => {
      const items = ids.map((id, at) => ({
        id,
        name: `${name} ${at}`,
        values: { revenue: at, status: "won" },
      }));
      const input = { items };
      // Only the ids: what the answer selects is read page by page, as in any list.
      return gateway.statements(
        RAY,
        "mutation ($input: MassUpdateRecordsInput!) { massUpdateRecords(input: $input) { items { isDone } } }",
        { input },
      );
    };
    const few = await cost(many.slice(0, 5), "Few");
    // The events are written in portions, of no more parameters than a statement may have.
    expect(await cost(many, "Many")).toBeLessThanOrEqual(few + 10);
    expect(await namesOf(many)).toEqual(many.map((_, at) => `Many ${at}`));
    const { result, statements } = await gateway.database.statementsOf(() => remove(RAY, many));
    expect(result.data?.["massDeleteRecords"].items.map(told)).toEqual(many.map(() => "done gone"));
    expect(statements.length).toBeLessThan(25);
  });

  test.each(["UPDATE_RECORD", "DELETE_RECORD"])(
    "AP-07 a fault of the database in one of them fails all of them: %s",
    async (action) => {
      const ids = await newLeads(3);
      const since = await lastEvent(gateway);
      const mend = await breakEvents(gateway, kind, action, fromGlobalId(ids[2] ?? "")?.id ?? "");
      try {
        const answer =
          action === "DELETE_RECORD"
            ? await remove(RAY, ids)
            : await update(
                RAY,
                ids.map((id) => ({ id, name: "Changed" })),
              );
        expect(onlyError(answer).extensions["code"]).toBe("INTERNAL");
        expect(onlyError(answer).message).not.toContain("broken");
      } finally {
        await mend();
      }
      expect(await namesOf(ids)).toEqual(ids.map(() => "A record of ray"));
      expect(await eventsSince(gateway, since)).toEqual([]);
    },
  );

  test("AP-06 of two mass changes at once of the same records, every item is won by one", async () => {
    const ids = await newLeads(4);
    const expectedUpdatedAt = new Date(NOW).toISOString();
    const items = (name: string) => ids.map((id) => ({ id, name, expectedUpdatedAt }));
    const answers = await Promise.all([
      update(RAY, items("Ray's")),
      update("hal@acme.test", items("Hal's").toReversed()),
    ]);
    const done = answers.map(
      ({ data }) => data?.["massUpdateRecords"].items.filter((item: Item) => item.isDone).length,
    );
    expect(done.sort()).toEqual([0, 4]);
    expect(new Set(await namesOf(ids)).size).toBe(1);
  });
});

describeOnBoth("mass changes of several modules", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING);
  });
  afterEach(() => expectDerived(gateway.database));

  test("SH-32 matches follow, of every module that has rules", async () => {
    const ids = await Promise.all([1, 2].map(() => newRecord(gateway, "ray", "leads", { status: "new" })));
    const deal = await newRecord(gateway, "ray", "deals");
    const [first = "", second = ""] = ids;
    const items = [
      { id: first, values: { status: "won" } },
      { id: deal, name: "Deal" },
      { id: second, name: "Still new" },
    ];
    await gateway.data(mail("ray"), UPDATE, { input: { items } });
    expect(await actionsOf(gateway, "cleo", first)).toBe("read update");
    expect(await actionsOf(gateway, "cleo", second)).toBe("");
    expect(await actionsOf(gateway, "cleo", deal)).toBe("read update");
  });

  test("TU-12c TU-21 each item goes by its own module", async () => {
    const [lead, ticket] = [await newRecord(gateway, "ray"), await newRecord(gateway, "tom", "tickets")];
    const share = "mutation ($input: ShareRecordInput!) { shareRecord(input: $input) { id } }";
    await gateway.data(mail("ray"), share, {
      input: { id: lead, with: { user: await gateway.user(mail("tom")) }, level: "READ_WRITE" },
    });
    const answer = await gateway.ask(mail("tom"), UPDATE, {
      input: { items: [lead, ticket].map((id) => ({ id, name: "Tom's" })) },
    });
    expect(answer.data?.["massUpdateRecords"].items.map(told)).toEqual(["FORBIDDEN TU-12c", "done Tom's"]);
  });
});

/** Makes the database refuse an event of a record; the answer mends it. */
async function breakEvents(
  { database }: Gateway,
  kind: DatabaseKind,
  action: string,
  recordId: string,
): Promise<() => Promise<void>> {
  const run = (statements: readonly string[]) =>
    database.write(async (tx) => {
      for (const statement of statements) await tx.$executeRawUnsafe(statement);
    });
  const when = `NEW."action" = '${action}' AND NEW."targetId" = '${recordId}'`;
  if (kind === "sqlite") {
    await run([
      `CREATE TRIGGER "broken" BEFORE INSERT ON "AuditEvent" WHEN ${when} BEGIN SELECT RAISE(ABORT, 'broken'); END`,
    ]);
    return () => run([`DROP TRIGGER "broken"`]);
  }
  await run([
    `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`,
    `CREATE TRIGGER broken BEFORE INSERT ON "AuditEvent" FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION broken()`,
  ]);
  return () => run([`DROP TRIGGER broken ON "AuditEvent"`, "DROP FUNCTION broken()"]);
}
