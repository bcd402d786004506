import { expect, test } from "vitest";
import { describeOnBoth, type OpenDatabase } from "../../database.ts";
import { onlyError, openGateway, type Shown } from "../gateway.ts";
import { absentId } from "../noun-id.ts";
import { HELD, SUITE } from "./suite.ts";

const CONFIGURE = `mutation ($input: ConfigureApplicationInput!) { configureApplication(input: $input) { application { name version fields { key label type isRequired options } administrators { name } } } }`;
const SEATS = `mutation ($input: SetSeatsInput!) { setSeats(input: $input) { organization { seats { regular regularUsed regularFree team } } } }`;
const ROOT = "root@acme.test";
const MO = "mo@acme.test";
const DORA = "dora@acme.test";

const SPACE = { key: "space", label: "Space", type: "OPTION", isRequired: true, options: ["Docs", "Notes"] };
const GUEST = { key: "guest", type: "BOOLEAN" };

async function fresh(open: OpenDatabase) {
  const gateway = await openGateway((await open()).database, SUITE);
  const version = async (key: string): Promise<number> => {
    const { organization } = await gateway.data(ROOT, "{ organization { applications { key version } } }");
    return organization.applications.find((each: Shown) => each.key === key).version;
  };
  const configure = (as: string, input: object) => gateway.ask(as, CONFIGURE, { input });
  return {
    gateway,
    version,
    done: async (as: string, input: object): Promise<Shown> => {
      const answer = await configure(as, input);
      expect(answer.errors).toBeUndefined();
      return answer.data?.["configureApplication"].application;
    },
    refused: async (as: string, input: object) => onlyError(await configure(as, input)),
  };
}

describeOnBoth("UA-31 what an application asks is its own configuration", (open) => {
  test("UA-31 its administrator says what is asked and offered, and the next who gets it is asked that", async () => {
    const { done, version, gateway } = await fresh(open);
    const after = await done(MO, {
      application: "WIKI",
      name: "Knowledge",
      fields: [
        { ...SPACE, options: ["Docs", "Notes", "Plans"] },
        GUEST,
        { key: "theme", type: "OPTION", options: ["Dark", "Light"] },
      ],
      expectedVersion: await version("WIKI"),
    });
    expect(after).toMatchObject({
      name: "Knowledge",
      fields: [
        { ...SPACE, options: ["Docs", "Notes", "Plans"] },
        { key: "guest", label: "guest", type: "BOOLEAN", isRequired: false, options: [] },
        { key: "theme", label: "theme", type: "OPTION", isRequired: false, options: ["Dark", "Light"] },
      ],
      administrators: [{ name: "Mo" }],
    });
    expect(after.version).toBe(await version("WIKI"));
    const assign = `mutation ($input: AssignApplicationsInput!) { assignApplications(input: $input) { items { isDone refusal { message } } } }`;
    const give = async (values: object) => {
      const user = await gateway.user("none@acme.test");
      const items = [{ user, applications: [{ application: "WIKI", values }] }];
      return (await gateway.data(MO, assign, { input: { items } }))["assignApplications"].items[0];
    };
    expect((await give({ space: "Docs", motto: "m" })).refusal.message).toBe(
      'Knowledge asks for no "motto".',
    );
    expect((await give({ space: "Plans", theme: "Dark" })).isDone).toBe(true);
  });

  test("UA-01 UA-02 UA-51 nobody else configures it, and administrators are named by administrators, of people who are active", async () => {
    const { refused, done, version, gateway } = await fresh(open);
    for (const as of [DORA, "pia@acme.test", "ray@acme.test", "tia@acme.test"])
      expect((await refused(as, { application: "WIKI", name: "Mine" })).extensions["code"], as).toBe(
        "FORBIDDEN",
      );
    const people = async (...names: string[]) =>
      Promise.all(names.map((name) => gateway.user(`${name}@acme.test`)));
    const named = async (...names: string[]) => ({
      application: "WIKI",
      administrators: await people(...names),
      expectedVersion: await version("WIKI"),
    });
    expect((await refused(MO, await named("mo", "ray"))).extensions["code"]).toBe("FORBIDDEN");
    for (const name of ["pam", "ian", "tia"])
      expect((await refused(ROOT, await named("mo", name))).extensions).toMatchObject({
        code: "ACTION_NOT_AVAILABLE",
        field: "input.administrators.1",
        requirement: name === "tia" ? "TU-12p" : "UA-51",
      });
    expect((await done(ROOT, await named("ray"))).administrators).toEqual([{ name: "Ray" }]);
    // Mo is none any more, with the next request.
    expect((await refused(MO, { application: "WIKI", name: "Mine" })).extensions["code"]).toBe("FORBIDDEN");
    await done("ray@acme.test", { application: "WIKI", name: "Ray's" });
  });

  test("UA-31 CRM's role and profile stay required, and no other application asks for a place", async () => {
    const { refused, version } = await fresh(open);
    const role = { key: "role", type: "ROLE", isRequired: true };
    const profile = { key: "profile", type: "PROFILE", isRequired: true };
    for (const fields of [
      [role],
      [role, { ...profile, isRequired: false }],
      [role, profile, { ...role, key: "second" }],
    ]) {
      const expectedVersion = await version("CRM");
      const { extensions } = await refused(ROOT, { application: "CRM", fields, expectedVersion });
      expect(extensions).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.fields",
        requirement: "UA-31",
      });
    }
    const expectedVersion = await version("WIKI");
    const { extensions } = await refused(MO, {
      application: "WIKI",
      fields: [SPACE, GUEST, role],
      expectedVersion,
    });
    expect(extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.fields.2.type",
      requirement: "UA-31",
    });
  });

  test("UA-11 the field that says who needs no seat stays", async () => {
    const { refused, version } = await fresh(open);
    const expectedVersion = await version("WIKI");
    const { extensions } = await refused(MO, { application: "WIKI", fields: [SPACE], expectedVersion });
    expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", requirement: "UA-11" });
  });

  test("UA-31 what somebody has answered goes on to fit", async () => {
    const { refused, done, version } = await fresh(open);
    const expectedVersion = await version("DESK");
    const fields = [
      { key: "role", type: "OPTION", isRequired: true, options: ["Agent"] },
      { key: "profile", type: "OPTION", isRequired: true, options: ["Agent"] },
      { key: "department", type: "OPTION", isRequired: true, options: ["Sales"] },
      { key: "lightAgent", type: "BOOLEAN" },
    ];
    const { extensions, message } = await refused(DORA, { application: "DESK", fields, expectedVersion });
    expect(extensions).toMatchObject({ code: "CONFLICT", field: "input.fields", users: 2 });
    expect(message).toBe(
      "2 people have Desk with answers that would not fit: Desk takes one of Sales as department. First edit theirs.",
    );
    // Of Wiki nobody has any answers that count: Ray's is off.
    await done(MO, {
      application: "WIKI",
      fields: [{ ...SPACE, options: ["Plans"] }, GUEST],
      expectedVersion: await version("WIKI"),
    });
  });

  test.each<[string, object, string]>([
    ["a key twice", { fields: [SPACE, GUEST, SPACE] }, "input.fields.2.key"],
    ["a key that is none", { fields: [{ ...SPACE, key: "a b" }, GUEST] }, "input.fields.0.key"],
    ["no options", { fields: [{ ...SPACE, options: [] }, GUEST] }, "input.fields.0.options"],
    ["options of text", { fields: [{ ...SPACE, type: "TEXT" }, GUEST] }, "input.fields.0.options"],
    ["an option twice", { fields: [{ ...SPACE, options: ["a", "a"] }, GUEST] }, "input.fields.0.options.1"],
    [
      "a yes or no that is required",
      { fields: [SPACE, { ...GUEST, isRequired: true }] },
      "input.fields.1.isRequired",
    ],
    [
      "more fields than anybody fills in",
      { fields: Array.from({ length: 101 }, (_, n) => ({ key: `k${n}`, type: "TEXT" })) },
      "input.fields",
    ],
    ["nothing as fields", { fields: null }, "input.fields"],
    ["nothing as administrators", { administrators: null }, "input.administrators"],
    ["a name that is none", { name: " " }, "input.name"],
    ["no version", { fields: [SPACE, GUEST], expectedVersion: null }, "input.expectedVersion"],
    ["an application that is none", { application: "WIKIS" }, "input.application"],
  ])("UA-31 %s is refused by its place", async (_, change, field) => {
    const { refused, version } = await fresh(open);
    const expectedVersion = await version("WIKI");
    const { extensions } = await refused(MO, { application: "WIKI", expectedVersion, ...change });
    expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
  });

  test("SH-40 a list that was changed meanwhile is not replaced, and an administrator who is nobody is NOT_FOUND", async () => {
    const { refused, done, version } = await fresh(open);
    const expectedVersion = await version("WIKI");
    await done(MO, { application: "WIKI", fields: [SPACE, GUEST], expectedVersion });
    const stale = await refused(MO, { application: "WIKI", fields: [GUEST, SPACE], expectedVersion });
    expect(stale.extensions).toMatchObject({ code: "CONFLICT", field: "input.expectedVersion" });
    const administrators = [absentId("User")];
    const absent = await refused(ROOT, { application: "WIKI", administrators, expectedVersion });
    expect(absent.extensions).toMatchObject({ code: "NOT_FOUND", field: "input.administrators.0" });
  });
});

describeOnBoth("UA-13 seats are set", (open) => {
  test("UA-13 to as many as are held, and not to fewer", async () => {
    const { gateway } = await fresh(open);
    const ask = async (input: object, as = ROOT) => gateway.ask(as, SEATS, { input });
    const done = await ask({ regular: HELD });
    expect(done.data?.["setSeats"].organization.seats).toEqual({
      regular: HELD,
      regularUsed: HELD,
      regularFree: 0,
      team: 1,
    });
    for (const [input, kind, used] of [
      [{ regular: HELD - 1 }, "REGULAR", HELD],
      [{ team: 0 }, "TEAM", 1],
    ] as const) {
      const { extensions, message } = onlyError(await ask(input));
      expect(extensions).toMatchObject({ code: "NO_SEAT", license: kind, used, total: used - 1 });
      expect(message).toContain(`${used} of ${used - 1} are used`);
    }
    expect(onlyError(await ask({ regular: -1 })).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.regular",
    });
    expect(onlyError(await ask({ regular: null })).extensions["code"]).toBe("BAD_USER_INPUT");
    for (const as of ["ada@acme.test", "pia@acme.test", "ray@acme.test"])
      expect(onlyError(await ask({ regular: 20 }, as)).extensions["code"], as).toBe("FORBIDDEN");
  });
});
