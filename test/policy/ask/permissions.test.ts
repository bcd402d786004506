import { describe, expect, test } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import { GATED_AS, permissionsIn } from "../../../src/policy/ask/permissions.ts";
import { refusalsOf } from "../../../src/policy/gate/index.ts";
import { PERMISSIONS, type Permission } from "../../../src/policy/model/org.ts";
import { questionsOf } from "../../../src/policy/model/policy.ts";
import { NOW, policyOf, type Rows, userIn } from "../build.ts";

const team = (role: "ADMIN" | "MANAGER" | "MEMBER" | "PARTICIPANT" | "REQUESTER") =>
  ({ license: "TEAM", team: { tickets: role } }) as const;

const ROWS: Rows = {
  profiles: {
    viewer: { modules: { leads: ["VIEW", "EXPORT"] } },
    blind: { modules: { leads: ["CREATE", "EDIT", "DELETE"] } },
    seer: { capabilities: ["VIEW_ALL_DATA"], modules: { leads: ["VIEW"] } },
    doer: { capabilities: ["MODIFY_ALL_DATA"], modules: { leads: ["VIEW"] } },
  },
  users: {
    std: {},
    vic: { profile: "viewer" },
    bli: { profile: "blind" },
    see: { profile: "seer" },
    dor: { profile: "doer" },
    off: { status: "INACTIVE" },
    noc: { applications: new Set() },
    adm: team("ADMIN"),
    man: team("MANAGER"),
    mem: team("MEMBER"),
    par: team("PARTICIPANT"),
    req: team("REQUESTER"),
    age: { license: "SUPPORT" },
    shy: { license: "SUPPORT" },
    shut: { license: "SUPPORT" },
  },
  modules: { leads: { isOpenToTeam: true }, tickets: "TEAM" },
  supportGrants: [
    { agent: "age", from: 0, until: NOW + 1 },
    { agent: "shy", from: 0, until: NOW + 1, denials: ["RECORD_DELETE"] },
    { agent: "shut", from: 0, until: NOW },
  ],
};
const policy = policyOf(ROWS);
const but = (...left: readonly Permission[]) => PERMISSIONS.filter((each) => !left.includes(each));

/** user | module | what it may do there */
const HELD: readonly (readonly [string, string, string, readonly Permission[]])[] = [
  ["root", "leads", "SH-60 the super administrator", PERMISSIONS],
  ["root", "tickets", "TU-21 the super administrator in a team module", PERMISSIONS],
  ["std", "leads", "CA-02 standard", PERMISSIONS],
  ["std", "tickets", "TU-21 no member", []],
  ["vic", "leads", "CA-02 what the profile lists", ["VIEW", "EXPORT"]],
  ["bli", "leads", "CA-02 nothing without VIEW", []],
  ["see", "tickets", "TU-21 no member, but VIEW_ALL_DATA", ["VIEW"]],
  ["dor", "tickets", "TU-21 no member, but MODIFY_ALL_DATA", PERMISSIONS],
  ["off", "leads", "UA-50 who is not active", []],
  ["noc", "leads", "UA-04 without the CRM", []],
  ["adm", "leads", "TU-11 TU-12 a team user in an organisation module", ["VIEW"]],
  ["adm", "tickets", "TU-21 ADMIN", PERMISSIONS],
  ["man", "tickets", "TU-21 MANAGER", PERMISSIONS],
  ["mem", "tickets", "TU-21 MEMBER", but("IMPORT", "EXPORT")],
  ["par", "tickets", "TU-21 PARTICIPANT", ["VIEW", "CREATE", "EDIT"]],
  ["req", "tickets", "TU-21 REQUESTER", ["VIEW", "CREATE", "EDIT"]],
  ["age", "leads", "SA-07 an agent", PERMISSIONS],
  ["shy", "leads", "SA-07 SA-08 an agent who is denied to delete", but("DELETE", "MASS_DELETE")],
  ["shut", "leads", "SA-03 an agent whose door is shut", []],
];

describe("What one may do in a module at all", () => {
  test.each(HELD)("%s in %s: %s", (user, module, _title, expected) => {
    expect(permissionsIn(policy, userIn(policy, user), moduleIn(module), NOW)).toEqual(expected);
  });

  test("EN-08 nothing is listed behind a shut gate", () => {
    for (const user of policy.org.users)
      for (const module of policy.org.modules) {
        const ask = questionsOf(policy, user, NOW);
        for (const each of permissionsIn(policy, user, module, NOW))
          expect(refusalsOf(ask(module, GATED_AS[each]))).toEqual([]);
      }
  });
});

function moduleIn(key: string) {
  const module = policy.modules.get(asId(key));
  if (!module) throw new Error(`no module ${key}`);
  return module;
}
