import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { exportOrganization } from "../../src/file/export.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import { describeOnBoth } from "../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");

const BASE = `sightline: 1
organization: { key: acme, name: Acme, timeZone: Europe/Berlin, edition: FREE, seats: { regular: 2, team: 0 }, superAdmin: root@acme.test, longestSupportDays: 30 }
roles: { ceo: { name: CEO } }
users: { root@acme.test: { name: Root, role: ceo, profile: administrator } }
modules: { leads: { label: Leads } }
`;

const PAST = `records: { leads: { by-support: { owner: first@vendor.test, name: By support } } }
supportAccess: { agent: agent@vendor.test, grantedAt: 2026-11-30T00:00:00Z, expiresOn: 2026-12-24, reason: The import fails }
pastSupportAccess:
  - { agent: first@vendor.test, grantedAt: 2026-01-10T08:00:00Z, expiresOn: 2026-01-20, extraDenials: [ RECORD_DELETE ] }
  - { agent: agent@vendor.test, grantedAt: 2026-03-01T08:00:00Z, expiresOn: 2026-03-31, revokedAt: 2026-03-02T09:00:00Z, reason: A question }
`;

describeOnBoth("support access in files", (open) => {
  let database: Database;
  beforeEach(async () => {
    ({ database } = await open());
  });

  const apply = (text: string, now = NOW) =>
    applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now });
  const exported = async () => printOrganizationFile(await exportOrganization(database, "acme"));

  test("SA-14 BU-02 past accesses come back as they were, and applying them again changes nothing", async () => {
    await apply(BASE + PAST);
    const text = await exported();
    expect(text).toContain(PAST.split("\n").slice(1).join("\n").trimEnd());
    expect((await apply(text)).isChanged).toBe(false);
    expect(await exported()).toBe(text);
    const rows = await database.reader.supportGrant.findMany({ orderBy: { grantedAt: "asc" } });
    expect(rows.map(({ expiresAt }) => expiresAt.toISOString())).toEqual([
      "2026-01-20T23:00:00.000Z",
      "2026-03-31T22:00:00.000Z",
      "2026-12-24T23:00:00.000Z",
    ]);
  });

  test("SA-14 history is added to, never changed or taken away, whatever a file says", async () => {
    await apply(BASE + PAST);
    await applyOrganizationFile(database, { text: BASE, name: "acme.yaml" }, null, {
      now: NOW,
      prune: true,
    }).catch(() => undefined);
    const changed = BASE + PAST.replace("reason: A question", "reason: Another");
    await apply(changed);
    const rows = await database.reader.supportGrant.findMany({ where: { reason: "A question" } });
    expect(rows).toHaveLength(1);
    expect(await database.reader.supportGrant.count()).toBeGreaterThanOrEqual(3);
  });

  test("SA-10 BU-02 when the last access was revoked, what the agent owns still comes back", async () => {
    await apply(BASE + PAST);
    await database.write((tx) =>
      tx.supportGrant.updateMany({ where: { revokedAt: null }, data: { revokedAt: new Date(NOW) } }),
    );
    const text = await exported();
    expect(text).not.toContain("supportAccess:");
    expect(text.match(/ - \{ agent: /g)).toHaveLength(3);
    const { database: elsewhere } = await open();
    await applyOrganizationFile(elsewhere, { text, name: "exported" }, null, { now: NOW });
    expect(printOrganizationFile(await exportOrganization(elsewhere, "acme"))).toBe(text);
  });

  test("SA-15 a replaced access and the one in its place come back together", async () => {
    await apply(BASE + PAST);
    await apply(BASE + PAST.replace("2026-12-24, reason", "2026-12-20, reason"), NOW + 1_000);
    const text = await exported();
    expect((await apply(text, NOW + 2_000)).isChanged).toBe(false);
    expect(await exported()).toBe(text);
  });

  test.each([
    [
      "SA-05 one that is not over",
      "  - { agent: a@vendor.test, grantedAt: 2026-11-01T00:00:00Z, expiresOn: 2026-12-02 }",
      "is not over",
    ],
    [
      "SA-05 one that has not begun",
      "  - { agent: a@vendor.test, grantedAt: 2027-11-01T00:00:00Z, expiresOn: 2027-12-02 }",
      "is not over",
    ],
    [
      "SA-02 a member",
      "  - { agent: root@acme.test, grantedAt: 2026-01-01T00:00:00Z, expiresOn: 2026-01-02 }",
      "is a user",
    ],
    [
      "SA-02 an end before the beginning",
      "  - { agent: a@vendor.test, grantedAt: 2026-01-10T00:00:00Z, expiresOn: 2026-01-02 }",
      "is before",
    ],
    [
      "BU-01 revoked before it was granted",
      "  - { agent: a@vendor.test, grantedAt: 2026-01-10T00:00:00Z, expiresOn: 2026-01-12, revokedAt: 2026-01-09T00:00:00Z }",
      "before it was granted",
    ],
    [
      "BU-01 one twice",
      `${"  - { agent: a@vendor.test, grantedAt: 2026-01-10T00:00:00Z, expiresOn: 2026-01-12 }\n".repeat(2)}`,
      "says the same",
    ],
  ])("%s is refused at its place, and nothing is applied", async (_, entry, message) => {
    await expect(apply(`${BASE}pastSupportAccess:\n${entry}\n`)).rejects.toThrow(
      new RegExp(`acme\\.yaml:\\d+:\\d+: pastSupportAccess\\[\\d\\].*${message}`),
    );
    expect(await database.reader.organization.count()).toBe(0);
  });

  test.each([
    [
      "SA-02 a last day that is over when the file is applied opens nothing",
      "expiresOn: 2026-11-30",
      "is over",
    ],
    ["SA-02 longer than the organisation allows, from now on", "expiresOn: 2026-12-31", "longestSupportDays"],
    [
      "SA-02 longer than the organisation allows, from its beginning on",
      "grantedAt: 2026-11-30T00:00:00Z, expiresOn: 2026-12-30",
      "longestSupportDays",
    ],
  ])("%s", async (_, window, message) => {
    await expect(apply(`${BASE}supportAccess: { agent: agent@vendor.test, ${window} }\n`)).rejects.toThrow(
      new RegExp(`acme\\.yaml:\\d+:\\d+: supportAccess\\.expiresOn.*${message}`),
    );
    expect(await database.reader.supportGrant.count()).toBe(0);
  });

  test("SA-02 a reason is written over, and the access stays the same", async () => {
    await apply(BASE + PAST);
    const { tallies } = await apply(BASE + PAST.replace("The import fails", "It still fails"));
    expect(tallies.supportAccess).toEqual({ added: 0, changed: 1, removed: 0 });
    expect(await database.reader.supportGrant.count({ where: { reason: "It still fails" } })).toBe(1);
  });
});
