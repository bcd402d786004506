import fc from "fast-check";
import { expect, test } from "vitest";
import { explain } from "../../../src/policy/ask/explain.ts";
import { judgedRecord } from "../../../src/policy/ask/reach.ts";
import { ACTIONS, type Org } from "../../../src/policy/model/org.ts";
import { compile } from "../../../src/policy/model/policy.ts";
import { capabilitiesOf } from "../../../src/policy/rights/holding.ts";
import { MATCH, NOW, orgOf, type Rows, shareRow } from "../build.ts";

const WON = { field: "status", op: "EQ", value: "won" } as const;

/** A little of everything that has an order in which it could be told. */
const WORLD: Rows = {
  roles: {
    ceo: null,
    head: "ceo",
    rep: { parent: "head", peers: true, forecastManager: "ray" },
    desk: "ceo",
    aside: null,
  },
  profiles: {
    none: {},
    some: { modules: { leads: ["VIEW", "EDIT"], deals: ["VIEW"] }, capabilities: ["VIEW_ALL_DATA"] },
  },
  users: {
    cid: "ceo",
    hal: { role: "head", reportsTo: "cid" },
    ray: { role: "rep", reportsTo: "hal", team: { tickets: "MEMBER", chores: "REQUESTER" } },
    rue: { role: "rep", profile: "some" },
    dan: { role: "desk", profile: "none" },
    oda: { role: "aside" },
    tia: { role: "desk", license: "TEAM", team: { tickets: "ADMIN" } },
    agent: { license: "SUPPORT" },
  },
  groups: {
    all: ["group:left", "group:right", "user:oda"],
    left: ["user:ray", "role:desk"],
    right: ["tree:head", "user:oda"],
  },
  modules: {
    leads: "PRIVATE",
    deals: "PUBLIC_READ_ONLY",
    tickets: "TEAM",
    chores: "TEAM",
    forecasts: "PRIVATE",
  },
  rules: {
    a: { from: "role:rep", to: "group:all", level: "READ_WRITE", superiors: true },
    b: { criteria: WON, from: "group:left", to: "everyone", expiresAt: NOW + 5 },
    c: { criteria: WON, to: "tree:head", status: "APPLYING" },
    d: { from: "everyone", to: "role:desk", status: "INACTIVE" },
    e: { from: "group:right", to: "user:oda", expiresAt: NOW },
    f: { module: "deals", criteria: "UNREADABLE", to: "everyone", level: "READ_WRITE" },
  },
  supportGrants: [
    { agent: "agent", from: NOW - 9, until: NOW + 9, denials: ["VIEW_ALL_DATA"] },
    { agent: "agent", from: NOW - 5, until: NOW + 5, denials: ["MODIFY_ALL_DATA"] },
    { agent: "agent", from: NOW - 90, until: NOW - 50 },
  ],
};
const GRANTS = Object.entries({
  b: MATCH,
  "c:b#1": MATCH,
  "c:c#1": MATCH,
  "u:oda": shareRow("READ_ONLY"),
  "g:all": shareRow("READ_WRITE"),
  "g:left": shareRow("FULL", NOW),
  "g:right": shareRow("READ_ONLY"),
  "s:ceo": shareRow("READ_ONLY", NOW + 3),
  "r:rep": shareRow("FULL"),
});

/** Everything that is decided and told in a world, as text. */
function told(org: Org, grants: typeof GRANTS): string {
  const policy = compile(org);
  const viewers = [...org.users].sort((a, b) => a.seq - b.seq);
  const modules = [...org.modules].sort((a, b) => (a.key < b.key ? -1 : 1));
  const lines = viewers.flatMap((viewer) => [
    `${viewer.id} holds ${[...capabilitiesOf(policy, viewer, NOW)].join(" ")}`,
    ...modules.flatMap((module) =>
      ACTIONS.flatMap((action) =>
        [1, 3, 6].map((ownerSeq) => {
          const judged = judgedRecord({ moduleId: module.id, ownerSeq, grants: new Map(grants) });
          const { paths, ...rest } = explain(policy, viewer, action, { judged, name: "One" }, NOW);
          return `${viewer.id} ${module.id} ${action} ${ownerSeq} ${JSON.stringify({ ...rest, paths: paths.map((path) => ({ ...path, rule: path.rule?.key })) })}`;
        }),
      ),
    ),
  ]);
  return lines.join("\n");
}

test.each(["ROLE", "REPORTING"] as const)(
  "EN-09 with hierarchy %s, whatever the order of rows, every decision and every explanation is the same",
  (hierarchy) => {
    const org = orgOf({ ...WORLD, hierarchy });
    const before = told(org, GRANTS);
    expect(before).toContain('"allowed":true');
    const anyOrder = <Row>(rows: readonly Row[]) =>
      fc.shuffledSubarray([...rows], { minLength: rows.length });
    const orders = fc.record({
      roles: anyOrder(org.roles),
      profiles: anyOrder(org.profiles),
      users: anyOrder(org.users),
      groups: fc.tuple(anyOrder(org.groups), fc.boolean()).map(([groups, isTurned]) =>
        groups.map((group) => ({
          ...group,
          members: isTurned ? [...group.members].reverse() : group.members,
        })),
      ),
      modules: anyOrder(org.modules),
      rules: anyOrder(org.rules),
      supportGrants: anyOrder(org.supportGrants),
      grants: anyOrder(GRANTS),
    });
    fc.assert(
      fc.property(orders, ({ grants, ...rows }) => {
        const after = told({ ...org, ...rows }, grants).split("\n");
        expect(before.split("\n").find((line, at) => line !== after[at])).toBeUndefined();
      }),
      { numRuns: 15 },
    );
  },
);

test("EN-09 asking in another order, or twice, changes no answer", () => {
  const policy = compile(orgOf(WORLD));
  const ask = (viewer: (typeof policy.org.users)[number]) => {
    const judged = judgedRecord({
      moduleId: policy.org.modules[0]!.id,
      ownerSeq: 3,
      grants: new Map(GRANTS),
    });
    return JSON.stringify(
      ACTIONS.map((action) => explain(policy, viewer, action, { judged, name: "One" }, NOW)),
    );
  };
  const forwards = policy.org.users.map(ask);
  const backwards = [...policy.org.users].reverse().map(ask).reverse();
  expect(backwards).toEqual(forwards);
});
