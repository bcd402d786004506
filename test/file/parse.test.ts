import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { InvalidPolicy } from "../../src/kernel/fault.ts";
import { randomOrganization } from "../random/organization.ts";
import { bad, GOOD } from "./bad-file.ts";
import { GOOD_FILES, REFUSED_FILES } from "./files.ts";

const ACME = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: Europe/Berlin, edition: ENTERPRISE, seats: { regular: 40, team: 10 }, superAdmin: Root@acme.test, hierarchy: REPORTING }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo, shareDataWithPeers: true, forecastManager: ray@acme.test }
profiles:
  standard: { modules: { leads: [EDIT, VIEW] }, capabilities: [SEND_EMAIL, EXPORT_DATA] }
  empty: { name: Empty }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator, administrator: true }
  Ray@Acme.test: { name: Ray, role: rep, reportsTo: ROOT@acme.test, status: INACTIVE, applications: [] }
  tia@acme.test: { name: Tia, role: rep, license: TEAM, teamModules: { tickets: MEMBER } }
groups:
  emea: { name: EMEA, members: [ { user: RAY@acme.test }, { role: rep }, { roleAndSubordinates: ceo }, { group: vips } ] }
  vips: { name: VIPs, members: [] }
modules:
  leads:
    label: Leads
    default: PUBLIC_READ_ONLY
    fields:
      status: { type: PICKLIST, options: [new, won], required: true }
      called: { type: DATETIME, label: Called at }
      account: { type: LOOKUP, module: accounts }
      boss: { type: USER }
      n: { type: NUMBER }
  accounts: { label: Accounts }
  tickets: { label: Tickets, kind: TEAM }
teamUserModules: [accounts, leads]
sharingRules:
  a: { module: leads, from: { role: rep }, to: { group: emea }, access: READ_WRITE, includeSuperiors: true, active: false, expiresAt: 2027-01-01T01:00:00+01:00 }
  b: { name: Mine, module: leads, criteria: { all: [ { field: boss, op: EQ, value: RAY@acme.test }, { field: account, op: IN, value: [acme] }, { field: called, op: GT, value: 2026-01-01T01:00:00+01:00 } ] }, to: everyone, access: READ_ONLY }
records:
  leads:
    lead-1: { owner: RAY@acme.test, name: One, values: { status: won, called: 2026-10-01T10:00:00+02:00, account: acme, boss: Tia@acme.test, n: -0.0 }, createdAt: 2026-10-01T08:00:00Z }
    lead-2: { owner: agent@vendor.test, name: Two, values: { status: new, n: null } }
  accounts:
    acme: { owner: root@acme.test, name: Acme }
shares:
  - { record: leads/lead-1, to: { user: Tia@acme.test }, access: READ_ONLY, expiresAt: 2027-01-01T00:00:00Z, includeRelated: false }
supportAccess: { agent: Agent@vendor.test, grantedAt: 2026-11-30T00:00:00Z, expiresOn: 2026-12-31, extraDenials: [SEND_EMAIL, RECORD_DELETE] }
expect:
  at: 2026-12-01T00:00:00Z
  access:
    - { user: Tia@acme.test, module: leads, read: [lead-1], update: [], delete: [], share: [] }
  capabilities:
    - { user: agent@vendor.test, allowed: [MANAGE_DATA_SHARING], denied: [SEND_EMAIL] }
`;

describe("BU-01 a file that is right", () => {
  const file = parseOrganizationFile(ACME, "acme.yaml");

  test("BU-01 people: addresses in lower case, defaults by licence", () => {
    expect(file.organization).toMatchObject({
      superAdmin: "root@acme.test",
      hierarchy: "REPORTING",
      seats: { regular: 40, team: 10 },
    });
    expect([...file.users.keys()]).toEqual(["root@acme.test", "ray@acme.test", "tia@acme.test"]);
    expect(file.users.get("ray@acme.test")).toEqual({
      name: "Ray",
      role: "rep",
      profile: "standard",
      license: "REGULAR",
      status: "INACTIVE",
      accepted: null,
      reportsTo: "root@acme.test",
      isAdministrator: false,
      formerly: null,
      applications: new Map(),
      teamRoles: new Map(),
    });
    expect(file.users.get("tia@acme.test")).toMatchObject({
      profile: "team-user",
      applications: new Map([["CRM", { isEnabled: true, values: {} }]]),
      teamRoles: new Map([["tickets", "MEMBER"]]),
    });
    expect(file.roles.get("rep")).toEqual({
      name: "Rep",
      parent: "ceo",
      shareDataWithPeers: true,
      forecastManager: "ray@acme.test",
    });
    expect(file.groups.get("emea")?.members).toEqual([
      { kind: "USER", email: "ray@acme.test" },
      { kind: "ROLE", role: "rep" },
      { kind: "ROLE_AND_SUBORDINATES", role: "ceo" },
      { kind: "GROUP", group: "vips" },
    ]);
  });

  test("CA-02 profiles: what is listed replaces, in the order of the catalogue; the rest is left", () => {
    expect(file.profiles.get("standard")).toEqual({
      kind: "STANDARD",
      name: "Standard",
      permissions: new Map([["leads", ["VIEW", "EDIT"]]]),
      capabilities: ["EXPORT_DATA", "SEND_EMAIL"],
    });
    expect(file.profiles.get("empty")).toEqual({
      kind: "CUSTOM",
      name: "Empty",
      permissions: new Map(),
      capabilities: [],
    });
  });

  test("SH-01 SH-09 modules: private organisation modules unless said, forecasts built in", () => {
    expect([...file.modules.keys()]).toEqual(["leads", "accounts", "tickets", "forecasts"]);
    expect(file.modules.get("accounts")).toEqual({
      label: "Accounts",
      kind: "ORGANIZATION",
      defaultAccess: "PRIVATE",
      isOpenToTeam: true,
      fields: new Map(),
    });
    expect(file.modules.get("tickets")).toMatchObject({ kind: "TEAM", isOpenToTeam: false });
    expect(file.modules.get("forecasts")).toMatchObject({ label: "Forecasts", defaultAccess: "PRIVATE" });
    expect([...(file.modules.get("leads")?.fields.keys() ?? [])]).toEqual([
      "status",
      "called",
      "account",
      "boss",
      "n",
    ]);
    expect(file.modules.get("leads")?.fields.get("status")).toEqual({
      label: null,
      type: "PICKLIST",
      isRequired: true,
      options: ["new", "won"],
      lookupModule: null,
    });
    expect(file.modules.get("leads")?.fields.get("account")).toMatchObject({ lookupModule: "accounts" });
  });

  test("SH-30 SH-32 rules: named by their key unless said, constants in stored form", () => {
    expect(file.sharingRules.get("a")).toEqual({
      name: "a",
      module: "leads",
      source: { kind: "ROLE", role: "rep" },
      criteria: null,
      target: { kind: "GROUP", group: "emea" },
      level: "READ_WRITE",
      includeSuperiors: true,
      isActive: false,
      expiresAt: Date.UTC(2027, 0, 1),
    });
    expect(file.sharingRules.get("b")).toMatchObject({
      name: "Mine",
      source: null,
      target: { kind: "EVERYONE" },
      criteria: {
        all: [
          { field: "boss", op: "EQ", value: "ray@acme.test" },
          { field: "account", op: "IN", value: ["acme"] },
          { field: "called", op: "GT", value: "2026-01-01T00:00:00.000Z" },
        ],
      },
      expiresAt: null,
    });
  });

  test("BU-01 records: values in stored form, references by name, null as absent, the agent as an owner (SA-08)", () => {
    expect(file.records?.get("leads")?.get("lead-1")).toEqual({
      owner: "ray@acme.test",
      name: "One",
      values: new Map<string, unknown>([
        ["status", "won"],
        ["called", "2026-10-01T08:00:00.000Z"],
        ["account", { kind: "RECORD", module: "accounts", key: "acme" }],
        ["boss", { kind: "USER", email: "tia@acme.test" }],
        ["n", 0],
      ]),
      createdAt: Date.UTC(2026, 9, 1, 8),
    });
    expect(file.records?.get("leads")?.get("lead-2")).toEqual({
      owner: "agent@vendor.test",
      name: "Two",
      values: new Map([["status", "new"]]),
      createdAt: null,
    });
    expect(file.shares).toEqual([
      {
        record: { module: "leads", key: "lead-1" },
        target: { kind: "USER", email: "tia@acme.test" },
        level: "READ_ONLY",
        expiresAt: Date.UTC(2027, 0, 1),
      },
    ]);
  });

  test("BU-04 support access and expectations", () => {
    expect(file.supportAccess).toEqual({
      agent: "agent@vendor.test",
      grantedAt: Date.UTC(2026, 10, 30),
      expiresOn: "2026-12-31",
      reason: null,
      extraDenials: ["RECORD_DELETE", "SEND_EMAIL"],
    });
    expect(file.expect).toEqual({
      at: Date.UTC(2026, 11, 1),
      access: [
        {
          user: "tia@acme.test",
          module: "leads",
          records: new Map([
            ["READ", ["lead-1"]],
            ["UPDATE", []],
            ["DELETE", []],
            ["SHARE", []],
          ]),
        },
      ],
      capabilities: [{ user: "agent@vendor.test", allowed: ["MANAGE_DATA_SHARING"], denied: ["SEND_EMAIL"] }],
    });
  });

  test("BU-01 what a file does not mention is null, what it says to be empty is empty", () => {
    const silent = parseOrganizationFile(bad({ records: null }).text, "acme.yaml");
    expect([silent.records, silent.shares, silent.supportAccess, silent.expect]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    const empty = parseOrganizationFile(bad({ records: "{}", shares: "[]", expect: "{}" }).text, "acme.yaml");
    expect([empty.records, empty.shares, empty.expect]).toEqual([
      new Map(),
      [],
      { at: null, access: [], capabilities: [] },
    ]);
  });
});

/** Near to what is refused, and right. */
// biome-ignore format: one row, one line
const ALLOWED: readonly [string, string, Parameters<typeof bad>[0]][] = [
  ["SH-31", "a rule from everyone", { sharingRules: "{ r: { module: leads, from: everyone, to: { user: ray@acme.test }, access: READ_ONLY } }" }],
  ["SH-38", "two rules that differ in level only", { sharingRules: "{ r: { module: leads, from: everyone, to: everyone, access: READ_ONLY }, s: { module: leads, from: everyone, to: everyone, access: READ_WRITE } }" }],
  ["SH-30", "one name in two modules", { sharingRules: "{ r: { module: leads, from: everyone, to: everyone, access: READ_ONLY }, s: { name: r, module: accounts, from: everyone, to: everyone, access: READ_ONLY } }" }],
  ["TU-21", "a rule in a team module", { sharingRules: "{ r: { module: tickets, from: everyone, to: everyone, access: READ_ONLY } }" }],
  ["TU-22", "a team user who owns a ticket", { records: `${GOOD["records"]}\n  tickets:\n    t: { owner: tia@acme.test, name: T }` }],
  ["UA-61", "a deleted owner", { records: `${GOOD["records"]}\n    lead-2: { owner: old@acme.test, name: Two }` }],
  ["SH-09", "records of forecasts, which need no declaration", { records: "{ forecasts: { q1: { owner: ray@acme.test, name: Q1 } } }" }],
  ["SH-09", "forecasts with a field", { modules: `${GOOD["modules"]}\n  forecasts: { fields: { amount: { type: NUMBER } } }` }],
  ["TU-10", "ten modules for team users", { modules: `${GOOD["modules"]}${"12345678".replace(/./g, "\n  m$&: { label: M$& }")}`, teamUserModules: "[ leads, accounts, m1, m2, m3, m4, m5, m6, m7, m8 ]" }],
  ["UA-13", "inactive users and users without an application, who hold no seat", { users: `${GOOD["users"]}\n  a@acme.test: { name: A, role: rep, status: INACTIVE }\n  b@acme.test: { name: B, applications: [] }\n  c@acme.test: { name: C, role: rep }` }],
  ["UA-11", "any number of restricted users", { users: `${GOOD["users"]}${"1234567".replace(/./g, "\n  r$&@acme.test: { name: R$&, applications: { PROJECTS: { values: { role: Employee, profile: Employee, project: General } }, DESK: { values: { role: Agent, profile: Agent, department: General, lightAgent: true } } } }")}` }],
  ["UA-42", "an application that is off and has no answers", { users: `${GOOD["users"]}\n  a@acme.test: { name: A, applications: { DESK: { enabled: false } } }` }],
  ["UA-31", "a ninth application", { applications: "{ WIKI: { name: Wiki, takesSeat: false, actions: { PENDING: [], ACTIVE: [EDIT] }, fields: { 2: { type: TEXT }, 1: { type: OPTION, options: [a] } }, administrators: [root@acme.test] } }" }],
  ["TU-04", "an inactive team user with a copied profile in an edition without team users", { organization: "{ key: acme, name: Acme, timeZone: UTC, edition: FREE, seats: { regular: 3, team: 0 }, superAdmin: root@acme.test }", profiles: "{ copy: { name: Team User copy } }", users: `${GOOD["users"]}`.replace("license: TEAM", "license: TEAM, status: INACTIVE, profile: copy") }],
  ["SH-40", "a group nested twice, which is no cycle", { groups: "{ a: { name: A, members: [ { group: b }, { group: c } ] }, b: { name: B, members: [ { group: c } ] }, c: { name: C, members: [] } }" }],
  ["SH-22", "a forecast manager of another role", { roles: "\n  ceo: { name: CEO, forecastManager: ray@acme.test }\n  manager: { name: Manager, parent: ceo }\n  rep: { name: Rep, parent: manager }" }],
  ["SA-02", "a grant that ends on the day it begins", { supportAccess: "{ agent: a@vendor.test, grantedAt: 2026-12-31T22:30:00Z, expiresOn: 2026-12-31 }" }],
  ["BU-01", "keys like properties of every object", { roles: `${GOOD["roles"]}\n  constructor: { name: C }\n  toString: { name: T, parent: constructor }` }],
  ["BU-01", "keys that look like numbers and truths", { roles: `${GOOD["roles"]}\n  2024: { name: N }\n  true: { name: T, parent: '2024' }` }],
  ["BU-01", "aliases", { groups: "{ a: { name: A, members: &m [ { role: rep } ] }, b: { name: B, members: *m } }" }],
  ["CA-02", "system profiles without a change", { profiles: "{ administrator: {}, standard: {}, team-user: {} }" }],
];

describe("BU-01 what is near a fault and none", () => {
  test.each(ALLOWED)("BU-01 %s %s", (_requirement, _title, sections) => {
    expect(() => parseOrganizationFile(bad(sections).text, "acme.yaml")).not.toThrow();
  });
});

describe("BU-04 the case files", () => {
  test.each(GOOD_FILES)("BU-04 $name loads", ({ name, text }) => {
    expect(parseOrganizationFile(text, name).users.size).toBeGreaterThan(0);
  });

  test.each(REFUSED_FILES)("SH-32 $name is refused, naming the place", ({ name, text }) => {
    const lines = text.split("\n");
    try {
      parseOrganizationFile(text, name);
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof InvalidPolicy)) throw error;
      expect(error.faults).toHaveLength(4);
      for (const fault of error.faults) {
        expect(fault).toMatchObject({ file: name, message: "the list is empty", requirement: "SH-32" });
        expect(lines[fault.line - 1]?.slice(fault.column - 1)).toMatch(/^\[\s*\]/);
      }
    }
  });

  test("BU-01 random organisations load, the same as YAML and as JSON", () => {
    for (let seed = 0; seed < 40; seed += 1) {
      const world = randomOrganization(seed);
      const fromYaml = parseOrganizationFile(
        stringify(world, { aliasDuplicateObjects: false }),
        "world.yaml",
      );
      expect(parseOrganizationFile(JSON.stringify(world), "world.json")).toEqual(fromYaml);
    }
  });
});

test("SH-40 SH-41 what is said twice counts once: of members the one, of shares the last", () => {
  const text = ACME.replace(
    "{ role: rep }, { roleAndSubordinates",
    "{ role: rep }, { role: rep }, { roleAndSubordinates",
  ).replace(
    "shares:\n",
    "shares:\n  - { record: leads/lead-1, to: { user: tia@acme.test }, access: FULL }\n",
  );
  const [once, twice] = [parseOrganizationFile(ACME, "acme.yaml"), parseOrganizationFile(text, "acme.yaml")];
  expect(text).not.toBe(ACME);
  expect(twice.groups).toEqual(once.groups);
  expect(twice.shares).toEqual(once.shares);
});
