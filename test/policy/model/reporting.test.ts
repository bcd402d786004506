import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { parseOrganizationFile } from "../../../src/file/parse.ts";
import { InvalidPolicy } from "../../../src/kernel/fault.ts";
import { asId } from "../../../src/kernel/id.ts";
import type { Org } from "../../../src/policy/model/org.ts";
import { misreportsIn, misreportsMadeBy } from "../../../src/policy/model/reporting.ts";
import { CycleError } from "../../../src/policy/model/tree.ts";
import { diceOf } from "../../random/dice.ts";
import { orgOf, type Rows } from "../build.ts";

/** ceo > head > rep, ceo > service. */
const ROLES = { ceo: null, head: "ceo", rep: "head", service: "ceo" };

/** title | users | who reports past the role tree */
const CHAINS: readonly [string, NonNullable<Rows["users"]>, readonly string[]][] = [
  ["to the role just above", { hal: "head", ray: { role: "rep", reportsTo: "hal" } }, []],
  ["to a role far above", { cleo: "ceo", ray: { role: "rep", reportsTo: "cleo" } }, []],
  ["to the same role", { rex: "rep", ray: { role: "rep", reportsTo: "rex" } }, ["ray"]],
  ["to a role below", { ray: "rep", hal: { role: "head", reportsTo: "ray" } }, ["hal"]],
  ["to a role beside", { sue: "service", ray: { role: "rep", reportsTo: "sue" } }, ["ray"]],
  ["to nobody", { ray: "rep" }, []],
  ["to somebody without a role", { nora: {}, ray: { role: "rep", reportsTo: "nora" } }, []],
  ["without a role", { ray: "rep", nora: { reportsTo: "ray" } }, []],
  [
    "to an inactive manager",
    { sue: { role: "service", status: "INACTIVE" }, ray: { role: "rep", reportsTo: "sue" } },
    ["ray"],
  ],
  [
    "as a tombstone, as a file says it",
    { sue: "service", ray: { role: "rep", reportsTo: "sue", status: "DELETED" } },
    ["ray"],
  ],
  [
    "two of them",
    {
      hal: "head",
      sue: { role: "service", reportsTo: "hal" },
      rex: { role: "rep", reportsTo: "hal" },
      ray: { role: "rep", reportsTo: "rex" },
    },
    ["sue", "ray"],
  ],
];

describe("SH-25 who reports past the role tree", () => {
  test.each(CHAINS)("SH-25 %s", (_title, users, expected) => {
    for (const hierarchy of ["ROLE", "REPORTING"] as const) {
      const found = misreportsIn(orgOf({ hierarchy, roles: ROLES, users }));
      expect(found.map(({ user }) => user.id)).toEqual(expected);
    }
  });

  test("SH-25 the manager is told with the user", () => {
    const org = orgOf({ roles: ROLES, users: { sue: "service", ray: { role: "rep", reportsTo: "sue" } } });
    expect(misreportsIn(org).map(({ user, manager }) => [user.id, manager.id])).toEqual([["ray", "sue"]]);
  });

  test("SH-20 a role under itself is no organisation to judge", () => {
    const org = orgOf({
      roles: { a: "b", b: "a" },
      users: { hal: "a", ray: { role: "b", reportsTo: "hal" } },
    });
    expect(() => misreportsIn(org)).toThrow(CycleError);
  });
});

/** title | parent of `rep` after the move | whom the move breaks */
const MOVES: readonly [string, string | null, readonly string[]][] = [
  ["where it is", "head", []],
  ["higher up, past the manager", "ceo", ["ray"]],
  ["beside", "service", ["ray"]],
  ["to the root", null, ["ray", "amy"]],
];

describe("SH-25 what a change of roles breaks", () => {
  const before = orgOf({
    roles: ROLES,
    users: {
      cleo: "ceo",
      hal: "head",
      sue: "service",
      ray: { role: "rep", reportsTo: "hal" },
      amy: { role: "rep", reportsTo: "cleo" },
      // Broken from the beginning, whatever happens to `rep`.
      ann: { role: "service", reportsTo: "hal" },
    },
  });

  test.each(MOVES)("SH-25 rep moved %s", (_title, parent, expected) => {
    const after = withParent(before, "rep", parent);
    expect(misreportsMadeBy(before, after).map(({ id }) => id)).toEqual(expected);
  });

  test("SH-25 another manager is another matter, however broken it was before", () => {
    const users = before.users.map((user) =>
      user.id === "ann" ? { ...user, reportsToId: asId<"User">("sue") } : user,
    );
    expect(misreportsMadeBy(before, { ...before, users }).map(({ id }) => id)).toEqual(["ann"]);
  });
});

function withParent(org: Org, role: string, parent: string | null): Org {
  const parentId = parent === null ? null : asId<"Role">(parent);
  return { ...org, roles: org.roles.map((each) => (each.id === role ? { ...each, parentId } : each)) };
}

describe("SH-25 one rule for changes and for files", () => {
  test("SH-25 of 200 random organisations the same people are named", () => {
    let broken = 0;
    for (let seed = 0; seed < 200; seed += 1) {
      const org = randomPeople(seed);
      const named = misreportsIn(org).map(({ user }) => `users["${user.id}@acme.test"].reportsTo`);
      broken += named.length;
      expect(refusedPaths(org), `seed ${seed}`).toEqual(named.toSorted());
    }
    expect(broken).toBeGreaterThan(200);
  });
});

/** A forest of roles, and people of every status whose chain of managers has no cycle. */
function randomPeople(seed: number): Org {
  const dice = diceOf(seed);
  const roleKeys = Array.from({ length: dice.between(1, 7) }, (_, at) => `role${at}`);
  const roles = Object.fromEntries(
    roleKeys.map((key, at) => [key, at === 0 || dice.chance(0.2) ? null : dice.pick(roleKeys.slice(0, at))]),
  );
  const userKeys = Array.from({ length: dice.between(2, 9) }, (_, at) => `user${at}`);
  const users = Object.fromEntries(
    userKeys.map((key, at) => [
      key,
      {
        status: dice.pick(["ACTIVE", "ACTIVE", "INACTIVE", "DELETED"] as const),
        ...(dice.chance(0.15) ? { applications: new Set<string>() } : { role: dice.pick(roleKeys) }),
        ...(at === 0 || dice.chance(0.2) ? {} : { reportsTo: dice.pick(userKeys.slice(0, at)) }),
      },
    ]),
  );
  return orgOf({ roles, users });
}

/** The places that the check of files finds wrong with the same people. */
function refusedPaths({ roles, users }: Org): readonly string[] {
  const address = (id: string) => `${id}@acme.test`;
  const text = stringify({
    sightline: 1,
    organization: {
      key: "acme",
      name: "Acme",
      timeZone: "UTC",
      edition: "ENTERPRISE",
      seats: { regular: 99, team: 0 },
      superAdmin: address("root"),
    },
    roles: Object.fromEntries(
      roles.map(({ key, parentId }) => [key, { name: key, ...(parentId ? { parent: parentId } : {}) }]),
    ),
    users: Object.fromEntries(
      users.map(({ id, name, status, roleId, reportsToId, applications }) => [
        address(id),
        {
          name,
          status,
          // Only who does not work in the CRM may be without a role (UA-30).
          ...(roleId === null ? { applications: [] } : { role: roleId, applications: [...applications] }),
          ...(reportsToId === null ? {} : { reportsTo: address(reportsToId) }),
        },
      ]),
    ),
    modules: { leads: { label: "Leads" } },
  });
  try {
    parseOrganizationFile(text, "acme.yaml");
    return [];
  } catch (error) {
    if (!(error instanceof InvalidPolicy)) throw error;
    return error.faults.map(({ path }) => path).sort();
  }
}
