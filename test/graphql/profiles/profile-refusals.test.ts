import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Answer, type Gateway, onlyError, openGateway } from "../gateway.ts";
import { atVersion, profileId } from "../noun-id.ts";
import { CREATE, changeProfile, DELETE, KIM, RAY, ROOT, UPDATE, WORLD } from "./profile-world.ts";

describeOnBoth("what is refused of profiles", (open) => {
  let gateway: Gateway;
  const update = (as: string, key: string, change: object) => changeProfile(gateway, as, key, change);
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, WORLD);
  });

  const look = async () => ({
    profiles: await gateway.data(ROOT, `{ profiles { edges { node { key name capabilities } } } }`),
    events: await gateway.database.reader.auditEvent.count(),
  });
  async function refused(ask: () => Promise<Answer>) {
    const before = await look();
    const { extensions } = onlyError(await ask());
    expect(await look()).toEqual(before);
    return extensions;
  }

  const twice = ["VIEW", "EDIT", "VIEW"];
  test.each<[string, object, object]>([
    ["a blank name", { name: " " }, { field: "input.name" }],
    ["a key with a space", { name: "X", key: "a b" }, { field: "input.key" }],
    [
      "CA-02 an unknown module",
      { name: "X", permissions: [{ module: "nothing", permissions: [] }] },
      { field: "input.permissions.0.module" },
    ],
    [
      "TU-21 a team module",
      { name: "X", permissions: [{ module: "tickets", permissions: ["VIEW"] }] },
      { field: "input.permissions.0.module", requirement: "TU-21" },
    ],
    [
      "a module twice",
      {
        name: "X",
        permissions: [
          { module: "leads", permissions: [] },
          { module: "leads", permissions: null },
        ],
      },
      { field: "input.permissions.1.module" },
    ],
    [
      "a permission twice",
      { name: "X", permissions: [{ module: "leads", permissions: twice }] },
      { field: "input.permissions.0.permissions.2" },
    ],
    [
      "a module of which nothing is said",
      { name: "X", permissions: [{ module: "leads" }] },
      { field: "input.permissions.0.permissions" },
    ],
    [
      "a capability twice",
      { name: "X", capabilities: ["SEND_EMAIL", "SEND_EMAIL"] },
      { field: "input.capabilities.1" },
    ],
    ["CA-03 an unknown capability", { name: "X", capabilities: ["FLY"] }, {}],
    [
      "CA-03 an unknown permission",
      { name: "X", permissions: [{ module: "leads", permissions: ["FLY"] }] },
      {},
    ],
  ])("%s is BAD_USER_INPUT, whoever asks", async (_, input, expected) => {
    for (const as of [ROOT, RAY])
      expect(await refused(() => gateway.ask(as, CREATE, { input }))).toMatchObject({
        code: "BAD_USER_INPUT",
        ...expected,
      });
  });

  test.each(["seller", "standard", "administrator", "team-user"])(
    "the key %s is taken: CONFLICT with the id of who has it",
    async (key) => {
      const extensions = await refused(() => gateway.ask(ROOT, CREATE, { input: { name: "X", key } }));
      expect(extensions).toMatchObject({
        code: "CONFLICT",
        field: "input.key",
        twin: await profileId(gateway, key),
      });
    },
  );

  test("AP-23 without MANAGE_PROFILES one's own profile is FORBIDDEN, another NOT_FOUND like none", async () => {
    const change = { name: "Mine" };
    expect(await refused(() => update(RAY, "standard", change))).toMatchObject({
      code: "FORBIDDEN",
      requirement: "CA-01",
    });
    for (const key of ["seller", "administrator"])
      expect(await refused(() => update(RAY, key, change))).toMatchObject({
        code: "NOT_FOUND",
        field: "input.id",
      });
  });

  test.each([
    ["createProfile", (ids: Ids) => gateway.ask(KIM, CREATE, { input: { name: "X", ...ids.list } })],
    [
      "updateProfile",
      async (ids: Ids) =>
        gateway.ask(KIM, UPDATE, { input: await atVersion(gateway, { id: ids.idle, ...ids.list }) }),
    ],
    [
      "updateProfile of her own",
      async (ids: Ids) =>
        gateway.ask(KIM, UPDATE, { input: await atVersion(gateway, { id: ids.keeper, ...ids.list }) }),
    ],
    [
      "updateProfile by taking a list away",
      async (ids: Ids) =>
        gateway.ask(KIM, UPDATE, {
          input: await atVersion(gateway, { id: ids.standard, capabilities: null }),
        }),
    ],
    [
      "deleteProfile by moving users",
      (ids: Ids) => gateway.ask(KIM, DELETE, { input: { id: ids.keeper, transferTo: ids.seller } }),
    ],
    [
      "deleteProfile by making administrators",
      (ids: Ids) => gateway.ask(KIM, DELETE, { input: { id: ids.keeper, transferTo: ids.administrator } }),
    ],
  ])("CA-02 nobody gives what they do not hold: %s", async (_, ask) => {
    const ids = await idsOf();
    expect(await refused(() => ask(ids))).toMatchObject({ code: "FORBIDDEN", requirement: "CA-02" });
  });

  type Ids = Awaited<ReturnType<typeof idsOf>>;
  async function idsOf() {
    return {
      list: { capabilities: ["SEND_EMAIL", "VIEW_ALL_DATA"] },
      idle: await profileId(gateway, "idle"),
      keeper: await profileId(gateway, "keeper"),
      seller: await profileId(gateway, "seller"),
      standard: await profileId(gateway, "standard"),
      administrator: await profileId(gateway, "administrator"),
    };
  }

  test.each([
    ["D07 a capability", { capabilities: ["EXPORT_DATA"] }, "CA-02"],
    ["D12 the power over administrators", { capabilities: ["MANAGE_ADMIN_PERMISSIONS"] }, "CA-02"],
    [
      "SA-07 a permission that comes to nothing without one",
      { permissions: [{ module: "leads", permissions: ["VIEW", "EXPORT"] }] },
      "SA-07",
    ],
    [
      "SA-08 what its grant denies besides",
      { permissions: [{ module: "leads", permissions: ["VIEW", "DELETE"] }] },
      "SA-07",
    ],
  ])("support does not give on what is denied to it: %s", async (_, change, requirement) => {
    expect(await refused(() => update(AGENT, "idle", change))).toMatchObject({
      code: "FORBIDDEN",
      requirement,
    });
  });

  test.each(["MANAGE_ADMIN_PERMISSIONS", "MANAGE_SUPPORT_ACCESS", "MANAGE_USERS", "MASS_EMAIL"])(
    "SA-07 D01 D02 D06 D12 support does not take away what is denied to it: %s",
    async (capability) => {
      expect(
        (await update(ROOT, "idle", { capabilities: [capability, "MANAGE_PROFILES"] })).errors,
      ).toBeUndefined();
      const answer = await refused(() => update(AGENT, "idle", { capabilities: ["MANAGE_PROFILES"] }));
      expect(answer).toMatchObject({ code: "FORBIDDEN", requirement: "SA-07" });
      // What it holds it may take away.
      expect((await update(AGENT, "idle", { capabilities: [capability] })).errors).toBeUndefined();
    },
  );

  test.each([
    ["administrator", AGENT, { capabilities: [] }, { code: "FORBIDDEN", requirement: "CA-02" }],
    ["administrator", KIM, { name: "King" }, { code: "FORBIDDEN", requirement: "CA-02" }],
    ["administrator", ROOT, { capabilities: [] }, { code: "ACTION_NOT_AVAILABLE", requirement: "CA-02" }],
    ["administrator", ROOT, { name: "King" }, { code: "ACTION_NOT_AVAILABLE", requirement: "CA-02" }],
    [
      "team-user",
      ROOT,
      { capabilities: ["SEND_EMAIL"] },
      { code: "ACTION_NOT_AVAILABLE", requirement: "CA-02" },
    ],
    [
      "team-user",
      ROOT,
      { permissions: [{ module: "leads", permissions: ["VIEW", "EDIT"] }] },
      { code: "ACTION_NOT_AVAILABLE", requirement: "CA-02" },
    ],
    ["standard", ROOT, { name: "Usual" }, { code: "ACTION_NOT_AVAILABLE", field: "input.name" }],
  ])("CA-02 what the system gives is not changed: %s by %s, %j", async (key, as, change, expected) => {
    expect(await refused(() => update(as, key, change))).toMatchObject(expected);
  });
});
