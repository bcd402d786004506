import { beforeAll, expect, test } from "vitest";
import { openStore } from "../../../src/database/open.ts";
import { RESERVED_MODULES } from "../../../src/policy/model/naming.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway, rows } from "../gateway.ts";
import { ACME, LEADS } from "../world.ts";

const ROOT = "root@acme.test";
const SUE = "sue@acme.test";
const FORECASTS = ACME.replace(
  "modules:\n  accounts:",
  "modules:\n  forecasts: { label: Forecasts }\n  accounts:",
);

const SET = `mutation ($defaults: [ModuleDefaultInput!]!) {
  setOrganizationDefaults(input: { defaults: $defaults }) { ids modules { key defaultAccess } } }`;

type Default = { readonly module: string; readonly access: string };

describeOnBoth("organisation defaults", (open) => {
  let gateway: Gateway;
  let url: string;
  beforeAll(async () => {
    const opened = await open();
    url = opened.url;
    gateway = await openGateway(opened.database, FORECASTS);
  });

  const set = (as: string | null, ...defaults: readonly Default[]) => gateway.ask(as, SET, { defaults });

  const accessOf = async (through = gateway) => {
    const { modules } = await through.data(ROOT, "{ modules { edges { node { key defaultAccess } } } }");
    return Object.fromEntries(rows(modules).map(({ key, defaultAccess }) => [key, defaultAccess]));
  };

  const leadsOf = async (user: string, through = gateway) => {
    const { records } = await through.data(
      user,
      `{ records(module: "leads") { totalCount edges { node { access { read update delete } } } } }`,
    );
    return { total: records.totalCount, access: rows(records)[0]?.access };
  };

  const events = () => gateway.database.reader.auditEvent.count();

  test("SH-07 one mutation sets many modules, answers in the order of the input, and leaves an event for each", async () => {
    const before = await events();
    const answer = await set(
      ROOT,
      { module: "leads", access: "PUBLIC_READ_WRITE" },
      { module: "accounts", access: "PUBLIC_READ_ONLY" },
    );
    expect(answer.data?.["setOrganizationDefaults"].modules).toEqual([
      { key: "leads", defaultAccess: "PUBLIC_READ_WRITE" },
      { key: "accounts", defaultAccess: "PUBLIC_READ_ONLY" },
    ]);
    expect(await accessOf()).toMatchObject({
      leads: "PUBLIC_READ_WRITE",
      accounts: "PUBLIC_READ_ONLY",
      deals: "PUBLIC_READ_ONLY",
    });
    expect(await events()).toBe(before + 2);
    await set(ROOT, { module: "leads", access: "PRIVATE" }, { module: "accounts", access: "PRIVATE" });
  });

  test.each<[what: string, bad: Default, field: string, requirement: string | undefined]>([
    ["unknown", { module: "nothing", access: "PRIVATE" }, "input.defaults.1.module", undefined],
    ["a team module", { module: "tickets", access: "PRIVATE" }, "input.defaults.1.module", "TU-21"],
    ["named twice", { module: "leads", access: "PRIVATE" }, "input.defaults.1.module", undefined],
    [
      "built in and private: forecasts",
      { module: "forecasts", access: "PRIVATE" },
      "input.defaults.1.module",
      "SH-09",
    ],
    ...RESERVED_MODULES.map((module): [string, Default, string, string] => [
      `reserved: ${module}`,
      { module, access: "PUBLIC_READ_ONLY" },
      "input.defaults.1.module",
      "SH-08",
    ]),
  ])("SH-07 SH-08 SH-09 one module that is %s, and nothing changes", async (_, bad, field, requirement) => {
    const before = [await accessOf(), await events()];
    const answer = await set(ROOT, { module: "leads", access: "PUBLIC_READ_WRITE" }, bad, {
      module: "accounts",
      access: "PUBLIC_READ_ONLY",
    });
    const { extensions } = onlyError(answer);
    expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
    expect(extensions["requirement"]).toBe(requirement);
    expect([await accessOf(), await events()]).toEqual(before);
  });

  test("SH-07 no module at all is bad input", async () => {
    expect(onlyError(await set(ROOT)).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.defaults",
    });
  });

  test.each([
    [null, "UNAUTHENTICATED"],
    ["ray@acme.test", "FORBIDDEN"],
    ["ann@acme.test", "FORBIDDEN"],
    ["tia@acme.test", "FORBIDDEN"],
  ])("SH-10 as %s it is %s and changes nothing", async (user, code) => {
    const before = [await accessOf(), await events()];
    expect(
      onlyError(await set(user, { module: "leads", access: "PUBLIC_READ_ONLY" })).extensions["code"],
    ).toBe(code);
    expect([await accessOf(), await events()]).toEqual(before);
  });

  test("SH-10 AP-04 a broken shape is told before the capability is asked for", async () => {
    const { extensions } = onlyError(await set("ray@acme.test", { module: "forecasts", access: "PRIVATE" }));
    expect(extensions["code"]).toBe("BAD_USER_INPUT");
  });

  test.each([
    ["PUBLIC_READ_ONLY", LEADS + 2, { read: true, update: false, delete: false }],
    ["PUBLIC_READ_WRITE", LEADS + 2, { read: true, update: true, delete: false }],
    ["PUBLIC_READ_WRITE_DELETE", LEADS + 2, { read: true, update: true, delete: true }],
    ["PRIVATE", 1, { read: true, update: false, delete: false }],
  ])("SH-02 SH-11 %s is in force on the next request, of every instance", async (access, total, mayDo) => {
    const elsewhere = await openStore(url, { auditKeys: AUDIT_KEYS });
    try {
      const there = await openGateway(elsewhere, FORECASTS);
      // The file has put things back: from here on both have seen the same version.
      await leadsOf(SUE, there);
      expect((await set(ROOT, { module: "leads", access })).errors).toBeUndefined();
      for (const instance of [there, gateway]) {
        expect(await leadsOf(SUE, instance)).toEqual({ total, access: mayDo });
      }
    } finally {
      await elsewhere.close();
    }
  });
});
