import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";

describeOnBoth("writing records", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });

  const CREATE = `mutation ($input: CreateRecordInput!) { createRecord(input: $input) { id record { id key name owner { name } createdAt values access { update } } } }`;

  test("AP-12 createRecord makes a record with a random key, which its owner reads", async () => {
    const { createRecord } = await gateway.data("ray@acme.test", CREATE, {
      input: {
        module: "leads",
        name: " Mine ",
        values: { status: "won", account: await gateway.record("accounts", "acc-2") },
      },
    });
    expect(createRecord.record).toMatchObject({
      name: "Mine",
      owner: { name: "Ray" },
      access: { update: true },
    });
    expect(createRecord.record.key).toMatch(/^[a-z2-7]{20}$/);
  });

  test("SH-53 a lookup to a record out of reach is one that does not exist", async () => {
    const error = onlyError(
      await gateway.ask("ray@acme.test", CREATE, {
        input: {
          module: "leads",
          name: "X",
          values: { status: "won", account: await gateway.record("accounts", "acc-1") },
        },
      }),
    );
    expect(error.extensions).toMatchObject({ code: "NOT_FOUND", field: "input.values.account" });
  });
});
