import { expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { exportOrganization } from "../../src/file/export.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import { describeOnBoth } from "../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");

const ACME = `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
  desk: { name: Desk }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
  dina@acme.test: { name: Dina, role: desk }
modules:
  leads: { label: Leads, fields: { status: { type: PICKLIST, options: [new, won] } } }
sharingRules:
  won: { module: leads, criteria: { field: status, op: EQ, value: won }, to: { role: desk }, access: READ_ONLY }
records:
  leads:
    one: { owner: ray@acme.test, name: One, values: { status: won } }
    two: { owner: ray@acme.test, name: Two, values: { status: new } }
supportAccess: { agent: agent@vendor.test, expiresOn: 2026-12-24 }
expect:
  access:
    - { user: ray@acme.test, module: leads, read: [one, two] }
    - { user: dina@acme.test, module: leads, read: [one], update: [] }
  capabilities:
    - { user: dina@acme.test, allowed: [SEND_EMAIL], denied: [MANAGE_USERS] }
    - { user: agent@vendor.test, allowed: [VIEW_ALL_DATA] }
`;

function apply(database: Database, text: string, more: { readonly ignoreExpectations?: boolean } = {}) {
  return applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now: NOW, ...more });
}

async function exported(database: Database): Promise<string> {
  return printOrganizationFile(await exportOrganization(database, "acme"));
}

// What the file says instead, and what must be said at which place.
const UNMET: readonly [string, string, string, RegExp][] = [
  [
    "a record too few",
    "read: [one], update",
    "read: [], update",
    /^acme\.yaml:23:7: expect\.access\[1\]: CONFLICT: dina@acme\.test READ leads\/one: expected refused, is allowed \(path SHARING_RULE: .*\) \(expected .*--no-expect\)$/,
  ],
  [
    "a record too many",
    "read: [one], update",
    "read: [one, two], update",
    /^acme\.yaml:23:7: expect\.access\[1\]: CONFLICT: dina@acme\.test READ leads\/two: expected allowed, is refused/,
  ],
  [
    "a capability too many",
    "allowed: [SEND_EMAIL]",
    "allowed: [SEND_EMAIL, MANAGE_ROLES]",
    /^acme\.yaml:25:7: expect\.capabilities\[0\]: CONFLICT: dina@acme\.test MANAGE_ROLES: expected allowed, is refused/,
  ],
  [
    "a rule that does not do what is expected",
    "value: won }",
    "value: new }",
    /dina@acme\.test READ leads\/one: expected allowed, is refused .*; dina@acme\.test READ leads\/two: expected refused, is allowed/,
  ],
];

describeOnBoth("an import proves what its file expects", (open) => {
  test.each(UNMET)(
    "BU-01 %s: refused at its place, and nothing of the file is in force",
    async (_, from, to, said) => {
      const { database } = await open();
      const wrong = ACME.replace(from, to);
      expect(wrong).not.toBe(ACME);
      await expect(apply(database, wrong)).rejects.toThrow(said);
      expect(await database.reader.organization.count()).toBe(0);

      const { version } = await apply(database, ACME);
      const before = await exported(database);
      await expect(apply(database, wrong.replace("name: Ray", "name: Raymond"))).rejects.toThrow(said);
      expect(await exported(database)).toBe(before);
      expect(await apply(database, ACME)).toMatchObject({ isChanged: false, version });
      expect(await apply(database, wrong, { ignoreExpectations: true })).toMatchObject({
        tallies: { users: { changed: 0 } },
      });
    },
  );

  test("BU-01 what the file has dropped and nobody pruned is asked about too", async () => {
    const { database } = await open();
    await apply(database, ACME);
    const dropped = ACME.replace(/sharingRules:\n.*\n/, "").replace(
      "read: [one], update",
      "read: [], update",
    );
    await expect(apply(database, dropped)).rejects.toThrow(
      /dina@acme\.test READ leads\/one: expected refused, is allowed/,
    );
    const options = { now: NOW, prune: true };
    const pruned = await applyOrganizationFile(database, { text: dropped, name: "acme.yaml" }, null, options);
    expect(pruned.tallies.sharingRules.removed).toBe(1);
  });

  test("BU-01 SH-37 SA-02 an instant that is past is answered as it was: rules that have expired since, support that began with the import", async () => {
    const { database } = await open();
    const past = ACME.replace(
      "to: { role: desk },",
      "to: { role: desk }, expiresAt: 2026-11-15T00:00:00Z,",
    ).replace("expect:", "expect:\n  at: 2026-11-01T00:00:00Z");
    const matches = () => database.reader.recordGrant.count({ where: { key: { startsWith: "c:" } } });
    const first = await apply(database, past);
    expect(await matches()).toBe(0);
    expect(await apply(database, past)).toMatchObject({ isChanged: false, version: first.version });
    expect(await matches()).toBe(0);
    await expect(apply(database, past.replace("at: 2026-11-01", "at: 2026-11-15"))).rejects.toThrow(
      /dina@acme\.test READ leads\/one: expected allowed, is refused/,
    );
    expect(await matches()).toBe(0);
  });
});
