import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../../database.ts";
import type { Gateway } from "../../gateway.ts";
import { freshWorld, PEOPLE, ROOT } from "../people-world.ts";

const DEPENDENTS = `query ($id: ID!) { node(id: $id) { ...on User { dependents {
  records { module { key } count }
  sharingRules { totalCount edges { node { name } } }
  forecastManagerOf { edges { node { key } } }
  reports { edges { node { name } } }
  lastAdminOf { key }
} } } }`;

/** Ada administers the suite and reaches no record of anybody's; Opal may only make administrators. */
const TEXT = PEOPLE.replace(
  "  hal@acme.test:",
  `  ada@acme.test: { name: Ada, role: service, administrator: true, profile: clerk }
  opal@acme.test: { name: Opal, role: service, profile: opal }
  tim@acme.test: { name: Tim, role: desk, teamModules: { tickets: ADMIN } }
  tom@acme.test: { name: Tom, role: desk, teamModules: { tickets: ADMIN }, status: INACTIVE }
  hal@acme.test:`,
).replace(
  "profiles:\n",
  "profiles:\n  opal: { name: Opal, modules: {}, capabilities: [MANAGE_ADMIN_PERMISSIONS] }\n",
);

describeOnBoth("what depends on a person", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    ({ gateway } = await freshWorld(open, TEXT));
  });

  const of = async (as: string, whom: string) => {
    const { node } = await gateway.data(as, DEPENDENTS, { id: await gateway.user(`${whom}@acme.test`) });
    return node.dependents;
  };

  test("UA-60 records, forecasts and reports", async () => {
    expect(await of(ROOT, "hal")).toEqual({
      records: [{ module: { key: "leads" }, count: 1 }],
      sharingRules: { totalCount: 0, edges: [] },
      forecastManagerOf: { edges: [{ node: { key: "head" } }] },
      reports: { edges: [{ node: { name: "Ray" } }] },
      lastAdminOf: [],
    });
  });

  test("UA-60 rules, and the last administrator of a team module, whatever inactive ones it has", async () => {
    expect((await of(ROOT, "sue")).sharingRules.edges).toEqual([{ node: { name: "Reps to Sue" } }]);
    expect((await of(ROOT, "tim")).lastAdminOf).toEqual([{ key: "tickets" }]);
    expect((await of(ROOT, "tia")).lastAdminOf).toEqual([]);
  });

  test("UA-60 no more than the asker may know", async () => {
    // Ada reads no record of Hal's, and no rules: she is told neither that there are some nor that there are none.
    expect(await of("ada@acme.test", "hal")).toEqual({
      records: [],
      sharingRules: null,
      forecastManagerOf: { edges: [{ node: { key: "head" } }] },
      reports: { edges: [{ node: { name: "Ray" } }] },
      lastAdminOf: [],
    });
    expect((await of("opal@acme.test", "hal")).reports).toBeNull();
  });

  test.each(["pia", "hal", "ray", "tia"])("UA-60 nothing to %s, who is no administrator", async (name) => {
    expect(await of(`${name}@acme.test`, "hal")).toBeNull();
  });

  test("AP-09 of a page of people by as many statements as of one", async () => {
    const query = (first: number) =>
      `{ users(filter: ALL, first: ${first}) { edges { node { dependents { records { count } reports { edges { node { name } } } } } } } }`;
    expect(await gateway.statements(ROOT, query(15))).toBe(await gateway.statements(ROOT, query(1)));
  });
});
