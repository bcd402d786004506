import { describe, expect, test } from "vitest";
import { reachOf } from "../../../src/policy/ask/reach.ts";
import type { GateName } from "../../../src/policy/gate/gate.ts";
import { GATES, refusalsOf } from "../../../src/policy/gate/index.ts";
import { ACTIONS, type Action } from "../../../src/policy/model/org.ts";
import { allows, ask, NOW, policyOf, type Rows, recordOf, shareRow } from "../build.ts";

const DAY = 86_400_000;

const ROWS: Rows = {
  roles: { ceo: null, rep: "ceo" },
  profiles: {
    reader: { modules: { leads: ["VIEW"] } },
    blind: { modules: { leads: ["EDIT", "DELETE", "SHARE", "CHANGE_OWNER"] } },
    none: {},
    keeper: { modules: { leads: ["VIEW"] }, capabilities: ["VIEW_ALL_DATA"] },
    fixer: { modules: { leads: ["VIEW"] }, capabilities: ["MODIFY_ALL_DATA"] },
  },
  users: {
    ray: "rep",
    pat: { role: "rep", status: "PENDING" },
    ina: { role: "rep", status: "INACTIVE" },
    del: { role: "rep", status: "DELETED" },
    noa: { role: "rep", applications: new Set<string>() },
    des: { role: "rep", applications: new Set(["DESK"]) },
    adm: { role: "rep", profile: "administrator", applications: new Set<string>() },
    red: { role: "rep", profile: "reader" },
    bli: { role: "rep", profile: "blind" },
    non: { role: "rep", profile: "none" },
    kee: { role: "rep", profile: "keeper" },
    fix: { role: "rep", profile: "fixer" },
    tia: { role: "rep", license: "TEAM" },
    tea: { role: "rep", license: "TEAM", team: { tickets: "MEMBER" } },
    par: { role: "rep", team: { tickets: "PARTICIPANT" } },
    req: { role: "rep", license: "TEAM", team: { tickets: "REQUESTER" } },
    both: { role: "rep", status: "INACTIVE", profile: "none", applications: new Set<string>() },
    open: { license: "SUPPORT" },
    past: { license: "SUPPORT" },
    soon: { license: "SUPPORT" },
    back: { license: "SUPPORT" },
    nodel: { license: "SUPPORT" },
    never: { license: "SUPPORT" },
  },
  modules: {
    leads: { isOpenToTeam: true, defaultAccess: "PUBLIC_READ_WRITE_DELETE" },
    secret: "PUBLIC_READ_WRITE_DELETE",
    tickets: "TEAM",
  },
  supportGrants: [
    { agent: "open", from: NOW, until: NOW + 1 },
    { agent: "past", from: NOW - DAY, until: NOW },
    { agent: "soon", from: NOW + 1, until: NOW + DAY },
    { agent: "back", from: NOW - DAY, until: NOW + DAY, revokedAt: NOW },
    { agent: "nodel", from: NOW - DAY, until: NOW + DAY, denials: ["RECORD_DELETE"] },
  ],
};

const ALL: readonly Action[] = ACTIONS;
const WRITES = ACTIONS.filter((action) => action !== "READ");

/** user | module | the gate, its requirement, and the actions it refuses */
const GATE_ROWS: readonly [string, string, [GateName, string | undefined, readonly Action[]] | null][] = [
  ["ray", "leads", null],
  ["root", "leads", null],
  ["root", "secret", null],
  ["pat", "leads", ["STATUS", undefined, ALL]],
  ["ina", "leads", ["STATUS", undefined, ALL]],
  ["del", "leads", ["STATUS", undefined, ALL]],
  ["noa", "leads", ["APPLICATION", "UA-04", ALL]],
  ["des", "leads", ["APPLICATION", "UA-04", ALL]],
  ["adm", "leads", ["APPLICATION", "UA-04", ALL]],
  ["red", "leads", ["PROFILE", undefined, WRITES]],
  ["bli", "leads", ["PROFILE", undefined, ALL]],
  ["non", "leads", ["PROFILE", undefined, ALL]],
  ["red", "secret", ["PROFILE", undefined, ALL]],
  ["kee", "secret", ["PROFILE", undefined, ALL]],
  ["fix", "leads", ["PROFILE", undefined, WRITES]],
  ["tia", "leads", ["TEAM_LICENSE", "TU-12", WRITES]],
  ["tia", "secret", ["PROFILE", undefined, ALL]],
  ["tia", "tickets", ["PROFILE", "TU-21", ALL]],
  ["ray", "tickets", ["PROFILE", "TU-21", ALL]],
  ["tea", "tickets", null],
  ["par", "tickets", ["PROFILE", "TU-21", ["DELETE", "SHARE", "CHANGE_OWNER"]]],
  ["req", "tickets", ["PROFILE", "TU-21", ["DELETE", "SHARE", "CHANGE_OWNER"]]],
  ["root", "tickets", null],
  ["kee", "tickets", ["PROFILE", "TU-21", WRITES]],
  ["fix", "tickets", null],
  ["open", "leads", null],
  ["open", "secret", null],
  ["open", "tickets", null],
  ["past", "leads", ["SUPPORT", "SA-01", ALL]],
  ["soon", "leads", ["SUPPORT", "SA-01", ALL]],
  ["back", "leads", ["SUPPORT", "SA-01", ALL]],
  ["never", "leads", ["SUPPORT", "SA-01", ALL]],
  ["nodel", "leads", ["SUPPORT", "SA-08", ["DELETE"]]],
];

const policy = policyOf(ROWS);

describe("The gates", () => {
  test.each(GATE_ROWS)("%s in %s: %j (UA-04 TU-12 TU-21 SA-01 SA-03 SA-08 SH-05)", (user, module, shut) => {
    for (const action of ACTIONS) {
      const refusals = refusalsOf(ask(policy, user, action, module));
      const ofGate = refusals.filter(({ gate }) => gate === shut?.[0]);
      expect([action, ofGate.length]).toEqual([action, shut?.[2].includes(action) ? 1 : 0]);
      if (shut === null) expect(refusals).toEqual([]);
      for (const refusal of ofGate) {
        if (shut?.[1] === undefined) expect(refusal.requirement).toBeUndefined();
        else expect(refusal.requirement).toContain(shut[1]);
        expect(refusal.sentence).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  test.each(GATE_ROWS)(
    "one shut gate beats every grant: %s in %s %j (SA-07 TU-12 EN-01)",
    (user, module, shut) => {
      // Owner of the record, with FULL shares to itself and its role, in a module that is open to all.
      const record = recordOf(policy, user, module, {
        [`u:${user}`]: shareRow("FULL"),
        "r:rep": shareRow("FULL"),
      });
      for (const action of shut?.[2] ?? []) {
        expect([action, allows(policy, user, action, record)]).toEqual([action, false]);
        expect(reachOf(ask(policy, user, action, module)).kind).toBe("NOTHING");
      }
      if (shut === null) expect(allows(policy, user, "READ", record)).toBe(true);
    },
  );

  test.each([
    ["UPDATE", "TU-12a"],
    ["DELETE", "TU-12a"],
    ["SHARE", "TU-12e"],
    ["CHANGE_OWNER", "TU-12d"],
  ] as const)("a team user is refused %s with the id of the line: %s", (action, line) => {
    const [refusal] = refusalsOf(ask(policy, "tia", action)).filter(({ gate }) => gate === "TEAM_LICENSE");
    expect(refusal?.requirement).toBe(line);
  });

  test("SH-70 all shut gates are named, in the order of the list", () => {
    expect(refusalsOf(ask(policy, "both", "READ")).map(({ gate }) => gate)).toEqual([
      "STATUS",
      "APPLICATION",
      "PROFILE",
    ]);
    expect(new Set(GATES.map(({ name }) => name)).size).toBe(GATES.length);
    const shutSomewhere = new Set(GATE_ROWS.flatMap(([, , shut]) => (shut ? [shut[0]] : [])));
    expect(shutSomewhere).toEqual(new Set(GATES.map(({ name }) => name)));
  });

  test.each<[string, number]>([
    ["soon", NOW + 1],
    ["open", NOW + 1],
    ["nodel", NOW + DAY],
  ])("SA-03 EN-05 the door of %s changes next at %i, and a reach is not valid longer", (agent, next) => {
    for (const action of ACTIONS) expect(reachOf(ask(policy, agent, action)).validUntil).toBe(next);
    expect(reachOf(ask(policy, "ray", "READ")).validUntil).toBe(Number.MAX_SAFE_INTEGER);
    expect(reachOf(ask(policy, "past", "READ")).validUntil).toBe(Number.MAX_SAFE_INTEGER);
  });
});
