import { describe, expect, test } from "vitest";
import { CAPABILITIES, type Capability, capabilityRow } from "../../../src/policy/capability.ts";
import { capabilitiesOf, holds } from "../../../src/policy/rights/holding.ts";
import { NOW, policyOf, type Rows, userIn } from "../build.ts";

const DAY = 86_400_000;

const ROWS: Rows = {
  roles: { rep: null },
  profiles: {
    mine: { capabilities: ["RUN_MACRO", "VIEW_ALL_DATA"], modules: { leads: ["VIEW"] } },
    deleter: { modules: { leads: ["VIEW", "DELETE"] } },
    blind: { modules: { leads: ["DELETE"] } },
  },
  users: {
    adm: { role: "rep", profile: "administrator" },
    std: "rep",
    mia: { role: "rep", profile: "mine" },
    del: { role: "rep", profile: "deleter" },
    bli: { role: "rep", profile: "blind" },
    sui: { role: "rep", profile: "mine", isAdministrator: true },
    off: { role: "rep", profile: "administrator", isAdministrator: true, status: "INACTIVE" },
    pen: { role: "rep", status: "PENDING" },
    tea: { role: "rep", license: "TEAM" },
    adt: { role: "rep", license: "TEAM", isAdministrator: true, team: { tickets: "ADMIN" } },
    mem: { role: "rep", license: "TEAM", team: { tickets: "MEMBER" } },
    req: { role: "rep", license: "TEAM", team: { tickets: "REQUESTER" } },
    odd: { role: "rep", license: "TEAM", team: { leads: "ADMIN" } },
    age: { license: "SUPPORT" },
    shut: { license: "SUPPORT" },
  },
  modules: { leads: "PRIVATE", tickets: "TEAM" },
  supportGrants: [
    { agent: "age", from: NOW - DAY, until: NOW + DAY, denials: ["VIEW_ALL_DATA"] },
    { agent: "shut", from: NOW - DAY, until: NOW },
  ],
};

const policy = policyOf(ROWS);
const BY_LICENCE: readonly Capability[] = ["BE_LOOKED_UP", "ASSIGNMENT_TARGET", "OWN_ORGANIZATION_RECORDS"];
const STANDARD = CAPABILITIES.filter((capability) => capabilityRow(capability).standard === true);
const ALWAYS = CAPABILITIES.filter((capability) => capabilityRow(capability).team === "ALWAYS");
const DENIED = CAPABILITIES.filter((capability) => capabilityRow(capability).denial !== undefined);

/** user | exactly what it holds */
const HELD: readonly [string, string, readonly Capability[]][] = [
  ["root", "SH-60 CA-02 the super administrator: everything", CAPABILITIES],
  ["adm", "CA-02 an administrator: everything", CAPABILITIES],
  [
    "std",
    "CA-02 standard: its column, and what licence and modules give",
    [...STANDARD, ...BY_LICENCE, "RECORD_DELETE"],
  ],
  [
    "mia",
    "CA-02 a custom profile: what it lists, and what the licence gives",
    ["RUN_MACRO", "VIEW_ALL_DATA", ...BY_LICENCE],
  ],
  ["del", "CA-02 DELETE in a module gives RECORD_DELETE", ["RECORD_DELETE", ...BY_LICENCE]],
  ["bli", "CA-02 but not without VIEW", BY_LICENCE],
  [
    "sui",
    "UA-03 a suite administrator: two more",
    ["RUN_MACRO", "VIEW_ALL_DATA", "MANAGE_USERS", "MANAGE_ADMIN_PERMISSIONS", ...BY_LICENCE],
  ],
  ["off", "UA-50 nobody but an active user holds anything", []],
  ["pen", "UA-50 a pending user neither", []],
  ["tea", "TU-12 a team user: what the table says", ALWAYS],
  [
    "adt",
    "TU-12p TU-21 a team user with the role ADMIN, whatever flag it has",
    [...ALWAYS, "RECORD_DELETE", "SEND_EMAIL", "MASS_EMAIL", "MAIL_MERGE", "EXPORT_DATA"],
  ],
  ["mem", "TU-21 MEMBER sends single emails and deletes", [...ALWAYS, "RECORD_DELETE", "SEND_EMAIL"]],
  ["req", "TU-21 REQUESTER does neither", ALWAYS],
  ["odd", "TU-20 a role in what is no team module gives nothing", ALWAYS],
  [
    "age",
    "SA-07 SA-08 an agent: everything less the denials, those of the grant, and what shows it",
    CAPABILITIES.filter(
      (each) => !DENIED.includes(each) && each !== "VIEW_ALL_DATA" && each !== "BE_LOOKED_UP",
    ),
  ],
  ["shut", "SA-03 an agent whose door is shut: nothing", []],
];

describe("Who holds which capability", () => {
  test.each(HELD)("%s: %s", (user, _title, held) => {
    const found = capabilitiesOf(policy, userIn(policy, user), NOW);
    expect([...found].sort()).toEqual([...held].sort());
    for (const capability of CAPABILITIES) {
      expect([capability, holds(policy, userIn(policy, user), capability, NOW)]).toEqual([
        capability,
        held.includes(capability),
      ]);
    }
  });

  test("CA-02 a list under standard replaces the column", () => {
    const adjusted = policyOf({
      ...ROWS,
      profiles: { ...ROWS.profiles, standard: { capabilities: ["MANAGE_ROLES"], modules: { leads: [] } } },
    });
    expect([...capabilitiesOf(adjusted, userIn(adjusted, "std"), NOW)].sort()).toEqual(
      ["MANAGE_ROLES", ...BY_LICENCE].sort(),
    );
  });

  test.each(
    CAPABILITIES.filter((each) => capabilityRow(each).denial !== undefined).map(
      (each) => [capabilityRow(each).denial, each] as const,
    ),
  )("%s is denied to an agent: %s", (_id, capability) => {
    expect(holds(policy, userIn(policy, "age"), capability, NOW)).toBe(false);
    expect(holds(policy, userIn(policy, "adm"), capability, NOW)).toBe(true);
  });

  test("EN-09 SA-07 of two grants that are open at once, the denials of both count, whatever their order", () => {
    const grants: NonNullable<Rows["supportGrants"]> = [
      { agent: "age", from: NOW - DAY, until: NOW + DAY, denials: ["VIEW_ALL_DATA"] },
      { agent: "age", from: NOW - 1, until: NOW + DAY, denials: ["MODIFY_ALL_DATA"] },
    ];
    for (const supportGrants of [grants, [...grants].reverse()]) {
      const two = policyOf({ ...ROWS, supportGrants });
      expect(holds(two, userIn(two, "age"), "VIEW_ALL_DATA", NOW)).toBe(false);
      expect(holds(two, userIn(two, "age"), "MODIFY_ALL_DATA", NOW)).toBe(false);
      expect(holds(two, userIn(two, "age"), "MANAGE_ROLES", NOW)).toBe(true);
    }
  });
});
