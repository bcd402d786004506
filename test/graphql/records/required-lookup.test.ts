import { beforeEach, expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";
import { NOW } from "../world.ts";

const RAY = "ray@acme.test";

/** `one` points to an account of Ray's, `two` to one that he does not reach; both have to point to some. */
const WORLD = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles: { ceo: { name: CEO }, rep: { name: Rep, parent: ceo } }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
modules:
  accounts: { label: Accounts }
  leads: { label: Leads, fields: { account: { type: LOOKUP, module: accounts, required: true }, city: { type: TEXT, required: true } } }
records:
  accounts:
    mine: { owner: ray@acme.test, name: Mine }
    other: { owner: ray@acme.test, name: Other }
    hidden: { owner: root@acme.test, name: Hidden }
  leads:
    one: { owner: ray@acme.test, name: One, values: { account: mine, city: Ulm } }
    two: { owner: ray@acme.test, name: Two, values: { account: hidden, city: Ulm } }
`;

describeOnBoth("what a required lookup points to goes", (open) => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await openGateway((await open()).database, WORLD);
    const input = { id: await gateway.record("accounts", "mine") };
    await gateway.data(RAY, "mutation ($input: DeleteRecordInput!) { deleteRecord(input: $input) { id } }", {
      input,
    });
  });

  const update = async (key: string, change: object) =>
    gateway.ask(RAY, "mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { id } }", {
      input: { id: await gateway.record("leads", key), ...change },
    });
  const apply = (text: string) =>
    applyOrganizationFile(gateway.database, { text, name: "acme.yaml" }, null, { now: NOW, prune: true });
  const exported = async () => printOrganizationFile(await exportOrganization(gateway.database, "acme"));

  test("SH-53 it may be deleted, and reads as null until the record is written, which asks for it", async () => {
    const query = `{ record(key: { module: "leads", key: "one" }) { values } }`;
    expect((await gateway.data(RAY, query))["record"].values.account).toBeNull();
    for (const change of [{ name: "X" }, { values: { city: "Bonn" } }, { values: { account: null } }])
      expect(onlyError(await update("one", change)).extensions).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.values.account",
      });
    const account = await gateway.record("accounts", "other");
    expect((await update("one", { values: { account } })).errors).toBeUndefined();
    expect((await update("one", { name: "X" })).errors).toBeUndefined();
  });

  test("SH-53 one out of reach is there: nobody is asked for another", async () => {
    expect((await update("two", { name: "X" })).errors).toBeUndefined();
  });

  test("SH-53 BU-02 an export says that it is null, and applies to where it came from", async () => {
    const text = await exported();
    expect(text).toContain("values: { account: null, city: Ulm }");
    await apply(text);
    expect(await exported()).toBe(text);
  });

  test.each([
    ["a lookup that is left out", "{ account: null, city: Ulm }", "{ city: Ulm }"],
    ["another value that is null", "{ account: null, city: Ulm }", "{ account: null, city: null }"],
  ])("SH-53 a file may not be without %s", async (_, from, to) => {
    await expect(apply((await exported()).replace(from, to))).rejects.toThrow(/is missing/);
  });
});
