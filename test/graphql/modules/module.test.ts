import { beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { sweep } from "../../swept.ts";
import { type Answer, type Gateway, names, onlyError, openGateway } from "../gateway.ts";
import { atVersion, fieldId, moduleId, profileId } from "../noun-id.ts";
import { ACME } from "../world.ts";

const ROOT = "root@acme.test";
const RAY = "ray@acme.test";
const TIA = "tia@acme.test";
/** Mo manages modules and reaches no record but his own. */
const MO = "mo@acme.test";

const WORLD = ACME.replace(
  "profiles:\n",
  "profiles:\n  architect: { name: Architect, modules: { leads: [VIEW, DELETE], forecasts: [VIEW, DELETE] }, capabilities: [MANAGE_MODULES] }\n",
)
  .replace("groups:\n", "  mo@acme.test: { name: Mo, role: service, profile: architect }\ngroups:\n")
  .replace("deals: [VIEW, EDIT] }", "deals: [VIEW, EDIT], leads: [VIEW, CREATE, EDIT, DELETE] }");

const MODULE = "module { id key label kind defaultAccess isOpenToTeam fields { key } }";
const CREATE = `mutation ($input: CreateModuleInput!) { createModule(input: $input) { ${MODULE} } }`;
const UPDATE = `mutation ($input: UpdateModuleInput!) { updateModule(input: $input) { ${MODULE} } }`;
const DELETE = `mutation ($input: DeleteModuleInput!) { deleteModule(input: $input) { id } }`;

describeOnBoth("modules", (open) => {
  let gateway: Gateway;
  const fresh = async () => {
    gateway = await openGateway((await open()).database, WORLD);
  };
  const create = (as: string, input: object) => gateway.ask(as, CREATE, { input });
  const update = async (as: string, key: string, change: object) =>
    gateway.ask(as, UPDATE, { input: { id: await moduleId(gateway, key), ...change } });
  const remove = async (as: string, key: string, confirm?: boolean | null) =>
    gateway.ask(as, DELETE, {
      input: { id: await moduleId(gateway, key), ...(confirm === undefined ? {} : { confirm }) },
    });
  const events = (action: string) =>
    gateway.database.reader.auditEvent.findMany({ where: { action }, orderBy: { sequence: "asc" } });
  const look = async () => ({
    modules: await gateway.data(ROOT, `{ modules { edges { node { key label isOpenToTeam } } } }`),
    events: await gateway.database.reader.auditEvent.count(),
  });
  async function refused(ask: () => Promise<Answer>) {
    const before = await look();
    const { extensions } = onlyError(await ask());
    expect(await look()).toEqual(before);
    return extensions;
  }

  describe("made and changed", () => {
    beforeAll(fresh);

    test("SH-01 a new module is private: only the owner and superiors read what is made in it", async () => {
      const { createModule } = (await create(MO, { key: "visits", label: " Visits " })).data ?? {};
      expect(createModule.module).toMatchObject({
        key: "visits",
        label: "Visits",
        kind: "ORGANIZATION",
        defaultAccess: "PRIVATE",
        isOpenToTeam: false,
        fields: [],
      });
      await gateway.data(
        ROOT,
        `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { profile { id } } }`,
        {
          input: await atVersion(gateway, {
            id: await profileId(gateway, "standard"),
            permissions: [{ module: "visits", permissions: ["VIEW", "CREATE"] }],
          }),
        },
      );
      await gateway.data(
        RAY,
        `mutation ($input: CreateRecordInput!) { createRecord(input: $input) { id } }`,
        { input: { module: "visits", name: "Paris" } },
      );
      const seen = async (as: string) =>
        names(
          (await gateway.data(as, `{ records(module: "visits") { edges { node { name } } } }`))["records"],
        );
      expect(await seen(RAY)).toEqual(["Paris"]);
      expect(await seen("hal@acme.test")).toEqual(["Paris"]);
      expect(await seen("rex@acme.test")).toEqual([]);
      expect(await seen("sue@acme.test")).toEqual([]);
      // The file has made some before.
      const event = (await events("CREATE_MODULE")).at(-1);
      expect(event).toMatchObject({
        targetType: "Module",
        before: null,
        after: { key: "visits", defaultAccess: "PRIVATE" },
      });
    });

    test("a module is last in order, and is called something else without changing otherwise", async () => {
      await create(ROOT, { key: "last", label: "Aaa", kind: "TEAM", isOpenToTeam: null });
      const rows = await gateway.database.reader.module.findMany({ orderBy: { position: "desc" }, take: 1 });
      expect(rows[0]).toMatchObject({ key: "last", kind: "TEAM" });
      const { updateModule } = (await update(MO, "last", { label: "Bbb" })).data ?? {};
      expect(updateModule.module).toMatchObject({ key: "last", label: "Bbb", kind: "TEAM" });
      expect(await events("UPDATE_MODULE")).toMatchObject([
        { before: { label: "Aaa" }, after: { label: "Bbb" } },
      ]);
    });

    test("TU-10 a module that is opened is there for team users on their next request, and closed again", async () => {
      const permissions = async () =>
        (await gateway.data(TIA, `{ module(key: "deals") { permissions } }`))["module"].permissions;
      const deals = async () =>
        names(
          (await gateway.data(TIA, `{ records(module: "deals") { edges { node { name } } } }`))["records"],
        );
      expect([await permissions(), await deals()]).toEqual([[], []]);
      await update(MO, "deals", { isOpenToTeam: true });
      expect([await permissions(), await deals()]).toEqual([["VIEW"], ["Deal"]]);
      await update(MO, "deals", { isOpenToTeam: false });
      expect([await permissions(), await deals()]).toEqual([[], []]);
    });
  });

  describe("what is refused", () => {
    beforeAll(fresh);

    test.each<[string, object, object]>([
      ["a key with a space", { key: "my visits", label: "X" }, { field: "input.key" }],
      ["a key that begins with a sign", { key: "-visits", label: "X" }, { field: "input.key" }],
      ["a key of 65 characters", { key: "x".repeat(65), label: "X" }, { field: "input.key" }],
      ["an empty key", { key: "", label: "X" }, { field: "input.key" }],
      ["a blank label", { key: "visits", label: "  " }, { field: "input.label" }],
      ...["notes", "attachments", "emails", "competitors", "reports", "dashboards"].map(
        (key): [string, object, object] => [
          `SH-08 the reserved key ${key}`,
          { key, label: "X" },
          { field: "input.key", requirement: "SH-08" },
        ],
      ),
      [
        "SH-09 forecasts, which is built in",
        { key: "forecasts", label: "X" },
        { field: "input.key", requirement: "SH-09" },
      ],
      [
        "TU-10 a team module opened to team users",
        { key: "visits", label: "X", kind: "TEAM", isOpenToTeam: true },
        { field: "input.isOpenToTeam", requirement: "TU-10" },
      ],
    ])("%s is BAD_USER_INPUT, whoever asks", async (_, input, expected) => {
      for (const as of [ROOT, RAY])
        expect(await refused(() => create(as, input))).toMatchObject({ code: "BAD_USER_INPUT", ...expected });
    });

    test.each(["leads", "tickets"])("the key %s is taken: CONFLICT with its id", async (key) => {
      expect(await refused(() => create(ROOT, { key, label: "X" }))).toMatchObject({
        code: "CONFLICT",
        field: "input.key",
        twin: await moduleId(gateway, key),
      });
      expect(await refused(() => create(RAY, { key, label: "X" }))).toMatchObject({ code: "FORBIDDEN" });
    });

    test.each([
      ["a blank label", "deals", { label: "" }, { code: "BAD_USER_INPUT", field: "input.label" }],
      ["no label", "deals", { label: null }, { code: "BAD_USER_INPUT", field: "input.label" }],
      [
        "neither open nor closed",
        "deals",
        { isOpenToTeam: null },
        { code: "BAD_USER_INPUT", field: "input.isOpenToTeam" },
      ],
      [
        "TU-10 a team module opened to team users",
        "tickets",
        { isOpenToTeam: true },
        { code: "BAD_USER_INPUT", field: "input.isOpenToTeam", requirement: "TU-10" },
      ],
    ])("updateModule with %s", async (_, key, change, expected) => {
      expect(await refused(() => update(ROOT, key, change))).toMatchObject(expected);
    });
  });

  test("TU-10 the 11th module open to team users is TEAM_MODULE_LIMIT; team modules do not count", async () => {
    await fresh();
    // `leads` is open already, and `tickets` is a team module.
    for (let n = 2; n <= 10; n += 1) {
      const answer = await create(MO, { key: `open-${n}`, label: `Open ${n}`, isOpenToTeam: true });
      expect(answer.errors).toBeUndefined();
    }
    const limit = { code: "TEAM_MODULE_LIMIT", field: "input.isOpenToTeam", requirement: "TU-10" };
    expect(await refused(() => create(MO, { key: "open-11", label: "X", isOpenToTeam: true }))).toMatchObject(
      limit,
    );
    expect(await refused(() => update(MO, "deals", { isOpenToTeam: true }))).toMatchObject(limit);
    expect(await refused(() => update(RAY, "deals", { isOpenToTeam: true }))).toMatchObject({
      code: "FORBIDDEN",
    });
    // One that is open already stays so, and a closed one makes room.
    expect((await update(MO, "leads", { isOpenToTeam: true })).errors).toBeUndefined();
    expect((await update(MO, "open-2", { isOpenToTeam: false })).errors).toBeUndefined();
    expect((await update(MO, "deals", { isOpenToTeam: true })).errors).toBeUndefined();
  });

  describe("deleted", () => {
    beforeAll(fresh);

    test.each([
      ["anybody", RAY, "leads", true, { code: "FORBIDDEN", requirement: "CA-01" }],
      ["one with records", MO, "leads", false, { code: "CONFIRMATION_REQUIRED", field: "input.confirm" }],
      ["one with records", MO, "leads", null, { code: "CONFIRMATION_REQUIRED", field: "input.confirm" }],
      ["one without", MO, "forecasts", undefined, { code: "CONFIRMATION_REQUIRED", field: "input.confirm" }],
      ["SH-09", MO, "forecasts", true, { code: "ACTION_NOT_AVAILABLE", requirement: "SH-09" }],
    ])("%s: %s deletes %s with confirm: %s", async (_, as, key, confirm, expected) => {
      expect(await refused(() => remove(as, key, confirm))).toMatchObject(expected);
    });

    test("one that lookups of other modules point to is CONFLICT, naming them", async () => {
      const before = await gateway.database.reader.record.count();
      expect(await refused(() => remove(ROOT, "accounts", true))).toMatchObject({
        code: "CONFLICT",
        field: "input.id",
        fields: [await fieldId(gateway, "leads", "account")],
      });
      expect(onlyError(await remove(ROOT, "accounts", true)).message).toContain("leads.account");
      expect(await gateway.database.reader.record.count()).toBe(before);
    });

    test("it goes with everything in it, in one transaction, and its rules have events of their own", async () => {
      // A lookup to itself is no obstacle.
      await gateway.data(
        ROOT,
        `mutation ($input: CreateFieldInput!) { createField(input: $input) { field { id } } }`,
        {
          input: {
            module: await moduleId(gateway, "leads"),
            key: "parent",
            type: "LOOKUP",
            lookupModule: "leads",
          },
        },
      );
      const { reader } = gateway.database;
      const leads = await reader.module.findFirstOrThrow({ where: { key: "leads" } });
      const where = { moduleId: leads.id };
      const left = async () => ({
        records: await reader.record.count({ where }),
        shares: await reader.recordShare.count(),
        grants: await reader.recordGrant.count({ where }),
        counts: await reader.ownerCount.count({ where }),
        rules: await reader.sharingRule.count({ where }),
        fields: await reader.field.count({ where }),
        profiles: await reader.profileModule.count({ where }),
      });
      for (const count of Object.values(await left())) expect(count).toBeGreaterThan(0);
      const others = await reader.record.count({ where: { NOT: where } });

      const id = await moduleId(gateway, "leads");
      expect((await remove(MO, "leads", true)).data).toEqual({ deleteModule: { id } });

      await sweep(gateway.database);
      for (const count of Object.values(await left())) expect(count).toBe(0);
      expect(await reader.module.findFirst({ where: { id: leads.id } })).toBeNull();
      expect(await reader.record.count()).toBe(others);
      const [event] = await events("DELETE_MODULE");
      expect(event).toMatchObject({
        targetId: leads.id,
        before: { key: "leads", kind: "ORGANIZATION" },
        after: null,
      });
      expect(
        (await events("DELETE_SHARING_RULE")).map(({ before }) => (before as { key: string }).key),
      ).toEqual(["reps-to-service", "won-to-vips"]);
      expect((await gateway.data(RAY, `{ module(key: "leads") { id } }`))["module"]).toBeNull();
      expect(
        onlyError(await gateway.ask(RAY, `{ records(module: "leads") { totalCount } }`)).extensions,
      ).toMatchObject({
        code: "BAD_USER_INPUT",
      });
    });

    test("a team module goes with its memberships; a new one of its key has none of them", async () => {
      const seen = async () =>
        (await gateway.data(TIA, `{ module(key: "tickets") { permissions } }`))["module"]?.permissions ??
        null;
      expect(await seen()).toContain("CREATE");
      expect((await remove(ROOT, "tickets", true)).errors).toBeUndefined();
      expect(await gateway.database.reader.teamMembership.count()).toBe(0);
      const [, event] = await events("DELETE_MODULE");
      expect(JSON.stringify(event?.before)).toContain('"MEMBER"');
      await create(ROOT, { key: "tickets", label: "Tickets", kind: "TEAM" });
      expect(await seen()).toEqual([]);
    });
  });
});
