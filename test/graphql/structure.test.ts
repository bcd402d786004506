import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../database.ts";
import { AGENT, type Gateway, onlyError, openGateway, rows } from "./gateway.ts";
import { ACME } from "./world.ts";

describeOnBoth("structure", (open) => {
  let gateway: Gateway;
  /** Standard as it comes, so that its column of the catalogue is what is given. */
  let unadjusted: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
    const text = ACME.replace(", capabilities: [SEND_EMAIL, BE_LOOKED_UP]", "");
    unadjusted = await openGateway((await open()).database, text);
  });

  const ALL = [
    "VIEW",
    "CREATE",
    "EDIT",
    "DELETE",
    "SHARE",
    "CHANGE_OWNER",
    "IMPORT",
    "EXPORT",
    "MASS_UPDATE",
    "MASS_DELETE",
  ];
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
    [
      "tia@acme.test",
      "tickets",
      ["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER", "MASS_UPDATE", "MASS_DELETE"],
    ],
    ["root@acme.test", "tickets", ALL],
    [AGENT, "leads", ALL.filter((each) => each !== "DELETE" && each !== "MASS_DELETE")],
  ])("TU-21 module permissions of %s in %s are %j", async (user, module, expected) => {
    const { module: read } = await gateway.data(
      user,
      `query ($key: String!) { module(key: $key) { permissions } }`,
      { key: module },
    );
    expect(read.permissions).toEqual(expected);
  });

  test("AP-04 sharing rules: whole for who changes them, an unknown module named", async () => {
    const query = `query ($module: String) { sharingRules(module: $module) { edges { node { key name level includeSuperiors status expiresAt isReadable appliedRecords totalRecords criteria module { key } source { kind role { key } } target { kind user { name } group { key } } } } } }`;
    const { sharingRules } = await gateway.data("root@acme.test", query, { module: "leads" });
    expect(rows(sharingRules)).toEqual([
      expect.objectContaining({
        key: "reps-to-service",
        level: "READ_WRITE",
        includeSuperiors: false,
        status: "ACTIVE",
        expiresAt: null,
        isReadable: true,
        criteria: null,
        module: { key: "leads" },
        source: { kind: "ROLE", role: { key: "rep" } },
        target: { kind: "USER", user: { name: "Ann" }, group: null },
      }),
      expect.objectContaining({
        key: "won-to-vips",
        includeSuperiors: true,
        expiresAt: "2027-01-01T00:00:00.000Z",
        source: null,
        criteria: {
          all: [
            { compare: { field: "status", op: "EQ", value: "won" } },
            { compare: { field: "account", op: "EQ", value: await gateway.record("accounts", "acc-2") } },
          ],
        },
      }),
    ]);
    for (const rule of rows(sharingRules))
      expect([typeof rule.appliedRecords, typeof rule.totalRecords]).toEqual(["number", "number"]);
    expect((await gateway.data("root@acme.test", query, { module: "deals" }))["sharingRules"].edges).toEqual(
      [],
    );
    expect(
      onlyError(await gateway.ask("root@acme.test", query, { module: "nothing" })).extensions,
    ).toMatchObject({ code: "BAD_USER_INPUT", field: "module" });
  });

  test.each([
    ["root@acme.test", "ADMINISTRATOR", []],
    [
      "hal@acme.test",
      "STANDARD",
      ["RECORD_DELETE", "BE_LOOKED_UP", "ASSIGNMENT_TARGET", "OWN_ORGANIZATION_RECORDS"],
    ],
    ["ann@acme.test", "CUSTOM", ["BE_LOOKED_UP", "ASSIGNMENT_TARGET", "OWN_ORGANIZATION_RECORDS"]],
    ["tia@acme.test", "TEAM_USER", ["RECORD_DELETE", "SEND_EMAIL"]],
  ])(
    "CA-02 what %s holds is what the profile %s gives and, by licence or module, %j",
    async (user, kind, besides) => {
      const query = "{ viewer { capabilities user { profile { kind capabilities } } } }";
      const { capabilities, user: person } = (await unadjusted.data(user, query))["viewer"];
      expect(person.profile.kind).toBe(kind);
      expect(person.profile.capabilities.filter((each: string) => !capabilities.includes(each))).toEqual([]);
      expect(capabilities.filter((each: string) => !person.profile.capabilities.includes(each))).toEqual(
        besides,
      );
    },
  );
});
