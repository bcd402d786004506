import { afterEach, beforeEach, expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { expectDerived, mail } from "../sharing/sharing-world.ts";
import { NOW } from "../world.ts";

/** One rule for each way to ask for a lookup: who it shares with, and what they read before and after `acc-1` goes. */
const RULES = {
  eq: ["{ field: account, op: EQ, value: acc-1 }", "one", ""],
  ne: ["{ field: account, op: NE, value: acc-2 }", "one", ""],
  in: ["{ field: account, op: IN, value: [acc-1, acc-2] }", "one two", "two"],
  out: ["{ field: account, op: NOT_IN, value: [acc-1] }", "two", "two"],
  other: ["{ field: account, op: NOT_IN, value: [acc-2] }", "one", ""],
  void: ["{ field: account, op: IS_NULL }", "none", "none one"],
  set: ["{ field: account, op: IS_NOT_NULL }", "one two", "two"],
  both: [
    "{ any: [ { all: [ { field: account, op: EQ, value: acc-1 }, { field: account, op: IS_NOT_NULL } ] }, { field: city, op: EQ, value: Bonn } ] }",
    "one",
    "",
  ],
  self: ["{ field: parent, op: EQ, value: root }", "child", "child"],
} as const;

const NAMES = Object.keys(RULES) as (keyof typeof RULES)[];

const lines = (line: (name: keyof typeof RULES) => string, names = NAMES) => names.map(line).join("\n");

function rulesOf(names: typeof NAMES): string {
  const line = (name: keyof typeof RULES) =>
    `  to-${name}: { module: leads, criteria: ${RULES[name][0]}, to: { user: ${name}@acme.test }, access: READ_ONLY }`;
  return lines(line, names);
}

const WORLD = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 40, team: 10 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  desk: { name: Desk, parent: ceo }
  rep: { name: Rep, parent: ceo }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
${lines((name) => `  ${name}@acme.test: { name: ${name}, role: desk }`)}
modules:
  accounts: { label: Accounts, fields: {} }
  leads:
    label: Leads
    fields:
      account: { type: LOOKUP, module: accounts }
      parent: { type: LOOKUP, module: leads }
      city: { type: TEXT }
sharingRules:
${rulesOf(NAMES)}
records:
  accounts:
    acc-1: { owner: ray@acme.test, name: First }
    acc-2: { owner: ray@acme.test, name: Second }
  leads:
    root: { owner: ray@acme.test, name: root, values: { account: acc-2, parent: root } }
    none: { owner: ray@acme.test, name: none }
    one: { owner: ray@acme.test, name: one, values: { account: acc-1 } }
    two: { owner: ray@acme.test, name: two, values: { account: acc-2 } }
    child: { owner: ray@acme.test, name: child, values: { parent: root, account: acc-2 } }
`;

describeOnBoth("the target of a lookup goes", (open) => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await openGateway((await open()).database, WORLD);
  });
  afterEach(() => expectDerived(gateway.database));

  const remove = async (module: string, ...keys: readonly string[]) => {
    const ids = await Promise.all(keys.map((key) => gateway.record(module, key)));
    if (ids.length === 1) {
      await gateway.data(
        mail("ray"),
        "mutation ($input: DeleteRecordInput!) { deleteRecord(input: $input) { id } }",
        { input: { id: ids[0] } },
      );
      return;
    }
    const { massDeleteRecords } = await gateway.data(
      mail("root"),
      "mutation ($input: MassDeleteRecordsInput!) { massDeleteRecords(input: $input) { items { isDone } } }",
      { input: { items: ids } },
    );
    expect(massDeleteRecords.items).toEqual(ids.map(() => ({ isDone: true })));
  };

  const apply = (text: string, prune = false) =>
    applyOrganizationFile(gateway.database, { text, name: "acme.yaml" }, null, { now: NOW, prune });

  async function matchesOf(name: string): Promise<number> {
    const { reader } = gateway.database;
    const rule = await reader.sharingRule.findFirstOrThrow({ where: { key: `to-${name}` } });
    return reader.recordGrant.count({ where: { key: { startsWith: `c:${rule.id}` } } });
  }

  const OTHERS = new Set(["root", "child"]);
  /** The names of the leads that somebody reads, those that belong to the row on `self` left out of the others'. */
  async function readBy(name: string): Promise<string> {
    const { records } = await gateway.data(
      mail(name),
      '{ records(module: "leads", first: 50) { totalCount edges { node { name } } } }',
    );
    const names: string[] = records.edges.map(({ node }: { node: { name: string } }) => node.name);
    expect(records.totalCount).toBe(names.length);
    const shown =
      name === "self" ? names.filter((each) => each !== "root") : names.filter((each) => !OTHERS.has(each));
    return shown.sort().join(" ");
  }

  const read = async () =>
    Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, await readBy(name)])));
  const BEFORE = Object.fromEntries(NAMES.map((name) => [name, RULES[name][1]]));
  const AFTER = Object.fromEntries(NAMES.map((name) => [name, RULES[name][2]]));

  test("SH-32 SH-53 a rule reads a lookup whose target is deleted as null, from the next request on", async () => {
    expect(await read()).toEqual(BEFORE);
    await remove("accounts", "acc-1");
    expect(await read()).toEqual(AFTER);
  });

  test("SH-32 SH-53 the same when many are deleted at once, among them some that point to each other", async () => {
    await remove("leads", "root", "child");
    await remove("accounts", "acc-1", "acc-2");
    expect(await read()).toMatchObject({ eq: "", ne: "", in: "", set: "", void: "none one two", self: "" });
  });

  test("SH-32 SH-53 another value that is written later does not bring it back", async () => {
    await remove("accounts", "acc-1");
    await gateway.data(
      mail("ray"),
      "mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { id } }",
      { input: { id: await gateway.record("leads", "one"), values: { city: "Ulm" } } },
    );
    expect(await read()).toEqual(AFTER);
  });

  test("SH-32 SH-36 SH-53 a rule that is made afterwards is applied to what is there", async () => {
    const id = await gateway.record("accounts", "acc-2");
    await remove("accounts", "acc-1");
    const make = (criteria: object, name: string) =>
      gateway.data(
        mail("root"),
        "mutation ($input: CreateSharingRuleInput!) { createSharingRule(input: $input) { id } }",
        { input: { name, module: "leads", criteria, level: "READ_ONLY", target: { role: desk } } },
      );
    const desk = await gateway.id("Role", "desk");
    await make({ all: [{ compare: { field: "account", op: "NE", value: id } }] }, "not two");
    await gateway.store.jobs.idle();
    expect(await read()).toEqual(AFTER);
    await make({ all: [{ compare: { field: "account", op: "IS_NULL" } }] }, "nothing");
    await gateway.store.jobs.idle();
    expect(await readBy("eq")).toBe("none one");
  });

  test("SH-32 SH-53 however many records point to it", async () => {
    const many = Array.from(
      { length: 600 },
      (_, n) => `    many-${n}: { owner: ray@acme.test, name: many-${n}, values: { account: acc-1 } }\n`,
    );
    await apply(`${WORLD}${many.join("")}`);
    expect(await matchesOf("eq")).toBe(601);
    await remove("accounts", "acc-1");
    expect(await matchesOf("eq")).toBe(0);
    expect(await matchesOf("void")).toBe(602);
  });

  test("SH-32 SH-53 BU-01 the same when a file removes it, and says nothing of what points to it", async () => {
    const kept = NAMES.filter((name) => !/acc-1|root/.test(RULES[name][0]));
    const text = WORLD.replace(/^sharingRules:[^]*^records:/m, `sharingRules:\n${rulesOf(kept)}\nrecords:`);
    await apply(text, true);
    expect(await read()).toMatchObject(Object.fromEntries(kept.map((name) => [name, BEFORE[name]])));
    const removed = text
      .replace("    acc-1: { owner: ray@acme.test, name: First }\n", "")
      .replace(/^ {2}leads:\n {4}root[^]*/m, "");
    await apply(removed, true);
    expect(await read()).toMatchObject(Object.fromEntries(kept.map((name) => [name, AFTER[name]])));
  });

  test("BU-02 a file says what rules mean that name a deleted record, and applied elsewhere gives the same", async () => {
    await remove("accounts", "acc-1");
    const text = printOrganizationFile(await exportOrganization(gateway.database, "acme"));
    const there = gateway;
    gateway = await openGateway((await open()).database, text);
    expect(await read()).toEqual(AFTER);
    expect(printOrganizationFile(await exportOrganization(gateway.database, "acme"))).toBe(text);
    gateway = there;
  });
});
