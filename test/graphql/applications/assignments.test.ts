import { expect, test } from "vitest";
import { describeOnBoth, type OpenDatabase } from "../../database.ts";
import { type Gateway, onlyError, openGateway, type Shown } from "../gateway.ts";
import { absentId } from "../noun-id.ts";
import { SUITE } from "./suite.ts";

const ADA = "ada@acme.test";
const ROOT = "root@acme.test";
const MO = "mo@acme.test";
const DESK = { role: "Agent", profile: "Agent", department: "General" };

type Verb = "edit" | "enable" | "disable" | "unassign";
const MUTATIONS: Readonly<Record<Verb, string>> = {
  edit: "editApplicationAssignment",
  enable: "enableApplication",
  disable: "disableApplication",
  unassign: "unassignApplication",
};

/** A suite of one's own, and what is done in it: to a person by name, with one application. */
async function fresh(open: OpenDatabase, text = SUITE) {
  const gateway = await openGateway((await open()).database, text);
  const ask = async (as: string, verb: Verb, name: string, application: string, values?: object) => {
    const mutation = MUTATIONS[verb];
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const user = await gateway.user(`${name}@acme.test`);
    return gateway.ask(as, `mutation ($input: ${type}!) { ${mutation}(input: $input) { user { name } } }`, {
      input: { user, application, ...(values === undefined ? {} : { values }) },
    });
  };
  const refused = async (...args: Parameters<typeof ask>) => onlyError(await ask(...args));
  const done = async (...args: Parameters<typeof ask>) => expect((await ask(...args)).errors).toBeUndefined();
  return { gateway, refused, done };
}

async function assign(gateway: Gateway, as: string, name: string, applications: object): Promise<Shown> {
  const query = `mutation ($input: AssignApplicationsInput!) { assignApplications(input: $input) { items { isDone refusal { code message field requirement } } } }`;
  const user = await gateway.user(`${name}@acme.test`);
  const answer = await gateway.data(as, query, { input: { items: [{ user, applications }] } });
  return answer["assignApplications"].items[0];
}

async function has(gateway: Gateway, name: string): Promise<Shown> {
  const id = await gateway.user(`${name}@acme.test`);
  const query = `query ($id: ID!) { node(id: $id) { ... on User { status applications { key isEnabled values } } } }`;
  const { node } = await gateway.data(ADA, query, { id });
  return Object.fromEntries(node.applications.map((each: Shown) => [each.key, each]));
}

async function leads(gateway: Gateway, name: string): Promise<number> {
  const data = await gateway.data(`${name}@acme.test`, `{ records(module: "leads") { totalCount } }`);
  return data["records"].totalCount;
}

describeOnBoth("one person's application", (open) => {
  test("UA-30 a key that objects keep for themselves is a field that is unknown", async () => {
    const { gateway } = await fresh(open);
    const values = JSON.parse(
      '{ "space": "Docs", "__proto__": { "motto": { "deep": [1] }, "neverAsked": "x" } }',
    );
    expect(await assign(gateway, MO, "lia", [{ application: "WIKI", values }])).toMatchObject({
      isDone: false,
      refusal: { code: "BAD_USER_INPUT", field: "input.items.0.applications.0.values.__proto__" },
    });
  });

  test("UA-30 UA-31 given, edited, switched and taken away: a ninth application, by who administers it", async () => {
    const { gateway, done, refused } = await fresh(open);
    const wiki = { application: "WIKI", values: { space: "Docs", guest: true } };
    expect(await assign(gateway, MO, "lia", [wiki])).toEqual({ isDone: true, refusal: null });
    expect((await has(gateway, "lia"))["WIKI"]).toEqual({
      key: "WIKI",
      isEnabled: true,
      values: { space: "Docs", guest: true },
    });
    await done(MO, "edit", "lia", "WIKI", { motto: "Onwards", space: "Notes" });
    expect((await has(gateway, "lia"))["WIKI"].values).toEqual({
      space: "Notes",
      motto: "Onwards",
      guest: true,
    });
    await done(MO, "edit", "lia", "WIKI", { motto: null });
    expect((await has(gateway, "lia"))["WIKI"].values).toEqual({ space: "Notes", guest: true });
    await done(MO, "disable", "lia", "WIKI");
    expect((await has(gateway, "lia"))["WIKI"].isEnabled).toBe(false);
    await done(MO, "enable", "lia", "WIKI", { space: "Docs", guest: true });
    await done(MO, "unassign", "lia", "WIKI");
    expect(Object.keys(await has(gateway, "lia"))).toEqual(["DESK"]);
    const { extensions } = await refused(MO, "edit", "lia", "WIKI", { space: "Docs" });
    expect(extensions).toMatchObject({
      code: "ACTION_NOT_AVAILABLE",
      field: "input.application",
      requirement: "UA-40",
      application: "WIKI",
      status: "ACTIVE",
      available: ["ASSIGN"],
    });
  });

  test.each<[string, object, string, string]>([
    ["nothing at all", {}, "Desk needs role.", "role"],
    [
      "a department that is not offered",
      { ...DESK, department: "Moon" },
      "Desk takes one of General as department.",
      "department",
    ],
    ["what nobody asked", { ...DESK, hat: "red" }, 'Desk asks for no "hat".', "hat"],
    [
      "text for yes or no",
      { ...DESK, lightAgent: "yes" },
      "Desk takes true or false as lightAgent.",
      "lightAgent",
    ],
  ])(
    "UA-30 %s is refused naming application and field, and nothing is written",
    async (_, values, message, field) => {
      const { gateway, refused } = await fresh(open);
      const events = await gateway.database.reader.auditEvent.count();
      const item = await assign(gateway, ADA, "none", [
        { application: "ANALYTICS", values: { role: "Viewer" } },
        { application: "DESK", values },
      ]);
      expect(item).toEqual({
        isDone: false,
        refusal: {
          code: "BAD_USER_INPUT",
          message,
          field: `input.items.0.applications.1.values.${field}`,
          requirement: "UA-30",
        },
      });
      expect(await has(gateway, "none")).toEqual({});
      if (Object.keys(values).length > 0) {
        const { extensions } = await refused(ADA, "edit", "ray", "DESK", values);
        expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", field: `input.values.${field}` });
      }
      expect(await gateway.database.reader.auditEvent.count()).toBe(events);
    },
  );

  test("UA-30 AP-13 all that is wrong is told together", async () => {
    const { refused } = await fresh(open);
    const { extensions } = await refused(ADA, "enable", "ray", "WIKI", { guest: 1, motto: "", x: 1 });
    expect((extensions["faults"] as Shown[]).map(({ field }) => field)).toEqual([
      "input.values.x",
      "input.values.space",
      "input.values.motto",
      "input.values.guest",
    ]);
  });

  test("UA-01 what somebody does not administer is FORBIDDEN by name, without a word of what it asks", async () => {
    const { gateway, refused } = await fresh(open);
    const item = await assign(gateway, "dora@acme.test", "none", [
      { application: "WIKI", values: { spase: 1 } },
    ]);
    expect(item.refusal).toEqual({
      code: "FORBIDDEN",
      message: "You do not administer Wiki.",
      field: null,
      requirement: "UA-01",
    });
    for (const verb of ["edit", "enable", "disable", "unassign"] as const) {
      const values = verb === "edit" || verb === "enable" ? { nonsense: true } : undefined;
      const { extensions } = await refused("dora@acme.test", verb, "ray", "WIKI", values);
      expect(extensions).toMatchObject({ code: "FORBIDDEN", requirement: "UA-01" });
    }
    const unknown = await refused("dora@acme.test", "disable", "ray", "DESC");
    expect(unknown.message).toBe('There is no application "DESC". Did you mean "DESK"?');
    const hidden = await refused("dora@acme.test", "disable", "ray", "WIKY");
    expect(hidden.message).toBe('There is no application "WIKY".');
  });

  test("UA-41 only what is off is enabled, and what is on disabled; that ends nothing else", async () => {
    const { gateway, refused, done } = await fresh(open);
    const on = await refused(ADA, "enable", "ray", "DESK", DESK);
    expect(on.extensions).toMatchObject({ code: "ACTION_NOT_AVAILABLE", available: ["EDIT", "DISABLE"] });
    expect(on.message).toBe("Desk is on for Ray, who is ACTIVE; available: EDIT, DISABLE.");
    const off = await refused(ADA, "disable", "ray", "WIKI");
    expect(off.extensions["available"]).toEqual(["EDIT", "ENABLE", "UNASSIGN"]);
    await done(ADA, "disable", "ray", "DESK");
    const after = await has(gateway, "ray");
    expect([after["CRM"].isEnabled, after["DESK"].isEnabled, after["WIKI"].isEnabled]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await leads(gateway, "ray")).toBe(1);
  });

  test("UA-42 what was answered before does not count when it is switched on again", async () => {
    const { gateway, refused, done } = await fresh(open);
    await done(ADA, "disable", "ray", "DESK");
    const { extensions } = await refused(ADA, "enable", "ray", "DESK");
    expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "input.values.role" });
    await done(ADA, "enable", "ray", "DESK", { ...DESK, role: "Supervisor" });
    expect((await has(gateway, "ray"))["DESK"].values).toEqual({ ...DESK, role: "Supervisor" });
  });

  test("UA-04 without CRM record access is gone with the next request, and comes back with it", async () => {
    const { gateway, done } = await fresh(open);
    expect(await leads(gateway, "ray")).toBe(1);
    await done(ROOT, "disable", "ray", "CRM");
    expect(await leads(gateway, "ray")).toBe(0);
    const place = {
      role: await gateway.id("Role", "rep"),
      profile: await gateway.id("Profile", "plain"),
    };
    await done(ROOT, "enable", "ray", "CRM", place);
    expect(await leads(gateway, "ray")).toBe(1);
  });

  test("UA-12 with the end of light agent, and with any counted application, somebody needs a seat; without the last one it is free", async () => {
    const { gateway, refused, done } = await fresh(open, SUITE.replace("regular: 9", "regular: 7"));
    const full = await refused(ADA, "edit", "lia", "DESK", { lightAgent: false });
    expect(full.extensions).toMatchObject({ code: "NO_SEAT", used: 7, total: 7, license: "REGULAR" });
    expect(full.message).toBe("No regular seat is free: 7 of 7 are used.");
    const item = await assign(gateway, ADA, "pro", [
      { application: "ANALYTICS", values: { role: "Viewer" } },
    ]);
    expect(item.refusal.code).toBe("NO_SEAT");
    // Ray's seat is free when the last of his counted applications is off.
    await done(ROOT, "disable", "ray", "CRM");
    expect((await refused(ADA, "edit", "lia", "DESK", { lightAgent: false })).extensions["code"]).toBe(
      "NO_SEAT",
    );
    await done(ROOT, "disable", "ray", "DESK");
    await done(ADA, "edit", "lia", "DESK", { lightAgent: false });
    const { organization } = await gateway.data(
      ROOT,
      "{ organization { seats { regularUsed restricted } } }",
    );
    expect(organization.seats).toEqual({ regularUsed: 7, restricted: 1 });
    await done(ADA, "edit", "lia", "DESK", { lightAgent: null, role: "Supervisor" });
  });

  test("UA-43 UA-50 one application brings back who was deactivated, with that one alone, by administrators alone", async () => {
    const { gateway, refused, done } = await fresh(open);
    const id = await gateway.user("ian@acme.test");
    const place = { role: await gateway.id("Role", "rep"), profile: await gateway.id("Profile", "plain") };
    const other = await refused(ADA, "disable", "ian", "CRM");
    expect(other.extensions).toMatchObject({
      code: "ACTION_NOT_AVAILABLE",
      status: "INACTIVE",
      available: ["ENABLE"],
    });
    expect((await assign(gateway, ADA, "ian", [{ application: "DESK", values: DESK }])).refusal.code).toBe(
      "ACTION_NOT_AVAILABLE",
    );
    await done(ROOT, "enable", "ian", "CRM", place);
    const { node } = await gateway.data(
      ADA,
      `query ($id: ID!) { node(id: $id) { ... on User { status } } }`,
      { id },
    );
    expect(node.status).toBe("ACTIVE");
  });

  test("UA-43 UA-03 who administers one application alone brings nobody back", async () => {
    const text = SUITE.replace(
      "name: Ian, role: rep, profile: plain, status: INACTIVE",
      "name: Ian, role: rep, profile: plain, status: INACTIVE, applications: { DESK: { enabled: false } }",
    );
    const { refused } = await fresh(open, text);
    const { extensions } = await refused("dora@acme.test", "enable", "ian", "DESK", DESK);
    expect(extensions["code"]).toBe("FORBIDDEN");
  });
});

describeOnBoth("UA-31 every door that gives CRM obeys the guards of updateUser", (open) => {
  /** Dora administers CRM here, and manages people, but holds nothing more. */
  const CRM = SUITE.replace(
    "applications:\n  DESK:",
    "applications:\n  CRM: { administrators: [dora@acme.test] }\n  DESK:",
  );
  const DORA = "dora@acme.test";

  test("UA-31 one's own CRM, and the super administrator's, are for holders of MANAGE_ADMIN_PERMISSIONS", async () => {
    const { refused } = await fresh(open, CRM);
    for (const name of ["dora", "root"]) {
      const { extensions } = await refused(DORA, "disable", name, "CRM");
      expect(extensions).toMatchObject({
        code: "FORBIDDEN",
        requirement: name === "root" ? "SH-60" : "UA-31",
      });
    }
  });

  test("UA-31 CA-02 nobody gives a profile that holds more than they do, by no door", async () => {
    const { gateway, refused, done } = await fresh(open, CRM);
    const role = await gateway.id("Role", "rep");
    const profile = async (key: string) => ({ role, profile: await gateway.id("Profile", key) });
    for (const key of ["standard", "administrator"]) {
      const item = await assign(gateway, DORA, "none", [{ application: "CRM", values: await profile(key) }]);
      expect(item.refusal.code, key).toBe("FORBIDDEN");
      expect((await refused(DORA, "edit", "ray", "CRM", await profile(key))).extensions["code"], key).toBe(
        "FORBIDDEN",
      );
    }
    expect(
      await assign(gateway, DORA, "none", [{ application: "CRM", values: await profile("plain") }]),
    ).toEqual({
      isDone: true,
      refusal: null,
    });
    // What somebody had before is given again, when CRM is.
    await done(DORA, "disable", "ray", "CRM");
    await done(ROOT, "enable", "ray", "CRM", await profile("standard"));
    await done(DORA, "disable", "ray", "CRM");
    expect((await refused(DORA, "enable", "ray", "CRM", await profile("standard"))).extensions["code"]).toBe(
      "FORBIDDEN",
    );
  });

  test("UA-31 SH-25 SH-23 a place has to fit, and moves what the person owns", async () => {
    const { gateway, refused, done } = await fresh(open, CRM);
    const head = await gateway.id("Role", "head");
    const pia = await gateway.user("pia@acme.test");
    expect(
      (await refused(ADA, "edit", "ray", "CRM", { role: head, reportsTo: pia })).extensions,
    ).toMatchObject({
      code: "CONFLICT",
      requirement: "SH-25",
    });
    await done(ADA, "edit", "ray", "CRM", { reportsTo: pia });
    expect((await has(gateway, "ray"))["CRM"].values).toMatchObject({ reportsTo: pia });
    await done(ADA, "edit", "ray", "CRM", { reportsTo: null, role: head });
    const values = (await has(gateway, "ray"))["CRM"].values;
    expect(values).toEqual({ role: head });
    await gateway.store.jobs.idle();
    const row = await gateway.database.reader.record.findFirstOrThrow({ where: { key: "ray-1" } });
    expect(row.ownerRoleId).toBe(
      (await gateway.database.reader.role.findFirstOrThrow({ where: { key: "head" } })).id,
    );
    const events = await gateway.database.reader.auditEvent.findMany({
      orderBy: { sequence: "desc" },
      take: 2,
    });
    expect(events.map(({ action }) => action)).toEqual(["UPDATE_USER", "EDIT_APPLICATION_ASSIGNMENT"]);
  });

  test("UA-31 TU-07 a team user is not asked for a profile, and gets no other", async () => {
    const { gateway, refused, done } = await fresh(open, CRM);
    const role = await gateway.id("Role", "rep");
    await done(ROOT, "disable", "tia", "CRM");
    const profile = await gateway.id("Profile", "plain");
    expect((await refused(ROOT, "enable", "tia", "CRM", { role, profile })).extensions).toMatchObject({
      code: "ACTION_NOT_AVAILABLE",
      requirement: "TU-07",
    });
    await done(ROOT, "enable", "tia", "CRM", { role });
  });

  test("AP-03 a role, a profile or a manager that is none is NOT_FOUND, and no id at all is told as that", async () => {
    const { gateway, refused } = await fresh(open, CRM);
    for (const [field, noun] of [
      ["role", "Role"],
      ["profile", "Profile"],
      ["reportsTo", "User"],
    ] as const) {
      const absent = await refused(ADA, "edit", "ray", "CRM", { [field]: absentId(noun) });
      expect(absent.extensions).toMatchObject({ code: "NOT_FOUND", field: `input.values.${field}` });
      const other = await refused(ADA, "edit", "ray", "CRM", {
        [field]: await gateway.id("Module", "leads"),
      });
      expect(other.extensions).toMatchObject({ code: "NOT_FOUND", field: `input.values.${field}` });
      const wrong = await refused(ADA, "edit", "ray", "CRM", { [field]: 5 });
      expect(wrong.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: `input.values.${field}` });
    }
    const taken = await refused(ADA, "edit", "ray", "CRM", { role: null });
    expect(taken.message).toBe("CRM needs role.");
  });
});
