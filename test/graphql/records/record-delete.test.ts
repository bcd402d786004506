import { afterEach, beforeAll, expect, test } from "vitest";
import { fromGlobalId, toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, openGateway } from "../gateway.ts";
import { eventsSince, expectDerived, lastEvent, newRecord, refusal } from "../sharing/sharing-world.ts";
import { ACME } from "../world.ts";

const DELETE = "mutation ($input: DeleteRecordInput!) { deleteRecord(input: $input) { id } }";
const NOTHING = "00000000-0000-7000-8000-000000000000";
const RAY = "ray@acme.test";

describeOnBoth("deleteRecord", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, ACME);
  });
  afterEach(() => expectDerived(gateway.database));

  const remove = (as: string, id: string) => gateway.ask(as, DELETE, { input: { id } });
  const howMany = () => gateway.database.reader.record.count();

  test("deletes it with its shares and grants, and what points to it points to nothing (SH-53)", async () => {
    const VALUES = "query ($id: ID!) { record(id: $id) { values } }";
    const id = await newRecord(gateway, "ray", "accounts");
    const lead = await newRecord(gateway, "ray", "leads", { status: "new", account: id });
    const linked = await gateway.data(RAY, VALUES, { id: lead });
    expect(linked["record"].values.account).toMatchObject({ id });
    const shares = `mutation ($input: ShareRecordInput!) { shareRecord(input: $input) { id } }`;
    const sue = await gateway.user("sue@acme.test");
    await gateway.data(RAY, shares, { input: { id, with: { user: sue }, level: "FULL" } });
    const since = await lastEvent(gateway);

    expect((await remove("sue@acme.test", id)).data).toEqual({ deleteRecord: { id } });
    const uuid = fromGlobalId(id)?.id ?? "";
    const { reader } = gateway.database;
    expect(await reader.recordShare.count({ where: { recordId: uuid } })).toBe(0);
    expect(await reader.recordGrant.count({ where: { recordId: uuid } })).toBe(0);
    const left = await gateway.data(RAY, VALUES, { id: lead });
    expect(left["record"].values.account).toBeNull();
    expect(await eventsSince(gateway, since)).toMatchObject([
      {
        action: "DELETE_RECORD",
        actor: "Sue",
        targetId: uuid,
        before: { name: "A record of ray", values: {} },
        after: null,
      },
    ]);
    expect(refusal(await remove(RAY, id))).toEqual({ code: "NOT_FOUND", field: "input.id" });
  });

  test.each([
    ["a stranger", "rex@acme.test", { code: "NOT_FOUND", field: "input.id" }],
    ["a READ_ONLY recipient", "sue@acme.test", { code: "FORBIDDEN" }],
    ["a profile that only reads", "ann@acme.test", { code: "FORBIDDEN" }],
    ["CA-01 the agent, whose grant denies RECORD_DELETE", AGENT, { code: "FORBIDDEN", requirement: "SA-08" }],
  ])("AP-04 refuses %s", async (_, as, expected) => {
    const before = [await howMany(), await lastEvent(gateway)];
    expect(refusal(await remove(as, await gateway.record("leads", "lead-1")))).toEqual(expected);
    expect([await howMany(), await lastEvent(gateway)]).toEqual(before);
  });

  test.each([
    ["no global id", "lead-1", { code: "BAD_USER_INPUT", field: "input.id", requirement: "AP-01" }],
    ["no record", toGlobalId("Record", NOTHING), { code: "NOT_FOUND", field: "input.id" }],
    ["the id of a user", toGlobalId("User", NOTHING), { code: "NOT_FOUND", field: "input.id" }],
  ])("AP-04 refuses %s", async (_, id, expected) => {
    expect(refusal(await remove(RAY, id))).toEqual(expected);
  });

  test("AP-03 a record out of reach and one that is absent are one answer, by as many statements", async () => {
    const { statementsOf } = gateway.database;
    await gateway.data("rex@acme.test", "{ viewer { isSupport } }");
    const ask = (id: string) => statementsOf(() => remove("rex@acme.test", id));
    const hidden = await ask(await gateway.record("leads", "lead-1"));
    const absent = await ask(toGlobalId("Record", NOTHING));
    expect(hidden.result).toEqual(absent.result);
    expect(hidden.statements.length).toBe(absent.statements.length);
  });
});
