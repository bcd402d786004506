import { afterEach, beforeAll, expect, test } from "vitest";
import { fromGlobalId, toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { type Answer, type Gateway, onlyError, openGateway } from "../gateway.ts";
import { eventsSince, expectDerived, lastEvent, newRecord, refusal } from "../sharing/sharing-world.ts";
import { ACME, NOW } from "../world.ts";

const UPDATE = `mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { id record { id name updatedAt values } } }`;
const NOTHING = "00000000-0000-7000-8000-000000000000";
const RAY = "ray@acme.test";
const iso = (at: number) => new Date(at).toISOString();

describeOnBoth("updateRecord", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, ACME);
  });
  afterEach(() => expectDerived(gateway.database));

  /** A lead of Ray's. */
  const newLead = async (values: object = { status: "new" }) => newRecord(gateway, "ray", "leads", values);
  const update = (as: string, input: object) => gateway.ask(as, UPDATE, { input });
  const changed = (answer: Answer) => {
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
    return answer.data?.["updateRecord"].record;
  };

  test("replaces the values that are named, takes away null ones, and leaves the rest", async () => {
    const id = await newLead({ status: "new", revenue: 5, tags: ["hot"] });
    const record = changed(await update(RAY, { id, values: { revenue: 6, tags: null } }));
    expect(record.values).toEqual({
      status: "new",
      revenue: 6,
      account: null,
      contact: null,
      tags: null,
      signedAt: null,
    });
    expect(changed(await update(RAY, { id, name: " Other " }))).toMatchObject({
      name: "Other",
      values: { status: "new", revenue: 6, tags: null },
    });
  });

  test("AP-06 every change is later than the last, though the clock stands still", async () => {
    const id = await newLead();
    const times = [];
    for (let n = 0; n < 3; n += 1) times.push(changed(await update(RAY, { id, name: `N${n}` })).updatedAt);
    expect(times).toEqual([iso(NOW + 1), iso(NOW + 2), iso(NOW + 3)]);
  });

  test("AP-06 who saw the present state writes; who saw an older one gets CONFLICT with the record", async () => {
    const id = await newLead({ status: "new", revenue: 1 });
    const seen = iso(NOW);
    const first = await update(RAY, { id, values: { revenue: 2 }, expectedUpdatedAt: seen });
    expect(changed(first).updatedAt).toBe(iso(NOW + 1));
    const since = await lastEvent(gateway);
    const second = await update("hal@acme.test", { id, values: { revenue: 3 }, expectedUpdatedAt: seen });
    expect(refusal(second)).toEqual({
      code: "CONFLICT",
      field: "input.expectedUpdatedAt",
      requirement: "AP-06",
      record: {
        id,
        name: "A record of ray",
        updatedAt: iso(NOW + 1),
        values: { status: "new", revenue: 2, account: null, contact: null, tags: null, signedAt: null },
      },
    });
    expect(await eventsSince(gateway, since)).toEqual([]);
    const again = { id, values: { revenue: 3 }, expectedUpdatedAt: iso(NOW + 1) };
    expect(changed(await update("hal@acme.test", again)).values.revenue).toBe(3);
  });

  test("SH-53 the record of a CONFLICT hides what its reader does not reach", async () => {
    const id = await gateway.record("leads", "lead-1");
    const { record } = onlyError(await update(RAY, { id, name: "X", expectedUpdatedAt: iso(0) }))
      .extensions as {
      record: { values: object };
    };
    expect(record.values).toMatchObject({ account: { hidden: true }, contact: { name: "Sue" } });
  });

  test.each([2, 8])("AP-06 of %i writers at once who saw the same, one wins", async (writers) => {
    const id = await newLead({ status: "new", revenue: 0 });
    const since = await lastEvent(gateway);
    const answers = await Promise.all(
      Array.from({ length: writers }, (_, at) =>
        update(at % 2 === 0 ? RAY : "hal@acme.test", {
          id,
          values: { revenue: at + 1 },
          expectedUpdatedAt: iso(NOW),
        }),
      ),
    );
    const won = answers.filter(({ errors }) => errors === undefined);
    expect(won).toHaveLength(1);
    const { revenue } = won[0]?.data?.["updateRecord"].record.values ?? {};
    for (const answer of answers.filter(({ errors }) => errors !== undefined))
      expect(refusal(answer)).toMatchObject({
        code: "CONFLICT",
        record: { updatedAt: iso(NOW + 1), values: { revenue } },
      });
    expect(await eventsSince(gateway, since)).toMatchObject([{ after: { values: { revenue } } }]);
  });

  test("AP-06 writers at once who expect nothing all write, one after the other, and lose no value", async () => {
    const id = await newLead({ status: "new" });
    const said = [{ revenue: 7 }, { tags: ["hot"] }, { signedAt: "2026-11-01T00:00:00Z" }, { status: "won" }];
    const answers = await Promise.all(said.map((values) => update(RAY, { id, values })));
    expect(answers.map(({ errors }) => errors)).toEqual(said.map(() => undefined));
    const row = await gateway.database.reader.record.findFirstOrThrow({
      where: { id: fromGlobalId(id)?.id ?? "" },
    });
    expect(row.values).toEqual({
      status: "won",
      revenue: 7,
      tags: ["hot"],
      signedAt: "2026-11-01T00:00:00.000Z",
    });
    expect(row.updatedAt.getTime()).toBe(NOW + said.length);
  });

  test("SH-53 a lookup that is hidden from the writer stays when it is not written", async () => {
    const id = await gateway.record("leads", "lead-1");
    expect(changed(await update(RAY, { id, values: { revenue: 9 } })).values.account).toEqual({
      hidden: true,
    });
    const own = await gateway.data("root@acme.test", "query ($id: ID!) { record(id: $id) { values } }", {
      id,
    });
    expect(own["record"].values.account).toMatchObject({ name: "Hidden from reps" });
  });

  test("a user who may not be looked up any more stays when the record is changed", async () => {
    const id = await newLead({ status: "new", contact: await gateway.user("sue@acme.test") });
    const contact = await gateway.user("sue@acme.test");
    expect(changed(await update(RAY, { id, values: { contact, revenue: 1 } })).values.contact).toMatchObject({
      name: "Sue",
    });
  });

  const input = (field: string) => ({ code: "BAD_USER_INPUT", field: `input.${field}` });
  const absent = (field: string) => ({ code: "NOT_FOUND", field: `input.${field}` });
  const LEAD_1 = "lead-1";
  test.each<[title: string, as: string, said: object, expected: object]>([
    ["a blank name", RAY, { name: " " }, input("name")],
    ["a name that is null", RAY, { name: null }, input("name")],
    ["values that are a list", RAY, { values: [] }, input("values")],
    ["an unknown field", RAY, { values: { stage: 1 } }, input("values.stage")],
    ["a required value that is null", RAY, { values: { status: null } }, input("values.status")],
    ["a wrong value", RAY, { values: { revenue: "5" } }, input("values.revenue")],
    [
      "a lookup that is no id",
      RAY,
      { values: { account: "acc-2" } },
      { ...input("values.account"), requirement: "AP-01" },
    ],
    ["no global id", RAY, { id: "lead-1" }, { ...input("id"), requirement: "AP-01" }],
    ["no record", RAY, { id: toGlobalId("Record", NOTHING) }, absent("id")],
    ["the id of a user", RAY, { id: toGlobalId("User", NOTHING) }, absent("id")],
    ["a record out of reach", "rex@acme.test", { name: "X" }, absent("id")],
    [
      "SH-53 a lookup to no record",
      RAY,
      { values: { account: toGlobalId("Record", NOTHING) } },
      absent("values.account"),
    ],
    ["a profile that only reads", "ann@acme.test", { name: "X" }, { code: "FORBIDDEN" }],
    ["a READ_ONLY recipient", "sue@acme.test", { name: "X" }, { code: "FORBIDDEN" }],
    ["AP-04 a blank name, of a record out of reach", "rex@acme.test", { name: " " }, input("name")],
    [
      "AP-04 an unknown field, of a record out of reach",
      "rex@acme.test",
      { values: { stage: 1 } },
      absent("id"),
    ],
    [
      "AP-04 a wrong value, and no right",
      "sue@acme.test",
      { values: { revenue: "5" } },
      input("values.revenue"),
    ],
    [
      "AP-04 no such lookup, and no right",
      "sue@acme.test",
      { values: { account: toGlobalId("Record", NOTHING) } },
      absent("values.account"),
    ],
    [
      "AP-04 no right, and an older state",
      "sue@acme.test",
      { name: "X", expectedUpdatedAt: iso(0) },
      { code: "FORBIDDEN" },
    ],
  ])("AP-04 refuses %s", async (_, as, said, expected) => {
    const id = await gateway.record("leads", LEAD_1);
    const { reader } = gateway.database;
    const before = [await reader.record.findMany({ where: { key: LEAD_1 } }), await lastEvent(gateway)];
    expect(refusal(await update(as, { id, ...said }))).toEqual(expected);
    expect([await reader.record.findMany({ where: { key: LEAD_1 } }), await lastEvent(gateway)]).toEqual(
      before,
    );
  });

  test("SH-53 AP-03 a lookup to a record out of reach is one to none, by as many statements", async () => {
    const id = await newLead();
    const { statementsOf } = gateway.database;
    const ask = (account: string) => statementsOf(() => update(RAY, { id, values: { account } }));
    const hidden = await ask(await gateway.record("accounts", "acc-1"));
    const none = await ask(toGlobalId("Record", NOTHING));
    expect(hidden.result).toEqual(none.result);
    expect(refusal(hidden.result)).toEqual(absent("values.account"));
    expect(hidden.statements.length).toBe(none.statements.length);
  });

  test("SA-20 leaves one event: what differs, before and after", async () => {
    const id = await newLead({ status: "new", revenue: 5, tags: ["hot"] });
    const since = await lastEvent(gateway);
    await update(RAY, { id, name: "Other", values: { revenue: 6, tags: null, status: "new" } });
    await update(RAY, { id, values: { revenue: 7 } });
    const target = { action: "UPDATE_RECORD", actor: "Ray", targetId: fromGlobalId(id)?.id };
    expect(
      (await eventsSince(gateway, since)).map(({ action, actor, targetId, before, after }) => ({
        action,
        actor,
        targetId,
        before,
        after,
      })),
    ).toEqual([
      {
        ...target,
        before: { name: "A record of ray", values: { revenue: 5, tags: ["hot"] } },
        after: { name: "Other", values: { revenue: 6, tags: null } },
      },
      { ...target, before: { values: { revenue: 6 } }, after: { values: { revenue: 7 } } },
    ]);
  });
});
