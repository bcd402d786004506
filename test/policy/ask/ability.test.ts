import { describe, expect, test } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import { FOREVER } from "../../../src/kernel/instant.ts";
import { abilityFrom, may, reachesOf, reachIn } from "../../../src/policy/ask/ability.ts";
import { admits, judgedRecord } from "../../../src/policy/ask/reach.ts";
import { ACTIONS } from "../../../src/policy/model/org.ts";
import {
  abilityOf,
  allows,
  NOW,
  policyOf,
  type Rows,
  type RuleRow,
  recordOf,
  shareRow,
  userIn,
} from "../build.ts";

const MANY: { readonly [key: string]: RuleRow } = Object.fromEntries(
  Array.from({ length: 60 }, (_, at): [string, RuleRow] => [
    `rule-${at}`,
    {
      from: at % 2 ? "role:rep" : "group:mix",
      to: "everyone",
      level: at % 3 ? "READ_ONLY" : "READ_WRITE",
      expiresAt: NOW + 100 + at,
    },
  ]),
);

const WORLD: Rows = {
  roles: { head: null, rep: "head" },
  users: { hal: "head", ray: "rep", rue: "rep" },
  groups: { mix: ["user:rue"] },
  modules: { leads: "PRIVATE", deals: "PUBLIC_READ_ONLY", tickets: "TEAM" },
  rules: MANY,
};

describe("EN-04 the ability of a request", () => {
  const policy = policyOf(WORLD);

  test("EN-04 has one rule per action and module, however many sharing rules there are", () => {
    const ability = abilityOf(policy, "hal");
    expect(ability.rules.length).toBe(ACTIONS.length * policy.org.modules.length);
    for (const module of policy.org.modules) {
      for (const action of ACTIONS) expect(ability.rulesFor(action, module.id).length).toBe(1);
    }
  });

  test("EN-04 EN-01 carries the very reach that lists use, and checks by it", () => {
    const reaches = reachesOf(policy, userIn(policy, "hal"), NOW);
    const ability = abilityFrom(reaches, NOW);
    for (const { moduleId, action, reach } of reaches.reaches) {
      expect(reachIn(ability, action, moduleId)).toBe(reach);
      for (const owner of ["root", "hal", "ray", "rue"]) {
        const record = recordOf(policy, owner, moduleId, { "u:hal": shareRow("READ_WRITE") });
        expect(may(ability, action, record)).toBe(admits(reach, record, action, NOW));
        expect(may(ability, action, record)).toBe(ability.can(action, record));
      }
    }
  });

  test("EN-07 a module that is not in the policy admits nothing, to nobody", () => {
    const gone = judgedRecord({
      moduleId: asId("gone"),
      ownerSeq: userIn(policy, "hal").seq,
      grants: new Map([["u:hal", shareRow("FULL")]]),
    });
    for (const action of ACTIONS) {
      expect(allows(policy, "hal", action, gone)).toBe(false);
      expect(allows(policy, "root", action, gone)).toBe(false);
      expect(reachIn(abilityOf(policy, "root"), action, asId("gone"))).toEqual({
        kind: "NOTHING",
        validUntil: FOREVER,
      });
    }
  });

  test("EN-04 each record is judged by its own module", () => {
    expect(allows(policy, "ray", "READ", recordOf(policy, "root", "deals"))).toBe(true);
    expect(allows(policy, "ray", "READ", recordOf(policy, "root", "leads"))).toBe(false);
    expect(allows(policy, "ray", "READ", recordOf(policy, "root", "tickets"))).toBe(false);
  });

  test("EN-05 reaches are valid from their instant to the earliest expiry of any of them", () => {
    const { from, validUntil } = reachesOf(policy, userIn(policy, "hal"), NOW);
    expect({ from, validUntil }).toEqual({ from: NOW, validUntil: NOW + 100 });
    expect(reachesOf(policyOf({ ...WORLD, rules: {} }), userIn(policy, "hal"), NOW).validUntil).toBe(FOREVER);
    expect(reachesOf(policyOf({ ...WORLD, modules: {} }), userIn(policy, "hal"), NOW)).toEqual({
      from: NOW,
      validUntil: FOREVER,
      reaches: [],
    });
  });

  test("EN-08 an ability of kept reaches judges shares at its own instant", () => {
    const reaches = reachesOf(policy, userIn(policy, "ray"), NOW);
    const record = recordOf(policy, "root", "leads", { "u:ray": shareRow("FULL", NOW + 50) });
    const at = (now: number) => may(abilityFrom(reaches, now), "READ", record);
    expect([at(NOW), at(NOW + 49), at(NOW + 50)]).toEqual([true, true, false]);
  });
});
