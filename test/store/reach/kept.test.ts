import { expect, test } from "vitest";
import { applyOrganization } from "../../../src/file/apply.ts";
import { parseOrganizationFile } from "../../../src/file/parse.ts";
import { viewerOf } from "../../../src/store/core/viewer.ts";
import { listRecords } from "../../../src/store/records/list.ts";
import { storeOver } from "../../../src/store/store.ts";
import { describeOnBoth } from "../../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");
const ENDS = NOW + 1000;

const FILE = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: STANDARD, seats: { regular: 5, team: 0 }, superAdmin: root@acme.test }
roles: { top: { name: Top }, rep: { name: Rep, parent: top }, desk: { name: Desk } }
users:
  root@acme.test: { name: Root, role: top }
  ray@acme.test: { name: Ray, role: rep }
  dan@acme.test: { name: Dan, role: desk }
modules: { leads: { label: Leads } }
sharingRules:
  to-dan: { module: leads, from: { role: rep }, to: { user: dan@acme.test }, access: READ_ONLY, expiresAt: ${new Date(ENDS).toISOString()} }
records: { leads: { lead-1: { owner: ray@acme.test, name: One } } }
`;

describeOnBoth("Reaches that are kept", (open) => {
  test("EN-05 SH-11 a kept reach serves until what it considered ends, and is not used from then on", async () => {
    const { database } = await open();
    await applyOrganization(database, parseOrganizationFile(FILE, "kept"), { now: NOW });
    const store = storeOver(database, { now: () => NOW });
    const policy = await store.policies.get("acme");
    const dan = policy?.usersByEmail.get("dan@acme.test");
    const leads = policy?.modulesByKey.get("leads");
    if (!policy || !dan || !leads) throw new Error("the file was applied");

    const at = (now: number) => store.policies.reaches(policy, dan, now);
    const kept = at(NOW);
    expect(kept.validUntil).toBe(ENDS);
    expect(at(NOW + 1)).toBe(kept);
    expect(at(ENDS - 1)).toBe(kept);
    const countAt = async (now: number) =>
      (await listRecords(viewerOf(store, policy, dan, now), leads, {})).totalCount();
    expect(await countAt(ENDS - 1)).toBe(1);
    expect(await countAt(ENDS)).toBe(0);
    expect(at(ENDS)).not.toBe(kept);
    // Nor is it used for an instant before it was made: another clock may be behind.
    expect(at(NOW)).not.toBe(at(ENDS));
    expect(await countAt(ENDS - 1)).toBe(1);
  });

  test("EN-05 SH-11 a policy change is in force with the next question, on every instance", async () => {
    const { database } = await open();
    const apply = (text: string) =>
      applyOrganization(database, parseOrganizationFile(text, "kept"), { now: NOW, prune: true });
    await apply(FILE);
    const instances = [storeOver(database, { now: () => NOW }), storeOver(database, { now: () => NOW })];
    const counts = () =>
      Promise.all(
        instances.map(async (store) => {
          const policy = await store.policies.get("acme");
          const dan = policy?.usersByEmail.get("dan@acme.test");
          const leads = policy?.modulesByKey.get("leads");
          if (!policy || !dan || !leads) throw new Error("the file was applied");
          return (await listRecords(viewerOf(store, policy, dan, NOW), leads, {})).totalCount();
        }),
      );
    expect(await counts()).toEqual([1, 1]);
    await apply(FILE.replace("from: { role: rep }", "from: { role: desk }"));
    expect(await counts()).toEqual([0, 0]);
    await apply(FILE);
    expect(await counts()).toEqual([1, 1]);
    await apply(FILE.replace("access: READ_ONLY,", "access: READ_ONLY, active: false,"));
    expect(await counts()).toEqual([0, 0]);
  });
});
