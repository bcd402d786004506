import { expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { describeOnBoth } from "../../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");
const COUNT = 600;

function organization(modules: string, records: string): string {
  return `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles: { ceo: { name: CEO } }
users: { root@acme.test: { name: Root, role: ceo, profile: administrator } }
modules:
  deals: { label: Deals }
${modules}records:
  deals: { one: { owner: root@acme.test, name: One } }
${records}`;
}

const LEADS = `  leads: { label: Leads, fields: { twin: { type: LOOKUP, module: memos } } }
  memos: { label: Memos, fields: { of: { type: LOOKUP, module: leads } } }
`;
const MANY = `  leads:
${Array.from({ length: COUNT }, (_, at) => `    l${at}: { owner: root@acme.test, name: L${at} }\n`).join("")}`;

function apply(database: Database, text: string, prune = false) {
  return applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now: NOW, prune });
}

describeOnBoth("modules that the file does not name", (open) => {
  test("BU-01 are pruned with their records in parts, modules that point to each other together", async () => {
    const { database } = await open();
    await apply(database, organization(LEADS, MANY));
    const { result, statements } = await database.statementsOf(() =>
      apply(database, organization("", ""), true),
    );
    expect(result.tallies).toMatchObject({ modules: { removed: 2 }, records: { removed: COUNT } });
    expect([await database.reader.record.count(), await database.reader.module.count()]).toEqual([1, 2]);
    const deleting = statements.filter((sql) => /^DELETE FROM \S*\bRecord\b/.test(sql));
    // A statement cannot be interrupted: none deletes more than a few hundred.
    expect(deleting.length).toBeGreaterThanOrEqual(COUNT / 300);
    expect((await apply(database, organization("", ""), true)).isChanged).toBe(false);
  });
});
