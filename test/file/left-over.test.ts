import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { describeLeftOver } from "../../src/file/left-over.ts";
import { describeOnBoth } from "../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");

const FILE = `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 50, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
profiles:
  narrow: { name: Narrow, modules: { leads: [VIEW] } }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: ceo }
groups:
  vips: { name: VIPs, members: [ { user: root@acme.test } ] }
modules:
  leads: { label: Leads, fields: { note: { type: TEXT }, size: { type: NUMBER } } }
  deals: { label: Deals }
sharingRules:
  all: { module: leads, from: everyone, to: everyone, access: READ_ONLY }
  some: { module: leads, from: { role: ceo }, to: everyone, access: READ_WRITE }
records:
  leads:
    one: { owner: root@acme.test, name: One }
    two: { owner: root@acme.test, name: Two }
  deals:
    big: { owner: root@acme.test, name: Big }
supportAccess: { agent: agent@vendor.test, expiresOn: 2026-12-24 }
`;

/** Less of each. */
const LESS = FILE.replace(/ {2}rep: .*\n/, "")
  .replace(/profiles:\n.*\n/, "")
  .replace("ray@acme.test: { name: Ray", "roy@acme.test: { name: Ray")
  .replace(/groups:\n.*\n/, "")
  .replace(", size: { type: NUMBER }", "")
  .replace(/ {2}some: .*\n/, "")
  .replace(/ {4}two: .*\n/, "")
  .replace(/supportAccess: .*\n/, "");

describeOnBoth("BU-01 what the organisation has and the file has not", (open) => {
  let database: Database;
  const apply = (text: string, options: object = {}) =>
    applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now: NOW, ...options });
  beforeEach(async () => {
    ({ database } = await open());
    expect((await apply(FILE)).leftOver).toEqual([]);
  });

  const LEFT = [
    "roles: rep",
    "profiles: narrow",
    "users: ray@acme.test",
    "groups: vips",
    "fields: leads.size",
    "sharingRules: some",
    "records: leads/two",
    "supportAccess: agent@vendor.test",
  ];

  test("BU-01 is named, each by name, again and again until it goes", async () => {
    for (let time = 0; time < 2; time += 1) {
      const { leftOver, isChanged } = await apply(LESS);
      expect(leftOver.map(describeLeftOver)).toEqual(LEFT);
      expect(isChanged).toBe(time === 0);
    }
    const pruned = await apply(LESS, { prune: true, confirmDeletions: true });
    expect(pruned.leftOver.map(describeLeftOver)).toEqual(LEFT);
    const after = await apply(LESS);
    expect(after).toMatchObject({ leftOver: [], isChanged: false });
  });

  test("BU-01 a module goes with its name alone, and a file without records says nothing about any", async () => {
    const without = FILE.replace(/ {2}deals: \{ label.*\n/, "").replace(
      /records:[\s\S]*supportAccess/,
      "supportAccess",
    );
    const { leftOver, unspoken } = await apply(without);
    expect(leftOver.map(describeLeftOver)).toEqual(["modules: deals"]);
    expect(unspoken).toEqual([{ noun: "records", count: 3 }]);
  });

  test("BU-01 shares that the file has not are named where it has any, and counted where it says nothing about them", async () => {
    const shared = `${FILE}shares:
  - { record: leads/one, to: { user: ray@acme.test }, access: READ_ONLY }
  - { record: leads/two, to: { role: rep }, access: FULL }
`;
    const one = shared.replace(/.*leads\/two, to.*\n/, "");
    const other = one.replace("user: ray@acme.test", "role: rep");
    expect(await apply(shared)).toMatchObject({ leftOver: [], unspoken: [] });
    expect((await apply(one)).leftOver.map(describeLeftOver)).toEqual(["shares: leads/two"]);
    // Another party: the share that was there is left over too.
    expect((await apply(other)).leftOver).toMatchObject([{ noun: "shares", count: 2 }]);
    expect((await apply(FILE.concat("shares: []\n"))).leftOver).toMatchObject([{ noun: "shares", count: 3 }]);
    for (const prune of [false, true])
      expect(await apply(FILE, { prune })).toMatchObject({
        leftOver: [],
        unspoken: [{ noun: "shares", count: 3 }],
      });
    expect((await apply(one, { prune: true })).leftOver).toMatchObject([{ noun: "shares", count: 2 }]);
    expect(await apply(one)).toMatchObject({ leftOver: [], unspoken: [], isChanged: false });
  });

  test("BU-01 of many, twenty are named and the rest counted", async () => {
    const people = Array.from(
      { length: 30 },
      (_, n) => `  p${10 + n}@acme.test: { name: P, role: ceo }\n`,
    ).join("");
    await apply(FILE.replace("groups:\n", `${people}groups:\n`));
    const { leftOver } = await apply(FILE);
    expect(leftOver).toMatchObject([{ noun: "users", count: 30 }]);
    expect(leftOver[0]?.names).toHaveLength(20);
    expect(leftOver.map(describeLeftOver)[0]).toMatch(/^users: p10@acme\.test, .* … and 10 more$/);
  });

  test("BU-01 UA-61 whoever would delete people is told whom", async () => {
    await expect(apply(LESS, { prune: true })).rejects.toMatchObject({
      code: "CONFIRMATION_REQUIRED",
      message: expect.stringContaining("1 of the people: ray@acme.test."),
    });
    expect((await apply(FILE)).leftOver).toEqual([]);
  });
});
