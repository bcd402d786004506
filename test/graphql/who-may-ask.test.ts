import { beforeAll, expect, test } from "vitest";
import { schema } from "../../src/graphql/schema.ts";
import { describeOnBoth } from "../database.ts";
import { AGENT, type Gateway, names, onlyError, openGateway, rows, type Shown } from "./gateway.ts";

/** One query per field of Query; a field without a row fails the test below. */
const QUERIES: Readonly<Record<string, string>> = {
  viewer: `{ viewer { user { name } } }`,
  organization: `{ organization { name } }`,
  node: `{ node(id: "x") { id } }`,
  nodes: `{ nodes(ids: ["x"]) { id } }`,
  module: `{ module(key: "leads") { key } }`,
  modules: `{ modules { totalCount } }`,
  record: `{ record(key: { module: "leads", key: "lead-1" }) { key } }`,
  records: `{ records(module: "nothing", first: 0) { totalCount } }`,
  users: `{ users { totalCount } }`,
  roles: `{ roles { totalCount } }`,
  groups: `{ groups { totalCount } }`,
  profiles: `{ profiles { totalCount } }`,
  sharingRules: `{ sharingRules { totalCount } }`,
  outbox: `{ outbox { subject } }`,
  invitationPreview: `{ invitationPreview(csv: "nothing") { line } }`,
  auditEvents: `{ auditEvents { edges { node { action } } } }`,
  recordTransfers: `{ recordTransfers { totalCount } }`,
  explainAccess: `{ explainAccess(record: "x", action: READ) { allowed } }`,
};

describeOnBoth("who may ask", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });

  test("AP-20 nobody is null as viewer, and UNAUTHENTICATED everywhere else, before any other refusal", async () => {
    expect(Object.keys(QUERIES).toSorted()).toEqual(
      Object.keys(schema.getQueryType()!.getFields()).toSorted(),
    );
    for (const [field, query] of Object.entries(QUERIES)) {
      const answer = await gateway.ask(null, query);
      if (field === "viewer") expect(answer).toEqual({ data: { viewer: null } });
      else
        expect([field, onlyError(answer).extensions["code"], answer.data?.[field] ?? null]).toEqual([
          field,
          "UNAUTHENTICATED",
          null,
        ]);
    }
  });

  test("AP-23 every active member reads organisation name, people, roles, groups and modules", async () => {
    for (const user of ["ray@acme.test", "tia@acme.test", AGENT]) {
      const data = await gateway.data(
        user,
        `{ organization { key name }
        users(filter: ALL) { edges { node { name status role { name } isAdministrator isSupport } } }
        roles { edges { node { key name shareDataWithPeers parent { key } forecastManager { name } children { edges { node { key } } } users { edges { node { name } } } } } }
        groups { edges { node { key members { edges { node { kind user { name } role { name } group { name } } } } } } }
        modules { edges { node { key label kind defaultAccess isOpenToTeam fields { key label type isRequired options lookupModule { key } module { key } } } } } }`,
      );
      expect(data["organization"]).toEqual({ key: "acme", name: "Acme" });
      expect(names(data["users"])).toEqual([
        "Ann",
        "Hal",
        "Ian",
        "Pam",
        "Pia",
        "Ray",
        "Rex",
        "Root",
        "Sue",
        "Tia",
      ]);
      expect(rows(data["users"])).toContainEqual({
        name: "Ian",
        status: "INACTIVE",
        role: { name: "Rep" },
        isAdministrator: false,
        isSupport: false,
      });
      expect(rows(data["users"])).toContainEqual({
        name: "Root",
        status: "ACTIVE",
        role: { name: "CEO" },
        isAdministrator: true,
        isSupport: false,
      });
      expect(rows(data["roles"])).toContainEqual({
        key: "head",
        name: "Head of sales",
        shareDataWithPeers: false,
        parent: { key: "ceo" },
        forecastManager: { name: "Hal" },
        children: { edges: [{ node: { key: "rep" } }] },
        users: { edges: [{ node: { name: "Hal" } }] },
      });
      expect(rows(data["groups"])[0].members.edges.map((edge: Shown) => edge.node)).toEqual([
        { kind: "ROLE_AND_SUBORDINATES", user: null, role: { name: "Head of sales" }, group: null },
        { kind: "ROLE", user: null, role: { name: "Rep" }, group: null },
        { kind: "USER", user: { name: "Sue" }, role: null, group: null },
        { kind: "GROUP", user: null, role: null, group: { name: "VIPs" } },
      ]);
      const leads = rows(data["modules"]).find((module: Shown) => module.key === "leads");
      expect(leads).toMatchObject({
        label: "Leads",
        kind: "ORGANIZATION",
        defaultAccess: "PRIVATE",
        isOpenToTeam: true,
      });
      expect(leads.fields.map((field: Shown) => field.key)).toEqual([
        "status",
        "revenue",
        "account",
        "contact",
        "tags",
        "signedAt",
      ]);
      expect(leads.fields[0]).toEqual({
        key: "status",
        label: "status",
        type: "PICKLIST",
        isRequired: true,
        options: ["new", "won", "lost"],
        lookupModule: null,
        module: { key: "leads" },
      });
      expect(leads.fields[2].lookupModule).toEqual({ key: "accounts" });
    }
  });

  test.each([
    ["ray@acme.test", [], ["profiles", "sharingRules", "settings", "emails"]],
    ["tia@acme.test", [], ["profiles", "sharingRules", "settings", "emails"]],
    ["ann@acme.test", [], ["profiles", "sharingRules", "settings", "emails"]],
    ["pia@acme.test", ["emails"], ["profiles", "sharingRules", "settings"]],
    ["root@acme.test", ["profiles", "sharingRules", "settings", "emails"], []],
    [AGENT, ["profiles", "sharingRules"], ["settings", "emails"]], // D11, D02
  ])("AP-23 %s reads %j, and null for %j", async (user, open, hidden) => {
    const data = await gateway.data(
      user,
      `{ profiles { totalCount } sharingRules { totalCount }
      organization { timeZone edition hierarchy seats { regular team } superAdministrator { name } }
      users(search: "rex") { edges { node { email license createdAt reportsTo { name } profile { name } } } } }`,
    );
    const rex = rows(data["users"])[0];
    const read: Record<string, unknown[]> = {
      profiles: [data["profiles"]],
      sharingRules: [data["sharingRules"]],
      settings: Object.values(data["organization"]),
      emails: [rex.email, rex.license, rex.createdAt],
    };
    for (const each of open) expect([each, read[each]!.includes(null)]).toEqual([each, false]);
    for (const each of hidden)
      expect([each, read[each]!.every((value) => value === null)]).toEqual([each, true]);
    expect(rex.profile === null).toBe(!open.includes("profiles"));
  });

  test("D11 an administrator reads the settings", async () => {
    const { organization } = await gateway.data(
      "root@acme.test",
      `{ organization { timeZone edition hierarchy seats { regular team } superAdministrator { name } } }`,
    );
    expect(organization).toEqual({
      timeZone: "Europe/Berlin",
      edition: "ENTERPRISE",
      hierarchy: "ROLE",
      seats: { regular: 40, team: 10 },
      superAdministrator: { name: "Root" },
    });
  });

  test("AP-23 everybody reads their own address, profile and manager", async () => {
    const { viewer } = await gateway.data(
      "ray@acme.test",
      `{ viewer { isSupport capabilities user { email license status reportsTo { name } profile { id key kind capabilities modules { module { key } permissions } } } organization { name } } }`,
    );
    expect(viewer.user).toMatchObject({
      email: "ray@acme.test",
      license: "REGULAR",
      status: "ACTIVE",
      reportsTo: { name: "Hal" },
    });
    expect(viewer.user.profile).toMatchObject({
      key: "standard",
      kind: "STANDARD",
      capabilities: ["SEND_EMAIL", "BE_LOOKED_UP"],
    });
    expect(viewer.user.profile.modules).toContainEqual({
      module: { key: "deals" },
      permissions: ["VIEW", "EDIT"],
    });
    expect(viewer.user.profile.modules.map((each: Shown) => each.module.key)).not.toContain("tickets");
    expect(viewer).toMatchObject({ isSupport: false, organization: { name: "Acme" } });
    expect(viewer.capabilities).toEqual(expect.arrayContaining(["SEND_EMAIL", "OWN_ORGANIZATION_RECORDS"]));
    expect(viewer.capabilities).not.toContain("EXPORT_DATA");
    const own = await gateway.data(
      "ray@acme.test",
      `query ($id: ID!) { node(id: $id) { ... on Profile { name } } }`,
      { id: viewer.user.profile.id },
    );
    expect(own["node"]).toEqual({ name: "Standard" });
    const other = await gateway.data(
      "ann@acme.test",
      `query ($id: ID!) { node(id: $id) { ... on Profile { name } } }`,
      { id: viewer.user.profile.id },
    );
    expect(other["node"]).toBeNull();
  });
});
