import { expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { openStore } from "../../../src/database/open.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import type { RecordId } from "../../../src/kernel/id.ts";
import { may } from "../../../src/policy/ask/ability.ts";
import type { Action } from "../../../src/policy/model/org.ts";
import { judgedRecords } from "../../../src/store/core/judged.ts";
import { viewerOf } from "../../../src/store/core/viewer.ts";
import { type Store, storeOver } from "../../../src/store/store.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth } from "../../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");
const HOUR = 3_600_000;

const ACME = `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
  clerk: { name: Clerk, parent: ceo }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
  cy@acme.test: { name: Cy, role: clerk }
modules:
  leads: { label: Leads, fields: { status: { type: PICKLIST, options: [new, won] } } }
sharingRules:
  by-owner: { module: leads, from: { role: rep }, to: { role: clerk }, access: READ_ONLY, expiresAt: 2026-12-01T13:00:00Z }
records:
  leads: { one: { owner: ray@acme.test, name: One, values: { status: won } } }
`;

const CRITERIA = ACME.replace(
  "from: { role: rep }",
  "criteria: { field: status, op: EQ, value: won }",
).replace(", expiresAt: 2026-12-01T13:00:00Z", "");

function apply(database: Database, text: string, now = NOW) {
  return applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now });
}

/** Whether Cy, the clerk, may do something with the one lead at an instant, asked as a request would. */
async function mayCy(store: Store, action: Action, now: number): Promise<boolean> {
  const policy = await store.policies.get("acme");
  const cy = policy?.usersByEmail.get("cy@acme.test");
  if (!policy || !cy) return false;
  const viewer = viewerOf(store, policy, cy, now);
  const row = await store.database.reader.record.findFirstOrThrow({ where: { key: "one" } });
  const judged = await judgedRecords(viewer).load(row.id as RecordId);
  return judged !== null && may(viewer.ability, action, judged);
}

describeOnBoth("compiled policies", (open) => {
  test("SH-11 EN-05 a change made through one instance is in force on the next request of another", async () => {
    const { database, url } = await open();
    await apply(database, ACME);
    const elsewhere = await openStore(url, { auditKeys: AUDIT_KEYS });
    try {
      const [here, there] = [
        storeOver(database, { now: () => NOW }),
        storeOver(elsewhere, { now: () => NOW }),
      ];
      expect([await mayCy(here, "READ", NOW), await mayCy(there, "READ", NOW)]).toEqual([true, true]);
      await apply(database, ACME.replace("to: { role: clerk }", "to: { user: root@acme.test }"));
      expect([await mayCy(here, "READ", NOW), await mayCy(there, "READ", NOW)]).toEqual([false, false]);
      await apply(elsewhere, ACME);
      expect([await mayCy(here, "READ", NOW), await mayCy(there, "READ", NOW)]).toEqual([true, true]);
    } finally {
      await elsewhere.close();
    }
  });

  test("EN-05 a change of a rule by owner writes no record and no grant", async () => {
    const { database } = await open();
    await apply(database, ACME);
    const before = await database.reader.record.findMany();
    const { statements } = await database.statementsOf(() =>
      apply(database, ACME.replace("READ_ONLY", "READ_WRITE")),
    );
    expect(
      statements.filter((sql) => /^(INSERT|UPDATE|DELETE)/.test(sql) && /\bRecord(Grant|Share)?\b/.test(sql)),
    ).toEqual([]);
    expect(await database.reader.record.findMany()).toEqual(before);
  });

  test("EN-05 concurrent requests share one reading; a known version costs one statement", async () => {
    const { database } = await open();
    await apply(database, ACME);
    const store = storeOver(database, { now: () => NOW });
    const ask = (times: number) =>
      database.statementsOf(() =>
        Promise.all(Array.from({ length: times }, () => store.policies.get("acme"))),
      );
    const cold = await ask(8);
    const reads = cold.statements.filter((sql) => /^SELECT.*SharingRule/s.test(sql));
    expect(reads).toHaveLength(1);
    expect(new Set(cold.result).size).toBe(1);
    expect((await ask(1)).statements).toHaveLength(1);
    expect(await store.policies.get("nowhere")).toBeNull();
  });

  test("EN-05 EN-08 a kept reach ends with the first expiry that was considered for it, to the millisecond", async () => {
    const { database } = await open();
    await apply(database, ACME);
    const store = storeOver(database, { now: () => NOW });
    const end = NOW + HOUR;
    const seen = [];
    for (const now of [NOW, end - 1, end, end + 1, end - 1]) seen.push(await mayCy(store, "READ", now));
    expect(seen).toEqual([true, true, false, false, true]);
    expect(await mayCy(store, "UPDATE", NOW)).toBe(false);
  });

  test.each([
    ["are no condition", { nonsense: true }],
    ["name a field that is gone", { field: "gone", op: "EQ", value: "won" }],
    ["hold a value of another type", { field: "status", op: "EQ", value: 5 }],
    ["are an empty list", { all: [] }],
  ])("EN-07 criteria that %s admit nothing, and the rule says so", async (_, criteria) => {
    const { database } = await open();
    await apply(database, CRITERIA);
    const store = storeOver(database, { now: () => NOW });
    expect(await mayCy(store, "READ", NOW)).toBe(true);
    await database.write(async (tx) => {
      await tx.sharingRule.updateMany({ data: { criteria } });
      await tx.organization.updateMany({ data: { version: { increment: 1 } } });
    });
    expect(await mayCy(store, "READ", NOW)).toBe(false);
  });

  test("EN-07 a rule that is still being applied admits nothing, nor do matches of an older generation", async () => {
    const { database } = await open();
    await apply(database, CRITERIA);
    const store = storeOver(database, { now: () => NOW });
    for (const data of [{ status: "APPLYING" as const }, { status: "ACTIVE" as const, generation: 99 }]) {
      await database.write(async (tx) => {
        await tx.sharingRule.updateMany({ data });
        await tx.organization.updateMany({ data: { version: { increment: 1 } } });
      });
      expect(await mayCy(store, "READ", NOW), JSON.stringify(data)).toBe(false);
    }
  });

  test("EN-07 a policy with a cycle admits nothing: it is an error, never an answer", async () => {
    const { database } = await open();
    await apply(database, ACME);
    const store = storeOver(database, { now: () => NOW });
    await database.write(async (tx) => {
      const [ceo, rep] = [
        await tx.role.findFirstOrThrow({ where: { key: "ceo" } }),
        await tx.role.findFirstOrThrow({ where: { key: "rep" } }),
      ];
      await tx.role.update({
        where: { orgId_id: { orgId: ceo.orgId, id: ceo.id } },
        data: { parentId: rep.id },
      });
      await tx.organization.updateMany({ data: { version: { increment: 1 } } });
    });
    await expect(store.policies.get("acme")).rejects.toThrow(/cycle/);
  });
});
