import { beforeAll, expect, test } from "vitest";
import { applyOrganization } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { parseOrganizationFile } from "../../../src/file/parse.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, names, openGateway, type Shown } from "../gateway.ts";
import { NOW } from "../world.ts";
import { HELD, SUITE } from "./suite.ts";

const MATRIX = `{ users(filter: ALL, first: 100) { edges { node { name applications { key name isEnabled values availableActions application { name } user { name } } } } } }`;

describeOnBoth("applications", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SUITE);
  });

  async function applicationsOf(as: string, name: string): Promise<Shown> {
    const data = await gateway.data(as, MATRIX);
    return data["users"].edges.find(({ node }: Shown) => node.name === name).node.applications;
  }

  test.each([
    ["root", ["CRM", "DESK", "CAMPAIGNS", "SURVEY", "PROJECTS", "SALESIQ", "SOCIAL", "ANALYTICS", "WIKI"]],
    ["ada", ["CRM", "DESK", "CAMPAIGNS", "SURVEY", "PROJECTS", "SALESIQ", "SOCIAL", "ANALYTICS", "WIKI"]],
    ["dora", ["DESK"]],
    ["mo", ["WIKI"]],
    ["pia", []],
    ["ray", []],
    ["tia", []],
  ])("UA-01 UA-03 AP-23 %s is offered %j", async (name, keys) => {
    const query = "{ organization { applications { key users { totalCount } } } }";
    const { organization } = await gateway.data(`${name}@acme.test`, query);
    expect(organization.applications.map(({ key }: Shown) => key)).toEqual(keys);
  });

  test("UA-31 a ninth application is a row of data: what it asks, who administers it, who has it", async () => {
    const { organization } = await gateway.data(
      "mo@acme.test",
      "{ organization { applications { key name takesSeat seatlessBy version administrators { name } fields { key label type isRequired options } users { totalCount } } } }",
    );
    expect(organization.applications).toEqual([
      {
        key: "WIKI",
        name: "Wiki",
        takesSeat: true,
        seatlessBy: "guest",
        version: expect.any(Number),
        administrators: [{ name: "Mo" }],
        fields: [
          { key: "space", label: "Space", type: "OPTION", isRequired: true, options: ["Docs", "Notes"] },
          { key: "motto", label: "motto", type: "TEXT", isRequired: false, options: [] },
          { key: "guest", label: "guest", type: "BOOLEAN", isRequired: false, options: [] },
        ],
        // Ray has it switched off.
        users: { totalCount: 0 },
      },
    ]);
  });

  test("UA-30 UA-53 a person's applications: on and off, what was answered, and what can be done", async () => {
    const role = await gateway.id("Role", "rep");
    const [crm, desk, wiki] = await applicationsOf("ada@acme.test", "Ray");
    expect(crm).toMatchObject({ key: "CRM", isEnabled: true, values: { role }, user: { name: "Ray" } });
    expect(crm.availableActions).toEqual(["EDIT", "DISABLE"]);
    expect(desk.values).toEqual({ role: "Agent", profile: "Agent", department: "General" });
    expect(wiki).toMatchObject({ isEnabled: false, availableActions: ["EDIT", "ENABLE", "UNASSIGN"] });
    const ofRoot = await applicationsOf("root@acme.test", "Ray");
    // Holders of MANAGE_PROFILES read the profile, too.
    expect(Object.keys(ofRoot[0].values)).toEqual(["role", "profile"]);
  });

  test("UA-01 UA-43 what can be done goes by who asks: nothing without administering the application", async () => {
    const actions = async (as: string, name: string) =>
      (await applicationsOf(`${as}@acme.test`, name)).map((each: Shown) => [each.key, each.availableActions]);
    expect(await actions("dora", "Ray")).toEqual([
      ["CRM", []],
      ["DESK", ["EDIT", "DISABLE"]],
      ["WIKI", []],
    ]);
    expect(await actions("pia", "Ray")).toEqual([
      ["CRM", []],
      ["DESK", []],
      ["WIKI", []],
    ]);
    expect(await actions("ada", "Ian")).toEqual([["CRM", ["ENABLE"]]]);
    expect(await actions("ada", "Pam")).toEqual([["CRM", ["EDIT", "DISABLE"]]]);
    const [own] = await applicationsOf("dora@acme.test", "Ray");
    expect([own.application, own.name]).toEqual([null, "CRM"]);
  });

  test("UA-43 UA-53 what can be done with a person as a whole, by who asks", async () => {
    const query = `{ users(filter: ALL, first: 100) { edges { node { name availableActions } } } }`;
    const actions = async (as: string) =>
      Object.fromEntries(
        (await gateway.data(`${as}@acme.test`, query))["users"].edges.map(({ node }: Shown) => [
          node.name,
          node.availableActions,
        ]),
      );
    expect(await actions("ada")).toMatchObject({
      Ray: ["DEACTIVATE", "DELETE", "PROMOTE"],
      Pam: ["DEACTIVATE", "RESEND", "DELETE"],
      Ian: ["ACTIVATE", "DELETE"],
      Root: [],
      Ada: ["DEACTIVATE", "DELETE", "REVOKE"],
    });
    expect(await actions("pia")).toMatchObject({ Ray: [], Pam: ["RESEND"], Ian: [] });
    expect(new Set(Object.values(await actions("ray")).flat())).toEqual(new Set());
  });

  test("AP-23 others see their own applications, and nobody else's", async () => {
    const data = await gateway.data("ray@acme.test", MATRIX);
    const seen = data["users"].edges.map(({ node }: Shown) => [node.name, node.applications?.length ?? null]);
    expect(seen.filter(([, count]: [string, number | null]) => count !== null)).toEqual([["Ray", 3]]);
  });

  test("UA-52 AP-09 the matrix of any number of people is one statement, beside the version", async () => {
    expect(await gateway.statements("ada@acme.test", MATRIX)).toBe(2);
    const twice = MATRIX.replace(
      "{ users",
      "{ a: users(filter: PENDING) { edges { node { applications { key } } } } users",
    );
    expect(await gateway.statements("ada@acme.test", twice)).toBe(2);
  });

  test.each([
    ["ALL", ["Ada", "Dora", "Ian", "Lia", "Mo", "None", "Pam", "Pia", "Pro", "Ray", "Root", "Tia"]],
    ["ACTIVE", ["Ada", "Dora", "Lia", "Mo", "None", "Pia", "Pro", "Ray", "Root", "Tia"]],
    ["INACTIVE", ["Ian"]],
    ["PENDING", ["Pam"]],
    ["RESTRICTED", ["Lia", "Pro"]],
    ["ADMINISTRATORS", ["Ada", "Root"]],
  ])("UA-52 UA-11 the list %s", async (filter, expected) => {
    const data = await gateway.data(
      "ada@acme.test",
      `{ users(filter: ${filter}, first: 100) { edges { node { name } } } }`,
    );
    expect(names(data["users"])).toEqual(expected);
  });

  test("UA-52 the usual list is of those who are active, and a search goes through the list that was asked for", async () => {
    const query = `{ usual: users(first: 100) { totalCount } found: users(filter: RESTRICTED, search: "li") { edges { node { name } } } none: users(filter: PENDING, search: "li") { totalCount } }`;
    const data = await gateway.data("ada@acme.test", query);
    expect(data["usual"].totalCount).toBe(10);
    expect(names(data["found"])).toEqual(["Lia"]);
    expect(data["none"].totalCount).toBe(0);
  });

  test("UA-10 UA-11 UA-13 seats by kind: total, used and free, and those who work without one", async () => {
    const query =
      "{ organization { seats { regular regularUsed regularFree team teamUsed teamFree restricted } } }";
    const { organization } = await gateway.data("root@acme.test", query);
    expect(organization.seats).toEqual({
      regular: 9,
      regularUsed: HELD,
      regularFree: 9 - HELD,
      team: 1,
      teamUsed: 1,
      teamFree: 0,
      restricted: 2,
    });
  });

  test("UA-04 without an enabled CRM assignment there is no record access, whatever else somebody has", async () => {
    const read = async (name: string) =>
      (await gateway.data(`${name}@acme.test`, `{ records(module: "leads") { totalCount } }`))["records"]
        .totalCount;
    expect([await read("ray"), await read("lia"), await read("pro"), await read("none")]).toEqual([
      1, 0, 0, 0,
    ]);
  });

  test("BU-02 UA-31 an organisation with a ninth application comes back as it was", async () => {
    const other = await open();
    const first = printOrganizationFile(await exportOrganization(gateway.database, "acme"));
    await applyOrganization(other.database, parseOrganizationFile(first, "acme.yaml"), { now: NOW });
    expect(printOrganizationFile(await exportOrganization(other.database, "acme"))).toBe(first);
    expect(first).toContain("  WIKI:\n");
    expect(first).toContain("DESK:\n    administrators: [ dora@acme.test ]");
    expect(first).not.toContain("SURVEY:");
    const again = await applyOrganization(other.database, parseOrganizationFile(first, "acme.yaml"), {
      now: NOW,
    });
    expect(again.isChanged).toBe(false);
    const pruned = first.replace(/ {2}WIKI:\n( {4}.*\n)+/, "").replace(/, WIKI: \{[^}]*\{[^}]*\} \}/, "");
    const applied = await applyOrganization(other.database, parseOrganizationFile(pruned, "acme.yaml"), {
      now: NOW,
      prune: true,
    });
    expect(applied.tallies.applications).toEqual({ added: 0, changed: 0, removed: 1 });
    expect(printOrganizationFile(await exportOrganization(other.database, "acme"))).toBe(pruned);
  });
});
