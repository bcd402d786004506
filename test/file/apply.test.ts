import { expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { openStore } from "../../src/database/open.ts";
import { applyOrganization, applyOrganizationFile } from "../../src/file/apply.ts";
import { exportOrganization } from "../../src/file/export.ts";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import { InvalidInput, InvalidPolicy } from "../../src/kernel/fault.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { describeOnBoth } from "../database.ts";
import { instantOf, randomOrganization } from "../random/organization.ts";
import { size } from "../size.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");

/** A small organisation, as text that tests change by replacing a part. */
const ACME = `sightline: 1
organization: { key: acme, name: Acme, timeZone: Europe/Berlin, edition: ENTERPRISE, seats: { regular: 9, team: 3 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo, forecastManager: ray@acme.test }
profiles:
  clerk: { name: Clerk, modules: { leads: [VIEW] }, capabilities: [EXPORT_DATA] }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
  rue@acme.test: { name: Rue, role: rep, profile: clerk, reportsTo: root@acme.test }
  tia@acme.test: { name: Tia, role: rep, license: TEAM, teamModules: { tickets: MEMBER } }
groups:
  all: { name: All, members: [ { role: rep }, { group: few } ] }
  few: { name: Few, members: [ { user: root@acme.test } ] }
modules:
  leads: { label: Leads, fields: { status: { type: PICKLIST, options: [new, won] }, twin: { type: LOOKUP, module: leads }, buddy: { type: USER } } }
  tickets: { label: Tickets, kind: TEAM }
sharingRules:
  won: { module: leads, criteria: { all: [ { field: status, op: EQ, value: won }, { field: buddy, op: NE, value: rue@acme.test } ] }, to: { group: all }, access: READ_ONLY }
  reps: { module: leads, from: { role: rep }, to: { role: ceo }, access: READ_WRITE }
records:
  leads:
    one: { owner: ray@acme.test, name: One, values: { status: won, twin: two, buddy: root@acme.test } }
    two: { owner: rue@acme.test, name: Two, values: { status: new, twin: two } }
  tickets:
    t1: { owner: tia@acme.test, name: Ticket }
shares:
  - { record: leads/two, to: { user: ray@acme.test }, access: READ_WRITE, expiresAt: 2027-01-01T00:00:00Z }
  - { record: leads/two, to: { group: few }, access: FULL }
supportAccess: { agent: agent@vendor.test, expiresOn: 2026-12-24 }
`;

const AGENTS = new Set(["agent@vendor.test"]);

function apply(
  database: Database,
  text: string,
  options: Partial<Parameters<typeof applyOrganization>[2]> = {},
) {
  return applyOrganizationFile(database, { text, name: "acme.yaml" }, AGENTS, { now: NOW, ...options });
}

async function exported(database: Database): Promise<string> {
  return printOrganizationFile(await exportOrganization(database, "acme"));
}

/** Everything derived, as it stands: grants by key and record, and owner counts. */
async function derived(database: Database) {
  const grants = await database.reader.recordGrant.findMany({
    orderBy: [{ recordId: "asc" }, { key: "asc" }],
  });
  const counts = await database.reader.ownerCount.findMany({
    orderBy: [{ moduleId: "asc" }, { ownerSeq: "asc" }],
  });
  return JSON.stringify([grants, counts], (_, value) => (typeof value === "bigint" ? Number(value) : value));
}

// What is changed in the file, how (regular expression, replacement), and what the import counts.
const CHANGES: readonly [string, RegExp, string, object][] = [
  ["a name of the organisation", /name: Acme,/, "name: Acme Ltd,", { organization: { changed: 1 } }],
  ["a role's forecast manager", /, forecastManager: ray@acme.test/, "", { roles: { changed: 1 } }],
  ["peers", /name: Rep,/, "name: Rep, shareDataWithPeers: true,", { roles: { changed: 1 } }],
  ["a profile's permissions", /leads: \[VIEW\]/, "leads: [VIEW, EDIT]", { profiles: { changed: 1 } }],
  ["a user's role", /name: Ray, role: rep/, "name: Ray, role: ceo", { users: { changed: 1 } }],
  ["a user's applications", /name: Ray,/, "name: Ray, applications: [],", { users: { changed: 1 } }],
  [
    "a value of an application",
    /name: Ray,/,
    "name: Ray, applications: { CRM: {}, DESK: { enabled: false, values: { role: Agent } } },",
    { users: { changed: 1 } },
  ],
  [
    "another application",
    /^users:/m,
    "applications: { WIKI: { name: Wiki } }\nusers:",
    { applications: { added: 1 } },
  ],
  [
    "what an application asks",
    /^users:/m,
    "applications: { DESK: { name: Help desk } }\nusers:",
    { applications: { changed: 1 } },
  ],
  [
    "who administers an application",
    /^users:/m,
    "applications: { DESK: { administrators: [root@acme.test] } }\nusers:",
    { applications: { changed: 1 } },
  ],
  ["a team role", /tickets: MEMBER/, "tickets: ADMIN", { users: { changed: 1 } }],
  ["a group's members", /\{ role: rep \}, /, "", { groups: { changed: 1 } }],
  ["a default", /label: Leads,/, "label: Leads, default: PUBLIC_READ_ONLY,", { modules: { changed: 1 } }],
  ["a field's options", /options: \[new, won\]/, "options: [new, won, lost]", { fields: { changed: 1 } }],
  [
    "a rule's level",
    /to: \{ role: ceo \}, access: READ_WRITE/,
    "to: { role: ceo }, access: READ_ONLY",
    { sharingRules: { changed: 1 } },
  ],
  ["a rule's criteria", /op: EQ, value: won/, "op: NE, value: won", { sharingRules: { changed: 1 } }],
  [
    "a rule's activation",
    /to: \{ group: all \},/,
    "to: { group: all }, active: false,",
    { sharingRules: { changed: 1 } },
  ],
  ["a record's values", /status: new/, "status: won", { records: { changed: 1 } }],
  ["a record's owner", /two: \{ owner: rue/, "two: { owner: ray", { records: { changed: 1 } }],
  ["a share's level", /access: FULL/, "access: READ_ONLY", { shares: { changed: 1 } }],
  [
    "a new record",
    /(records:\n {2}leads:\n)/,
    "$1    three: { owner: ray@acme.test, name: Three }\n",
    { records: { added: 1 } },
  ],
];

describeOnBoth("an organisation file", (open) => {
  test("BU-01 applying it twice writes nothing the second time", async () => {
    const { database } = await open();
    const first = await apply(database, ACME);
    const before = await derived(database);
    const events = await database.reader.auditEvent.count();
    const second = await apply(database, ACME, { now: NOW + 1000 });
    expect([first.isChanged, second.isChanged, second.version]).toEqual([true, false, first.version]);
    expect(await derived(database)).toBe(before);
    expect(await database.reader.auditEvent.count()).toBe(events);
  });

  test.each(CHANGES)(
    "BU-01 a change of %s is the only change, and raises the version once",
    async (_, from, to, counted) => {
      const { database } = await open();
      const { version, orgId } = await apply(database, ACME);
      const changed = ACME.replace(from, to);
      expect(changed).not.toBe(ACME);
      const applied = await apply(database, changed, { now: NOW + 1000 });
      const total = Object.values(applied.tallies).reduce(
        (sum, { added, changed, removed }) => sum + added + changed + removed,
        0,
      );
      expect(applied.tallies).toMatchObject(counted);
      expect([total, applied.version]).toEqual([1, version + 1]);
      // The derived rows are those of an import from nothing.
      const fresh = await open();
      const again = await apply(fresh.database, await exported(database));
      expect(await shapeOfGrants(fresh.database, again.orgId)).toEqual(await shapeOfGrants(database, orgId));
      expect(await exported(fresh.database)).toBe(await exported(database));
    },
  );

  test("BU-01 a fault anywhere changes nothing and names its place", async () => {
    const { database } = await open();
    await apply(database, ACME);
    const before = [await exported(database), await derived(database)];
    const broken = ACME.replace("name: Ray", "name: Raymond").replace(
      "record: leads/two, to: { group: few }",
      "record: leads/four, to: { group: few }",
    );
    await expect(apply(database, broken)).rejects.toThrow(InvalidPolicy);
    await expect(apply(database, broken)).rejects.toThrow(/^acme\.yaml:\d+:\d+: shares\[1\]/);
    expect([await exported(database), await derived(database)]).toEqual(before);
  });

  test("BU-01 when a record was created cannot change: the whole import is undone", async () => {
    const { database } = await open();
    await apply(database, ACME);
    const before = await exported(database);
    const moved = ACME.replace(/name: (One|Two),/g, "name: $1, createdAt: 2020-01-01T00:00:00Z,");
    await expect(apply(database, moved)).rejects.toThrow(
      /^acme\.yaml:\d+:\d+: records\.leads\.one\.createdAt: CONFLICT: .*\nacme\.yaml:\d+:\d+: records\.leads\.two\.createdAt: /,
    );
    expect(await exported(database)).toBe(before);
  });

  test("BU-01 what the file leaves out stays, unless pruned; pruning people needs to be confirmed", async () => {
    const { database } = await open();
    await apply(database, ACME);
    const smaller =
      `${ACME.slice(0, ACME.indexOf("sharingRules:"))}records: { leads: { one: { owner: ray@acme.test, name: One, values: { status: won, buddy: root@acme.test } } } }
shares: []
`
        .replace(/ {2}rue@acme.test.*\n/, "")
        .replace(/groups:\n(.*\n){2}/, "")
        .replace(/profiles:\n.*\n/, "");
    const kept = await apply(database, smaller);
    expect(kept.tallies.users.removed + kept.tallies.sharingRules.removed + kept.tallies.shares.removed).toBe(
      0,
    );
    expect(await exported(database)).toContain("rue@acme.test");

    await expect(apply(database, smaller, { prune: true })).rejects.toThrow(InvalidInput);
    await expect(apply(database, smaller, { prune: true })).rejects.toMatchObject({
      code: "CONFIRMATION_REQUIRED",
    });
    const pruned = await apply(database, smaller, { prune: true, confirmDeletions: true });
    expect(pruned.tallies).toMatchObject({
      users: { removed: 1 },
      groups: { removed: 2 },
      profiles: { removed: 1 },
      sharingRules: { removed: 2 },
      // Its shares go with it.
      records: { removed: 1 },
    });
    expect((await apply(database, smaller, { prune: true, confirmDeletions: true })).isChanged).toBe(false);
    const after = await exported(database);
    // Whoever was deleted keeps the name, and the address is free.
    expect(after).not.toContain("rue@acme.test");
    expect(after).toMatch(/@deleted\.invalid: .*status: DELETED/);
    for (const gone of ["few", "clerk", "sharingRules", "two:"]) expect(after).not.toContain(gone);
    expect(await database.reader.recordGrant.count()).toBe(0);
  });

  test("SH-37 an expired rule by criteria keeps no matches; prolonged, it has them again", async () => {
    const { database } = await open();
    const until = (instant: string) =>
      ACME.replace("to: { group: all },", `to: { group: all }, expiresAt: ${instant},`);
    const matches = () => database.reader.recordGrant.count({ where: { key: { startsWith: "c:" } } });
    await apply(database, until("2026-12-01T12:00:00Z"));
    expect(await matches()).toBe(0);
    await apply(database, until("2026-12-02T00:00:00Z"), { now: NOW + 1000 });
    expect(await matches()).toBe(1);
  });

  test("SA-02 the agent must be on the vendor's list", async () => {
    const { database } = await open();
    const stranger = ACME.replace("agent@vendor.test", "stranger@vendor.test");
    await expect(apply(database, stranger)).rejects.toThrow(/^acme\.yaml:31:25: supportAccess\.agent.*SA-02/);
    expect(await database.reader.organization.count()).toBe(0);
  });

  test("BU-02 an export applied to an empty database is the same to the byte", async () => {
    for (const seed of [1, 2, 3, 5, 8, 13, 21, 34].slice(0, size.exports)) {
      const world = randomOrganization(seed);
      const [source, target] = [await open(), await open()];
      const now = instantOf(world);
      await applyOrganization(source.database, parseOrganizationFile(JSON.stringify(world), `seed ${seed}`), {
        now,
      });
      const first = printOrganizationFile(await exportOrganization(source.database, world.organization.key));
      await applyOrganization(target.database, parseOrganizationFile(first, "export"), { now: now + 5000 });
      const second = printOrganizationFile(await exportOrganization(target.database, world.organization.key));
      expect(second, `seed ${seed}`).toBe(first);
    }
  });

  test("EN-11 the database refuses a reference to another organisation's row", async () => {
    const { database } = await open();
    const { orgId } = await apply(database, ACME);
    const other = await apply(database, ACME.replace("key: acme", "key: other"));
    const record = await database.reader.record.findFirstOrThrow({ where: { orgId: other.orgId } });
    const owner = await database.reader.user.findFirstOrThrow({ where: { orgId } });
    const moved = database.write((tx) =>
      tx.record.update({
        where: { orgId_id: { orgId: other.orgId, id: record.id } },
        data: { ownerId: owner.id },
      }),
    );
    await expect(moved).rejects.toThrow(/[Ff]oreign key/);
  });
});

/** The grants by the names of what they name, since ids differ from database to database. */
async function shapeOfGrants(database: Database, orgId: string): Promise<readonly string[]> {
  const [grants, records, users, groups, rules] = [
    await database.reader.recordGrant.findMany({ where: { orgId } }),
    await database.reader.record.findMany({ where: { orgId } }),
    await database.reader.user.findMany({ where: { orgId } }),
    await database.reader.group.findMany({ where: { orgId } }),
    await database.reader.sharingRule.findMany({ where: { orgId } }),
  ];
  const names = new Map<string, string>([
    ...records.map((row) => [row.id, row.key] as const),
    ...users.map((row) => [row.id, row.email ?? ""] as const),
    ...groups.map((row) => [row.id, row.key] as const),
    ...rules.map((row) => [row.id, row.key] as const),
  ]);
  const named = (key: string) =>
    key.replace(/^(.:)([^#]+)(#\d+)?$/, (_, kind, id) => `${kind}${names.get(id)}`);
  return grants
    .map(
      (row) =>
        `${names.get(row.recordId)} ${named(row.key)} ${row.readUntil} ${row.updateUntil} ${row.deleteUntil} ${row.shareUntil}`,
    )
    .sort();
}

describeOnBoth("EN-05 two imports at once", (open) => {
  test("one waits for the other: the outcome is that of one order, and versions count both", async () => {
    const { database, url } = await open();
    const first = await apply(database, ACME);
    const elsewhere = await openStore(url, { auditKeys: AUDIT_KEYS });
    try {
      const texts = ["One", "Two"].map((name) =>
        ACME.replace("name: Acme,", `name: ${name},`).replace("name: Ray,", `name: ${name},`),
      );
      const [one, two] = await Promise.all([
        apply(database, texts[0] ?? ""),
        apply(elsewhere, texts[1] ?? ""),
      ]);
      expect([one.version, two.version].sort()).toEqual([first.version + 1, first.version + 2]);
      const last = one.version > two.version ? "One" : "Two";
      const after = await exported(database);
      expect(after).toContain(`\n  name: ${last}\n`);
      expect(after).toContain(`ray@acme.test: { name: ${last}, role: rep }`);
      const events = await database.reader.auditEvent.findMany({ orderBy: { sequence: "asc" } });
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, at) => at + 1));
      expect(events.filter(({ action }) => action === "APPLY_ORGANIZATION_FILE")).toHaveLength(3);
    } finally {
      await elsewhere.close();
    }
  });

  test("policy writers keep each other out, writers of records share", async () => {
    const { database, url } = await open();
    const { orgId, version } = await apply(database, ACME);
    const elsewhere = await openStore(url, { auditKeys: AUDIT_KEYS });
    const order: string[] = [];
    const held = Promise.withResolvers<void>();
    try {
      const reader = database.write(async (tx) => {
        expect(await database.lockVersion(tx, orgId, "SHARE")).toBe(version);
        order.push("records locked");
        await held.promise;
        order.push("records done");
      });
      while (order.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const policy = elsewhere.write(async (tx) => {
        await elsewhere.lockVersion(tx, orgId, "UPDATE");
        order.push("policy locked");
      });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(order).toEqual(["records locked"]);
      held.resolve();
      await Promise.all([reader, policy]);
      expect(order).toEqual(["records locked", "records done", "policy locked"]);
      expect(
        await elsewhere.write((tx) =>
          elsewhere.lockVersion(tx, "00000000-0000-7000-8000-000000000000", "SHARE"),
        ),
      ).toBeNull();
    } finally {
      await elsewhere.close();
    }
  });
});
