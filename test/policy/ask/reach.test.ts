import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { grantsOf } from "../../../src/policy/access/index.ts";
import type { Grant } from "../../../src/policy/access/kind.ts";
import { admits, type GrantRow, grantAdmits, reachOf, untilOf } from "../../../src/policy/ask/reach.ts";
import { ACTIONS, type Action } from "../../../src/policy/model/org.ts";
import { hasSeq } from "../../../src/policy/model/owners.ts";
import { ask, NOW, namesIn, policyOf, type Rows, recordOf, shareRow } from "../build.ts";

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

type Described =
  | "NOTHING"
  | "EVERYTHING"
  | {
      readonly owners: readonly string[];
      readonly roles: readonly string[];
      readonly lone: readonly string[];
      readonly keys: { readonly [key: string]: readonly string[] | null };
    };

/** The reach in the terms of the builder. */
function described(rows: Rows, user: string, action: Action, module: string): Described {
  const policy = policyOf({ ...WORLD, ...rows });
  const reach = reachOf(ask(policy, user, action, module));
  if (reach.kind !== "SOME") return reach.kind;
  return {
    owners: namesIn(policy, ({ seq }) => hasSeq(reach.ownerMask, seq)),
    roles: [...reach.roles].sort(),
    lone: [...reach.loneOwners].sort(),
    keys: Object.fromEntries(
      [...reach.keys].map(([key, within]) => [
        key,
        within === null ? null : namesIn(policy, ({ seq }) => hasSeq(within, seq)),
      ]),
    ),
  };
}

const SHARES = { "u:oda": null, "r:aside": null, "s:aside": null, "g:mix": null };

describe("EN-04 merging grants into a reach", () => {
  test.each<[string, Rows, string, Action, string, Described]>([
    ["behind a shut gate: nothing", {}, "ina", "READ", "leads", "NOTHING"],
    ["the public default: everything", {}, "oda", "READ", "deals", "EVERYTHING"],
    [
      "but not for an action that it does not give",
      {},
      "oda",
      "UPDATE",
      "deals",
      { owners: ["oda"], roles: [], lone: ["oda"], keys: SHARES },
    ],
    [
      "an owner with shares",
      {},
      "oda",
      "READ",
      "leads",
      { owners: ["oda"], roles: [], lone: ["oda"], keys: SHARES },
    ],
    [
      "a superior: roles as a whole",
      {},
      "hal",
      "READ",
      "leads",
      {
        owners: ["hal", "ray", "rue"],
        roles: ["rep"],
        lone: ["hal"],
        keys: { "u:hal": null, "r:head": null, "s:head": null, "s:ceo": null },
      },
    ],
    [
      "a peer: lone owners and roles are disjoint",
      {},
      "ray",
      "READ",
      "leads",
      {
        owners: ["ray", "rue"],
        roles: ["rep"],
        lone: [],
        keys: { "u:ray": null, "r:rep": null, "s:rep": null, "s:head": null, "s:ceo": null, "g:mix": null },
      },
    ],
    [
      "a rule of everyone: everything",
      { rules: { all: { from: "everyone", to: "user:oda" } } },
      "oda",
      "READ",
      "leads",
      "EVERYTHING",
    ],
    [
      "of which the level gives no writing",
      { rules: { all: { from: "everyone", to: "user:oda" } } },
      "oda",
      "UPDATE",
      "leads",
      { owners: ["oda"], roles: [], lone: ["oda"], keys: SHARES },
    ],
    [
      "rules by source: their owners; a group's users alone where its role is not whole",
      { rules: { a: { from: "role:rep", to: "user:oda" }, b: { from: "group:mix", to: "user:oda" } } },
      "oda",
      "READ",
      "leads",
      { owners: ["ray", "rue", "dan", "oda"], roles: ["aside", "rep"], lone: ["dan"], keys: SHARES },
    ],
    [
      "rules by criteria: their keys, narrowed to the source's owners where they have one",
      {
        rules: {
          a: { criteria: WON, to: "user:oda", level: "READ_WRITE" },
          b: { criteria: WON, from: "role:rep", to: "everyone", generation: 7 },
        },
      },
      "oda",
      "READ",
      "leads",
      {
        owners: ["oda"],
        roles: [],
        lone: ["oda"],
        keys: { ...SHARES, "c:a#1": null, "c:b#7": ["ray", "rue"] },
      },
    ],
    [
      "keys are per action",
      {
        rules: {
          a: { criteria: WON, to: "user:oda", level: "READ_WRITE" },
          b: { criteria: WON, from: "role:rep", to: "everyone" },
        },
      },
      "oda",
      "UPDATE",
      "leads",
      { owners: ["oda"], roles: [], lone: ["oda"], keys: { ...SHARES, "c:a#1": null } },
    ],
    [
      "a rule that is no rule of theirs",
      { rules: { a: { from: "role:rep", to: "user:dan" } } },
      "oda",
      "READ",
      "leads",
      { owners: ["oda"], roles: [], lone: ["oda"], keys: SHARES },
    ],
  ])("EN-02 EN-04 %s", (_title, rows, user, action, module, expected) => {
    expect(described(rows, user, action, module)).toEqual(expected);
  });

  test("EN-04 merging leaves what was merged as it was", () => {
    const policy = policyOf(WORLD);
    const before = reachOf(ask(policy, "ray"));
    for (const user of ["cid", "hal", "rue", "oda"]) reachOf(ask(policy, user));
    expect(reachOf(ask(policy, "ray"))).toEqual(before);
  });

  test("EN-01 EN-04 the reach admits what some grant admits, record by record", () => {
    const policy = policyOf({
      ...WORLD,
      rules: {
        a: { criteria: WON, from: "role:rep", to: "everyone" },
        b: { from: "group:mix", to: "role:head", level: "READ_WRITE", superiors: true },
        c: { criteria: WON, to: "user:dot", level: "READ_WRITE_DELETE" },
      },
    });
    const rows: { readonly [key: string]: GrantRow }[] = [
      {},
      { "c:a#1": shareRow("FULL") },
      { "c:c#1": shareRow("FULL") },
      { "u:dan": shareRow("READ_ONLY") },
      { "g:mix": shareRow("READ_WRITE", NOW) },
    ];
    let admitted = 0;
    for (const user of policy.org.users) {
      for (const action of ACTIONS) {
        const question = ask(policy, user.id, action);
        const reach = reachOf(question);
        for (const owner of policy.org.users) {
          for (const grants of rows) {
            const record = recordOf(policy, owner.id, "leads", grants);
            const byReach = admits(reach, record, action, NOW);
            const byGrant = [...grantsOf(question)].some((grant) => grantAdmits(grant, record, action, NOW));
            expect([user.id, action, owner.id, grants, byReach]).toEqual([
              user.id,
              action,
              owner.id,
              grants,
              byGrant && user.status === "ACTIVE",
            ]);
            if (byReach) admitted += 1;
          }
        }
      }
    }
    expect(admitted).toBeGreaterThan(100);
  });
});

describe("EN-08 whether a reach admits a record", () => {
  const policy = policyOf({
    ...WORLD,
    rules: { both: { criteria: WON, from: "role:rep", to: "user:dan", level: "READ_WRITE_DELETE" } },
  });
  const FRIDAY = NOW + 3 * 86_400_000;
  const UNTIL_FRIDAY = { "u:dan": shareRow("READ_ONLY"), "r:desk": shareRow("READ_WRITE", FRIDAY) };

  test.each<[string, { readonly [key: string]: GrantRow }, Action, number, boolean]>([
    [
      "READ_ONLY for ever plus READ_WRITE until Friday: reading on Thursday",
      UNTIL_FRIDAY,
      "READ",
      FRIDAY - 1,
      true,
    ],
    ["writing on Thursday", UNTIL_FRIDAY, "UPDATE", FRIDAY - 1, true],
    ["reading on Friday", UNTIL_FRIDAY, "READ", FRIDAY, true],
    ["writing at the very instant on Friday", UNTIL_FRIDAY, "UPDATE", FRIDAY, false],
    ["writing on Saturday", UNTIL_FRIDAY, "UPDATE", FRIDAY + 1, false],
    ["deleting never", UNTIL_FRIDAY, "DELETE", NOW, false],
    [
      "sharing and changing the owner go together",
      { "u:dan": shareRow("FULL", FRIDAY) },
      "CHANGE_OWNER",
      FRIDAY - 1,
      true,
    ],
    ["and end together", { "u:dan": shareRow("FULL", FRIDAY) }, "CHANGE_OWNER", FRIDAY, false],
    [
      "a row under no key of the viewer",
      { "u:oda": shareRow("FULL"), "s:rep": shareRow("FULL") },
      "READ",
      NOW,
      false,
    ],
    [
      "a row whose key is longer",
      { "u:dan2": shareRow("FULL"), "u:da": shareRow("FULL") },
      "READ",
      NOW,
      false,
    ],
    ["no row", {}, "READ", NOW, false],
  ])("EN-08 %s", (_title, grants, action, now, expected) => {
    expect(
      admits(
        reachOf(ask(policy, "dan", action, "leads", now)),
        recordOf(policy, "oda", "leads", grants),
        action,
        now,
      ),
    ).toBe(expected);
  });

  test.each<[string | number, boolean]>([
    ["ray", true],
    ["oda", false],
    [999, false],
  ])("SH-32 a criteria match of owner %s, when the rule has a source: %s", (owner, expected) => {
    const record = recordOf(policy, owner, "leads", { "c:both#1": shareRow("FULL") });
    expect(admits(reachOf(ask(policy, "dan", "DELETE")), record, "DELETE", NOW)).toBe(expected);
  });

  test("EN-04 an owner younger than the snapshot is in nobody's mask", () => {
    for (const user of ["cid", "hal", "ray", "oda"]) {
      expect(admits(reachOf(ask(policy, user)), recordOf(policy, 64), "READ", NOW)).toBe(false);
      expect(admits(reachOf(ask(policy, user)), recordOf(policy, policy.width), "READ", NOW)).toBe(false);
    }
  });

  test.each<[Action, number]>([
    ["READ", 1],
    ["UPDATE", 2],
    ["DELETE", 3],
    ["SHARE", 4],
    ["CHANGE_OWNER", 4],
  ])("SH-46 %s ends with its own column", (action, until) => {
    expect(untilOf({ readUntil: 1, updateUntil: 2, deleteUntil: 3, shareUntil: 4 }, action)).toBe(until);
  });

  test("EN-01 a grant of all records admits any", () => {
    const grant: Grant = { kind: "ADMINISTRATOR", scope: { records: "ALL" }, until: null };
    expect(grantAdmits(grant, recordOf(policy, 12345), "READ", NOW)).toBe(true);
  });
});

test("EN-01 nothing but the store names facts as a judged record", () => {
  const src = new URL("../../../src/", import.meta.url);
  const sources = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.includes("generated"),
  );
  const naming = sources.filter((path) => /\bjudgedRecord\b/.test(readFileSync(new URL(path, src), "utf8")));
  expect(naming.toSorted()).toEqual(["policy/ask/reach.ts", "store/core/judged.ts"]);
});

describe("SH-23 who has changed their role and whose records have not all moved", () => {
  const ways = (moving: string, role: string) => {
    const users = { ...WORLD.users, [moving]: { role, isPathBehind: true } };
    const policy = policyOf({ ...WORLD, users });
    const reach = reachOf(ask(policy, "hal", "READ", "leads"));
    if (reach.kind !== "SOME") return reach.kind;
    const { roles, loneOwners, movingOwners } = reach;
    return { roles, loneOwners, movingOwners };
  };

  test.each([
    ["is found by themselves, besides their role", "ray", "rep", ["ray"]],
    ["from above, too", "cid", "rep", ["cid"]],
    ["is a lone owner and no more where their role is none as a whole", "hal", "head", []],
    ["is no way where they are out of reach", "dan", "desk", []],
  ] as const)("%s", (_, moving, role, expected) =>
    expect(ways(moving, role)).toEqual({ roles: ["rep"], loneOwners: ["hal"], movingOwners: expected }),
  );
});
