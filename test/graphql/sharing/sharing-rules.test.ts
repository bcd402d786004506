import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway, rows } from "../gateway.ts";

describeOnBoth("lists of sharing rules", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });

  test("AP-04 sharing rules: whole for who changes them, an unknown module named", async () => {
    const query = `query ($module: String) { sharingRules(module: $module) { edges { node { key name level includeSuperiors status expiresAt isReadable appliedRecords totalRecords criteria module { key } source { kind role { key } } target { kind user { name } group { key } } } } } }`;
    const { sharingRules } = await gateway.data("root@acme.test", query, { module: "leads" });
    expect(rows(sharingRules)).toEqual([
      expect.objectContaining({
        key: "reps-to-service",
        level: "READ_WRITE",
        includeSuperiors: false,
        status: "ACTIVE",
        expiresAt: null,
        isReadable: true,
        criteria: null,
        module: { key: "leads" },
        source: { kind: "ROLE", role: { key: "rep" } },
        target: { kind: "USER", user: { name: "Ann" }, group: null },
      }),
      expect.objectContaining({
        key: "won-to-vips",
        includeSuperiors: true,
        expiresAt: "2027-01-01T00:00:00.000Z",
        source: null,
        criteria: {
          all: [
            { compare: { field: "status", op: "EQ", value: "won" } },
            { compare: { field: "account", op: "EQ", value: await gateway.record("accounts", "acc-2") } },
          ],
        },
      }),
    ]);
    for (const rule of rows(sharingRules))
      expect([typeof rule.appliedRecords, typeof rule.totalRecords]).toEqual(["number", "number"]);
    expect((await gateway.data("root@acme.test", query, { module: "deals" }))["sharingRules"].edges).toEqual(
      [],
    );
    expect(
      onlyError(await gateway.ask("root@acme.test", query, { module: "nothing" })).extensions,
    ).toMatchObject({ code: "BAD_USER_INPUT", field: "module" });
  });
});
