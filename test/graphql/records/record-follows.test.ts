import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import {
  actionsOf,
  eventsSince,
  expectDerived,
  lastEvent,
  mail,
  newRecord,
  refusal,
  SHARING,
  shared,
} from "../sharing/sharing-world.ts";

const UPDATE =
  "mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { id record { id values } } }";

describeOnBoth("what follows a change of values", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING);
  });
  afterEach(() => expectDerived(gateway.database));

  const update = (as: string, id: string, values: object) =>
    gateway.ask(mail(as), UPDATE, { input: { id, values } });

  test("SH-32 a rule by criteria admits on the next request what meets them now, and no more what does not", async () => {
    const id = await newRecord(gateway, "ray", "leads", { status: "new" });
    expect(await actionsOf(gateway, "cleo", id)).toBe("");
    await update("ray", id, { status: "won" });
    expect(await actionsOf(gateway, "cleo", id)).toBe("read update");
    // Who writes by the rule may write itself out of it.
    expect((await update("cleo", id, { status: "new" })).data).toEqual({
      updateRecord: { id, record: null },
    });
    expect(await actionsOf(gateway, "cleo", id)).toBe("");
    await update("ray", id, { status: null });
    expect(await actionsOf(gateway, "cleo", id)).toBe("");
  });

  test("SH-32 a record that is made so meets them at once", async () => {
    const id = await newRecord(gateway, "ray", "leads", { status: "won" });
    expect(await actionsOf(gateway, "cleo", id)).toBe("read update");
  });

  test("SH-41 shares stay when matches come and go", async () => {
    const id = await newRecord(gateway, "ray", "leads", { status: "new" });
    await shared(gateway, "ray", id, { with: "user:cleo" });
    await update("ray", id, { status: "won" });
    expect(await actionsOf(gateway, "cleo", id)).toBe("read update");
    await update("ray", id, { status: "new" });
    expect(await actionsOf(gateway, "cleo", id)).toBe("read");
  });

  describe("a field whose key every object knows", () => {
    const CREATE =
      "mutation ($input: CreateRecordInput!) { createRecord(input: $input) { id record { values } } }";
    const make = (values: object) =>
      gateway.ask(mail("ray"), CREATE, { input: { module: "things", name: "Thing", values } });

    test("SH-32 is missing when it was not written", async () => {
      expect(refusal(await make({}))).toEqual({ code: "BAD_USER_INPUT", field: "input.values.constructor" });
      expect((await make({ constructor: "x" })).data?.["createRecord"].record.values).toEqual({
        constructor: "x",
      });
    });

    test("SA-20 is null before it was written, in the event too", async () => {
      const id = await newRecord(gateway, "ray");
      const since = await lastEvent(gateway);
      const { data } = await update("ray", id, { constructor: "x" });
      expect(data?.["updateRecord"].record.values).toEqual({ status: null, constructor: "x" });
      expect(await eventsSince(gateway, since)).toMatchObject([
        { before: { values: { constructor: null } }, after: { values: { constructor: "x" } } },
      ]);
    });
  });
});
