import { describe, expect, test } from "vitest";
import { FOREVER } from "../../../src/kernel/instant.ts";
import { admits, reachOf } from "../../../src/policy/ask/reach.ts";
import { ACTIONS, type Action } from "../../../src/policy/model/org.ts";
import { ask, NOW, policyOf, type Rows, recordOf } from "../build.ts";

const WON = { field: "status", op: "EQ", value: "won" } as const;

const WORLD: Rows = {
  roles: { ceo: null, head: "ceo", rep: { parent: "head", peers: true }, desk: "ceo", aside: null },
  users: {
    cid: "ceo",
    hal: "head",
    ray: "rep",
    rue: "rep",
    dan: "desk",
    dot: "desk",
    oda: "aside",
    ina: { role: "head", status: "INACTIVE" },
  },
  groups: { mix: ["user:dan", "user:ray", "role:aside"] },
  modules: { leads: "PRIVATE", deals: "PUBLIC_READ_ONLY" },
};

describe("EN-05 until when a reach is valid", () => {
  const until = (rules: Rows["rules"], user = "oda", action: Action = "READ", module = "leads") =>
    reachOf(ask(policyOf({ ...WORLD, rules: rules ?? {} }), user, action, module)).validUntil;

  test.each<[string, Rows["rules"], number]>([
    ["for ever when nothing ends", { a: { from: "role:rep", to: "everyone" } }, FOREVER],
    ["the only expiry", { a: { from: "role:rep", to: "everyone", expiresAt: NOW + 5 } }, NOW + 5],
    [
      "the earliest of several",
      {
        a: { from: "role:rep", to: "everyone", expiresAt: NOW + 9 },
        b: { from: "role:desk", to: "everyone", expiresAt: NOW + 3 },
        c: { from: "role:head", to: "everyone", expiresAt: NOW + 5 },
      },
      NOW + 3,
    ],
    ["by criteria too", { a: { criteria: WON, to: "everyone", expiresAt: NOW + 4 } }, NOW + 4],
    [
      "of what is merged into everything, for it may be all that makes it so",
      { a: { from: "everyone", to: "everyone", expiresAt: NOW + 4 } },
      NOW + 4,
    ],
    [
      "what has expired already changes no more",
      { a: { from: "role:rep", to: "everyone", expiresAt: NOW } },
      FOREVER,
    ],
    ["nor what is somebody else's", { a: { from: "role:rep", to: "user:dan", expiresAt: NOW + 4 } }, FOREVER],
  ])("EN-05 %s", (_title, rules, expected) => {
    expect(until(rules)).toBe(expected);
  });

  test("EN-05 EN-08 a rule's expiry counts for the actions that it gives", () => {
    const rules: Rows["rules"] = {
      a: { from: "role:rep", to: "everyone", level: "READ_WRITE", expiresAt: NOW + 4 },
    };
    expect(ACTIONS.map((action) => until(rules, "oda", action))).toEqual([
      NOW + 4,
      NOW + 4,
      FOREVER,
      FOREVER,
      FOREVER,
    ]);
  });

  test("EN-05 from its instant on the reach is another one", () => {
    const policy = policyOf({
      ...WORLD,
      rules: { a: { from: "role:rep", to: "everyone", expiresAt: NOW + 4 } },
    });
    const record = recordOf(policy, "ray");
    const at = (now: number) =>
      admits(reachOf(ask(policy, "oda", "READ", "leads", now)), record, "READ", now);
    expect([at(NOW), at(NOW + 3), at(NOW + 4), at(NOW + 5)]).toEqual([true, true, false, false]);
  });
});
