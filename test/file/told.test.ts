import { expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import type { AppliedBy } from "../../src/file/on-record.ts";
import { verifyLog } from "../../src/store/audit/chain/verify.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { describeOnBoth } from "../database.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

const FILE = `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 5, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
  ian@acme.test: { name: Ian, role: rep, status: INACTIVE }
groups:
  all: { name: All, members: [{ role: rep }] }
modules:
  leads: { label: Leads, fields: { status: { type: PICKLIST, options: [new, won] } } }
sharingRules:
  everyone: { module: leads, from: { role: ceo }, to: everyone, access: READ_ONLY }
records:
  leads:
    one: { owner: ray@acme.test, name: One, values: { status: new } }
    two: { owner: root@acme.test, name: Two }
shares:
  - { record: leads/two, to: { user: ray@acme.test }, access: READ_ONLY }
`;

async function apply(database: Database, text: string, by?: AppliedBy, prune = false) {
  const before = (await database.reader.auditHead.findFirst())?.sequence ?? 0;
  await applyOrganizationFile(database, { text, name: "acme.yaml" }, null, {
    ...{ now: NOW, prune, confirmDeletions: prune },
    ...(by === undefined ? {} : { by }),
  });
  return database.reader.auditEvent.findMany({
    where: { sequence: { gt: before } },
    orderBy: { sequence: "asc" },
  });
}

describeOnBoth("SA-24 what apply leaves in the log", (open) => {
  test("SA-24 one event for each thing that it adds, and one for the whole", async () => {
    const { database } = await open();
    const events = await apply(database, FILE);
    const actions = events.map(({ action }) => action);
    const counted = Object.entries(Object.groupBy(actions, (action) => action)).map(
      ([action, all]) => [action, all?.length] as const,
    );
    expect(Object.fromEntries(counted)).toEqual({
      CREATE_RECORD: 2,
      SHARE_RECORD: 1,
      CREATE_ROLE: 2,
      CREATE_PROFILE: 3,
      // The one of the file, and the built-in forecasts.
      CREATE_MODULE: 2,
      CREATE_FIELD: 1,
      CREATE_USER: 3,
      CREATE_GROUP: 1,
      CREATE_SHARING_RULE: 1,
      APPLY_ORGANIZATION_FILE: 1,
    });
    expect(actions.at(-1)).toBe("APPLY_ORGANIZATION_FILE");
    expect(events.every(({ actorId, isSupport }) => actorId === null && !isSupport)).toBe(true);
    const orgId = events[0]!.orgId;
    expect(await verifyLog(database, AUDIT_KEYS, orgId)).toMatchObject({ faults: [], events: events.length });
    expect(await apply(database, FILE)).toEqual([]);
  });

  test.each([
    ["a role's name", "name: Rep,", "name: Reps,", "UPDATE_ROLE", { name: "Rep" }, { name: "Reps" }],
    ["a role's place", ", parent: ceo }", " }", "MOVE_ROLE", {}, { parentId: null }],
    ["a person's name", "name: Ray,", "name: Roy,", "UPDATE_USER", { name: "Ray" }, { name: "Roy" }],
    [
      "a person's status",
      ", status: INACTIVE",
      "",
      "UPDATE_USER",
      { status: "INACTIVE" },
      { status: "ACTIVE" },
    ],
    ["a group's name", "name: All,", "name: Some,", "UPDATE_GROUP", { name: "All" }, { name: "Some" }],
    [
      "a module's label",
      "label: Leads,",
      "label: Chances,",
      "UPDATE_MODULE",
      { label: "Leads" },
      { label: "Chances" },
    ],
    [
      "a field's options",
      "[new, won]",
      "[new, won, lost]",
      "UPDATE_FIELD",
      {},
      { options: ["new", "won", "lost"] },
    ],
    [
      "a record's value",
      "status: new",
      "status: won",
      "UPDATE_RECORD",
      { values: { status: "new" } },
      { values: { status: "won" } },
    ],
    [
      "a share's level",
      "ray@acme.test }, access: READ_ONLY",
      "ray@acme.test }, access: FULL",
      "SHARE_RECORD",
      { level: "READ_ONLY" },
      { level: "FULL" },
    ],
    [
      "the organisation's name",
      "name: Acme,",
      "name: Acme Inc,",
      null,
      { name: "Acme" },
      { name: "Acme Inc" },
    ],
  ] as const)(
    "SA-24 of a change of %s it tells before and after",
    async (_, from, to, action, before, after) => {
      const { database } = await open();
      await apply(database, FILE);
      const events = await apply(database, FILE.replace(from, to));
      const expected = action === null ? [] : [action];
      expect(events.map((event) => event.action)).toEqual([...expected, "APPLY_ORGANIZATION_FILE"]);
      expect(events[0]).toMatchObject({ before, after });
    },
  );

  test("SA-24 what is pruned is told with what it was", async () => {
    const { database } = await open();
    await apply(database, FILE);
    const less = FILE.replace(/ {2}ian.*\n/, "")
      .replace(/ {4}two.*\n/, "")
      .replace(/shares:[^]*$/, "");
    const events = await apply(database, less, undefined, true);
    const told = events.map(({ action, before }) => [action, (before as { name?: string } | null)?.name]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["DELETE_RECORD", "Two"],
        ["DELETE_USER", "Ian"],
      ]),
    );
  });

  test("SA-24 it says who applied: somebody of the organisation, or the account", async () => {
    const { database } = await open();
    const first = await apply(database, FILE, { as: null, account: "operator" });
    expect(new Set(first.map(({ account, actorId }) => `${account} ${actorId}`))).toEqual(
      new Set(["operator null"]),
    );
    const ray = await database.reader.user.findFirstOrThrow({ where: { email: "ray@acme.test" } });
    const changed = FILE.replace("name: Rep,", "name: Reps,");
    const events = await apply(database, changed, { as: "Ray@acme.test", account: "operator" });
    expect(events.map(({ actorId }) => actorId)).toEqual([ray.id, ray.id]);
    for (const nobody of ["roy@acme.test", "ian@acme.test"])
      await expect(apply(database, FILE, { as: nobody, account: null })).rejects.toThrow("nobody active");
    expect((await apply(database, changed)).length).toBe(0);
  });
});
