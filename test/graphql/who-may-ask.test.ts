import { beforeAll, expect, test } from "vitest";
import { schema } from "../../src/graphql/schema.ts";
import { describeOnBoth } from "../database.ts";
import { AGENT, type Gateway, onlyError, openGateway } from "./gateway.ts";

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
  explainAccess: `{ explainAccess(record: "x", action: READ) { allowed } }`,
};

describeOnBoth("who may ask", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
    // A record of the agent's own, as it is left behind by what it created (SA-08).
    const { database } = gateway;
    const agent = await database.reader.user.findFirstOrThrow({ where: { email: AGENT } });
    await database.write((tx) =>
      tx.record.updateMany({ where: { key: "agent-1" }, data: { ownerId: agent.id, ownerSeq: agent.seq, ownerRoleId: null, createdById: agent.id } }),
    );
  });

  test("AP-20 nobody is null as viewer, and UNAUTHENTICATED everywhere else, before any other refusal", async () => {
    expect(Object.keys(QUERIES).toSorted()).toEqual(Object.keys(schema.getQueryType()!.getFields()).toSorted());
    for (const [field, query] of Object.entries(QUERIES)) {
      const answer = await gateway.ask(null, query);
      if (field === "viewer") expect(answer).toEqual({ data: { viewer: null } });
      else expect([field, onlyError(answer).extensions["code"], answer.data?.[field] ?? null]).toEqual([field, "UNAUTHENTICATED", null]);
    }
  });

  test("AP-23 every active member reads organisation name, people, roles, groups and modules", async () => {
    for (const user of ["ray@acme.test", "tia@acme.test", AGENT]) {
      const data = await gateway.data(user, `{ organization { key name }
        users(filter: ALL) { edges { node { name status role { name } isAdministrator isSupport } } }
        roles { edges { node { key name shareDataWithPeers parent { key } forecastManager { name } children { edges { node { key } } } users { edges { node { name } } } } } }
        groups { edges { node { key members { edges { node { kind user { name } role { name } group { name } } } } } } }
        modules { edges { node { key label kind defaultAccess isOpenToTeam fields { key label type isRequired options lookupModule { key } module { key } } } } } }`);
      expect(data["organization"]).toEqual({ key: "acme", name: "Acme" });
      expect(names(data["users"])).toEqual(["Ann", "Hal", "Ian", "Pam", "Pia", "Ray", "Rex", "Root", "Sue", "Tia"]);
      expect(rows(data["users"])).toContainEqual({ name: "Ian", status: "INACTIVE", role: { name: "Rep" }, isAdministrator: false, isSupport: false });
      expect(rows(data["users"])).toContainEqual({ name: "Root", status: "ACTIVE", role: { name: "CEO" }, isAdministrator: true, isSupport: false });
      expect(rows(data["roles"])).toContainEqual({
        key: "head", name: "Head of sales", shareDataWithPeers: false, parent: { key: "ceo" }, forecastManager: { name: "Hal" },
        children: { edges: [{ node: { key: "rep" } }] }, users: { edges: [{ node: { name: "Hal" } }] },
      });
      expect(rows(data["groups"])[0].members.edges.map((edge: any) => edge.node)).toEqual([
        { kind: "ROLE_AND_SUBORDINATES", user: null, role: { name: "Head of sales" }, group: null },
        { kind: "ROLE", user: null, role: { name: "Rep" }, group: null },
        { kind: "USER", user: { name: "Sue" }, role: null, group: null },
        { kind: "GROUP", user: null, role: null, group: { name: "VIPs" } },
      ]);
      const leads = rows(data["modules"]).find((module: any) => module.key === "leads");
      expect(leads).toMatchObject({ label: "Leads", kind: "ORGANIZATION", defaultAccess: "PRIVATE", isOpenToTeam: true });
      expect(leads.fields.map((field: any) => field.key)).toEqual(["status", "revenue", "account", "contact", "tags", "signedAt"]);
      expect(leads.fields[0]).toEqual({
        key: "status", label: "status", type: "PICKLIST", isRequired: true, options: ["new", "won", "lost"], lookupModule: null, module: { key: "leads" },
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
    const data = await gateway.data(user, `{ profiles { totalCount } sharingRules { totalCount }
      organization { timeZone edition hierarchy seats { regular team } superAdministrator { name } }
      users(search: "rex") { edges { node { email license createdAt reportsTo { name } profile { name } } } } }`);
    const rex = rows(data["users"])[0];
    const read: Record<string, unknown[]> = {
      profiles: [data["profiles"]],
      sharingRules: [data["sharingRules"]],
      settings: Object.values(data["organization"]),
      emails: [rex.email, rex.license, rex.createdAt],
    };
    for (const each of open) expect([each, read[each]!.includes(null)]).toEqual([each, false]);
    for (const each of hidden) expect([each, read[each]!.every((value) => value === null)]).toEqual([each, true]);
    expect(rex.profile === null).toBe(!open.includes("profiles"));
  });

  test("D11 an administrator reads the settings", async () => {
    const { organization } = await gateway.data("root@acme.test", `{ organization { timeZone edition hierarchy seats { regular team } superAdministrator { name } } }`);
    expect(organization).toEqual({
      timeZone: "Europe/Berlin", edition: "ENTERPRISE", hierarchy: "ROLE", seats: { regular: 40, team: 10 }, superAdministrator: { name: "Root" },
    });
  });

  test("AP-23 everybody reads their own address, profile and manager", async () => {
    const { viewer } = await gateway.data("ray@acme.test", `{ viewer { isSupport capabilities user { email license status reportsTo { name } profile { id key kind capabilities modules { module { key } permissions } } } organization { name } } }`);
    expect(viewer.user).toMatchObject({ email: "ray@acme.test", license: "REGULAR", status: "ACTIVE", reportsTo: { name: "Hal" } });
    expect(viewer.user.profile).toMatchObject({ key: "standard", kind: "STANDARD", capabilities: ["SEND_EMAIL", "BE_LOOKED_UP"] });
    expect(viewer.user.profile.modules).toContainEqual({ module: { key: "deals" }, permissions: ["VIEW", "EDIT"] });
    expect(viewer.user.profile.modules.map((each: any) => each.module.key)).not.toContain("tickets");
    expect(viewer).toMatchObject({ isSupport: false, organization: { name: "Acme" } });
    expect(viewer.capabilities).toEqual(expect.arrayContaining(["SEND_EMAIL", "OWN_ORGANIZATION_RECORDS"]));
    expect(viewer.capabilities).not.toContain("EXPORT_DATA");
    const own = await gateway.data("ray@acme.test", `query ($id: ID!) { node(id: $id) { ... on Profile { name } } }`, { id: viewer.user.profile.id });
    expect(own["node"]).toEqual({ name: "Standard" });
    const other = await gateway.data("ann@acme.test", `query ($id: ID!) { node(id: $id) { ... on Profile { name } } }`, { id: viewer.user.profile.id });
    expect(other["node"]).toBeNull();
  });

  test.each([
    ["ALL", ["Ann", "Hal", "Ian", "Pam", "Pia", "Ray", "Rex", "Root", "Sue", "Tia"]],
    ["ACTIVE", ["Ann", "Hal", "Pia", "Ray", "Rex", "Root", "Sue", "Tia"]],
    ["INACTIVE", ["Ian"]],
    ["PENDING", ["Pam"]],
    ["RESTRICTED", []],
    ["ADMINISTRATORS", ["Root"]],
  ])("UA-52 users(filter: %s) lists %j", async (filter, expected) => {
    const query = `query ($filter: UserListFilter) { users(filter: $filter) { totalCount edges { node { name } } } }`;
    const { users } = await gateway.data("ray@acme.test", query, { filter });
    expect(names(users)).toEqual(expected);
    expect(users.totalCount).toBe(expected.length);
  });

  test("UA-52 the list is of active people unless said otherwise, and search is by the beginning of a name", async () => {
    const found = async (user: string, search?: string) =>
      names((await gateway.data(user, `query ($search: String) { users(search: $search) { edges { node { name } } } }`, { search }))["users"]);
    expect(await found("ray@acme.test")).not.toContain("Ian");
    expect(await found("ray@acme.test", "r")).toEqual(["Ray", "Rex", "Root"]);
    expect(await found("pia@acme.test", "sue@")).toEqual(["Sue"]);
    expect(await found("ray@acme.test", "sue@")).toEqual([]); // nobody learns an address by searching for it
  });

  test("SA-06 the agent is found nowhere, but by name as owner and creator", async () => {
    const agent = await gateway.user(AGENT);
    const everywhere = `query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id }
      users(filter: ALL) { totalCount edges { node { isSupport } } } found: users(filter: ALL, search: "agent") { totalCount } roles { edges { node { users { edges { node { isSupport } } } } } } }`;
    for (const user of ["root@acme.test", "ray@acme.test", AGENT]) {
      const data = await gateway.data(user, everywhere, { id: agent, ids: [agent] });
      expect([data["node"], data["nodes"]]).toEqual([null, [null]]);
      expect(data["users"].totalCount).toBe(10);
      expect(data["found"].totalCount).toBe(0);
      expect(JSON.stringify(data)).not.toContain('"isSupport":true');
    }
    const record = `{ record(key: { module: "leads", key: "agent-1" }) { owner { id name isSupport email status role { name } profile { name } license createdAt reportsTo { name } isAdministrator } createdBy { isSupport } } }`;
    expect((await gateway.data("root@acme.test", record))["record"]).toEqual({
      owner: { id: agent, name: expect.any(String), isSupport: true, email: null, status: null, role: null, profile: null, license: null, createdAt: null, reportsTo: null, isAdministrator: false },
      createdBy: { isSupport: true },
    });
    expect((await gateway.data(AGENT, `{ viewer { isSupport user { isSupport email } } }`))["viewer"]).toEqual({
      isSupport: true, user: { isSupport: true, email: AGENT },
    });
  });

  const ALL = ["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER", "IMPORT", "EXPORT", "MASS_UPDATE", "MASS_DELETE"];
  test.each([
    ["ray@acme.test", "leads", ALL],
    ["ray@acme.test", "deals", ["VIEW", "EDIT"]],
    ["ray@acme.test", "tickets", []],
    ["ann@acme.test", "leads", ["VIEW"]],
    ["ann@acme.test", "deals", []],
    ["ann@acme.test", "tickets", ["VIEW"]], // VIEW_ALL_DATA
    ["pia@acme.test", "leads", []],
    ["tia@acme.test", "leads", ["VIEW"]],
    ["tia@acme.test", "accounts", []],
    ["tia@acme.test", "tickets", ["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER", "MASS_UPDATE", "MASS_DELETE"]],
    ["root@acme.test", "tickets", ALL],
    [AGENT, "leads", ALL.filter((each) => each !== "DELETE" && each !== "MASS_DELETE")],
  ])("TU-21 module permissions of %s in %s are %j", async (user, module, expected) => {
    const { module: read } = await gateway.data(user, `query ($key: String!) { module(key: $key) { permissions } }`, { key: module });
    expect(read.permissions).toEqual(expected);
  });

  test("AP-04 sharing rules: whole for who changes them, an unknown module named", async () => {
    const query = `query ($module: String) { sharingRules(module: $module) { edges { node { key name level includeSuperiors status expiresAt isReadable appliedRecords totalRecords criteria module { key } source { kind role { key } } target { kind user { name } group { key } } } } } }`;
    const { sharingRules } = await gateway.data("root@acme.test", query, { module: "leads" });
    expect(rows(sharingRules)).toEqual([
      expect.objectContaining({
        key: "reps-to-service", level: "READ_WRITE", includeSuperiors: false, status: "ACTIVE", expiresAt: null, isReadable: true, criteria: null,
        module: { key: "leads" }, source: { kind: "ROLE", role: { key: "rep" } }, target: { kind: "USER", user: { name: "Ann" }, group: null },
      }),
      expect.objectContaining({
        key: "won-to-vips", includeSuperiors: true, expiresAt: "2027-01-01T00:00:00.000Z", source: null,
        criteria: { all: [
          { compare: { field: "status", op: "EQ", value: "won" } },
          { compare: { field: "account", op: "EQ", value: await gateway.record("accounts", "acc-2") } },
        ] },
      }),
    ]);
    for (const rule of rows(sharingRules)) expect([typeof rule.appliedRecords, typeof rule.totalRecords]).toEqual(["number", "number"]);
    expect((await gateway.data("root@acme.test", query, { module: "deals" }))["sharingRules"].edges).toEqual([]);
    expect(onlyError(await gateway.ask("root@acme.test", query, { module: "nothing" })).extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "module" });
  });
});

function rows(connection: { edges: { node: any }[] }): any[] {
  return connection.edges.map(({ node }) => node);
}

function names(connection: { edges: { node: any }[] }): string[] {
  return rows(connection).map(({ name }) => name);
}
