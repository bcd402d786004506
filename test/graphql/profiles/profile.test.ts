import { beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, onlyError, openGateway } from "../gateway.ts";
import { profileId } from "../noun-id.ts";
import {
  CAPABILITIES,
  CREATE,
  changeProfile,
  DELETE,
  KIM,
  opened,
  RAY,
  ROOT,
  WORLD,
} from "./profile-world.ts";

describeOnBoth("profiles", (open) => {
  let gateway: Gateway;
  const events = (action: string) =>
    gateway.database.reader.auditEvent.findMany({ where: { action }, orderBy: { sequence: "asc" } });
  const update = (as: string, key: string, change: object) => changeProfile(gateway, as, key, change);

  describe("made and changed", () => {
    beforeAll(async () => {
      gateway = await openGateway((await open()).database, WORLD);
    });

    test("CA-02 a profile that is made holds exactly what it lists, and says so in an event", async () => {
      const { createProfile } = await gateway.data(ROOT, CREATE, {
        input: {
          name: " Desk ",
          key: "desk",
          permissions: [
            { module: "leads", permissions: ["EDIT", "VIEW"] },
            { module: "deals", permissions: null },
          ],
          capabilities: ["START_CALL", "VIEW_ACCESS"],
        },
      });
      const { profile } = createProfile;
      expect(profile).toMatchObject({
        key: "desk",
        name: "Desk",
        kind: "CUSTOM",
        capabilities: ["VIEW_ACCESS", "START_CALL"],
      });
      expect(opened(profile)).toEqual({ leads: ["VIEW", "EDIT"] });
      // The file has made some before.
      const event = (await events("CREATE_PROFILE")).at(-1);
      expect(event).toMatchObject({
        targetType: "Profile",
        before: null,
        after: { key: "desk", capabilities: ["VIEW_ACCESS", "START_CALL"] },
      });
    });

    test("CA-02 a profile that lists nothing holds nothing; its key is random", async () => {
      const { createProfile } = await gateway.data(KIM, CREATE, { input: { name: "Bare" } });
      expect(createProfile.profile).toMatchObject({ name: "Bare", capabilities: [] });
      expect(createProfile.profile.key).toMatch(/^[a-z2-7]{20}$/);
      expect(opened(createProfile.profile)).toEqual({});
    });

    test("CA-02 what a profile gives already stays in its list, whoever writes it; what is taken may be given back", async () => {
      for (const capabilities of [["START_CALL"], ["SEND_EMAIL", "START_CALL"]]) {
        const answer = await update(KIM, "seller", { capabilities });
        expect(answer.data?.["updateProfile"].profile.capabilities).toEqual(capabilities);
      }
    });

    test.each([
      [
        "modules that are named become what is said, the others stay",
        { permissions: [{ module: "leads", permissions: ["VIEW"] }] },
        { capabilities: ["SEND_EMAIL", "START_CALL"], opened: { leads: ["VIEW"], deals: ["VIEW"] } },
      ],
      [
        "null takes away what a custom profile says of a module",
        { permissions: [{ module: "deals", permissions: null }] },
        { capabilities: ["SEND_EMAIL", "START_CALL"], opened: { leads: ["VIEW"] } },
      ],
      [
        "a list replaces the list",
        { capabilities: ["VIEW_ACCESS"] },
        { capabilities: ["VIEW_ACCESS"], opened: { leads: ["VIEW"] } },
      ],
      [
        "an empty list is one",
        { capabilities: [], permissions: [{ module: "leads", permissions: [] }] },
        { capabilities: [], opened: {} },
      ],
      [
        "null takes the list away, and a custom profile holds nothing",
        { capabilities: null },
        { capabilities: [], opened: {} },
      ],
    ])("CA-02 %s", async (_, change, expected) => {
      const answer = await update(ROOT, "seller", change);
      const { profile } = answer.data?.["updateProfile"] ?? {};
      expect({ capabilities: profile.capabilities, opened: opened(profile) }).toEqual(expected);
    });

    test("CA-02 Standard is adjusted and given back, in force on the next request of who has it", async () => {
      const held = async () => (await gateway.data(RAY, CAPABILITIES))["viewer"].capabilities;
      const seen = async () =>
        (await gateway.data(RAY, `{ module(key: "deals") { permissions } }`))["module"].permissions;
      expect(await held()).toContain("SEND_EMAIL");
      expect(await held()).not.toContain("START_CALL");
      await update(ROOT, "standard", {
        capabilities: ["VIEW_ACCESS"],
        permissions: [{ module: "deals", permissions: [] }],
      });
      expect(await held()).toContain("VIEW_ACCESS");
      expect(await held()).not.toContain("SEND_EMAIL");
      expect(await seen()).toEqual([]);
      await update(ROOT, "standard", {
        capabilities: null,
        permissions: [{ module: "deals", permissions: null }],
      });
      expect(await held()).toContain("START_CALL");
      expect(await held()).not.toContain("VIEW_ACCESS");
      expect(await seen()).toContain("MASS_DELETE");
      const [event] = await events("UPDATE_PROFILE").then((all) => all.slice(-1));
      expect(event).toMatchObject({
        before: { capabilities: ["VIEW_ACCESS"] },
        after: { capabilities: null, permissions: {} },
      });
    });
  });

  test("SA-07 support changes profiles as far as nothing is denied to it", async () => {
    gateway = await openGateway((await open()).database, WORLD);
    const answer = await update(AGENT, "seller", {
      capabilities: ["SEND_EMAIL", "VIEW_ACCESS"],
      permissions: [{ module: "leads", permissions: ["VIEW", "EDIT", "CREATE"] }],
    });
    const { profile } = answer.data?.["updateProfile"] ?? {};
    expect(profile.capabilities).toEqual(["VIEW_ACCESS", "SEND_EMAIL"]);
    expect(opened(profile)).toEqual({ leads: ["VIEW", "CREATE", "EDIT"], deals: ["VIEW"] });
  });

  describe("deleted", () => {
    beforeAll(async () => {
      gateway = await openGateway((await open()).database, WORLD);
    });
    const remove = async (as: string, key: string, transferTo: string | null) =>
      gateway.ask(as, DELETE, {
        input: {
          id: await profileId(gateway, key),
          ...(transferTo === null ? {} : { transferTo: await profileId(gateway, transferTo) }),
        },
      });

    test.each([
      ["administrator", null, { code: "ACTION_NOT_AVAILABLE", requirement: "CA-02" }],
      ["standard", "auditor", { code: "ACTION_NOT_AVAILABLE", requirement: "CA-02" }],
      ["team-user", "standard", { code: "ACTION_NOT_AVAILABLE", requirement: "CA-02" }],
      ["seller", null, { code: "CONFLICT", field: "input.transferTo" }],
      ["seller", "seller", { code: "BAD_USER_INPUT", field: "input.transferTo" }],
      [
        "seller",
        "team-user",
        { code: "ACTION_NOT_AVAILABLE", field: "input.transferTo", requirement: "TU-07" },
      ],
    ])("%s, its users to %s, is refused and stays", async (key, transferTo, expected) => {
      expect(onlyError(await remove(ROOT, key, transferTo)).extensions).toMatchObject(expected);
      await profileId(gateway, key);
      expect(await events("DELETE_PROFILE")).toEqual([]);
    });

    test("whoever has it gets another, inactive users too; a tombstone is left without", async () => {
      const id = await profileId(gateway, "seller");
      const heir = await gateway.database.reader.profile.findFirstOrThrow({ where: { key: "auditor" } });
      const { deleteProfile } = (await remove(ROOT, "seller", "auditor")).data ?? {};
      expect(deleteProfile).toEqual({ id });
      const users = await gateway.database.reader.user.findMany({
        where: { name: { in: ["Sam", "Gus", "Eve"] } },
        orderBy: { name: "asc" },
      });
      expect(users.map(({ name, profileId: has }) => [name, has])).toEqual([
        ["Eve", null],
        ["Gus", heir.id],
        ["Sam", heir.id],
      ]);
      expect((await gateway.data("sam@acme.test", CAPABILITIES))["viewer"].capabilities).toContain(
        "VIEW_ALL_DATA",
      );
      expect(await gateway.data(ROOT, "query ($id: ID!) { node(id: $id) { id } }", { id })).toEqual({
        node: null,
      });
      const moved = await events("UPDATE_USER");
      expect(moved.map(({ targetId, after }) => [targetId, after])).toEqual(
        expect.arrayContaining(users.slice(1).map((user) => [user.id, { profileId: heir.id }])),
      );
      expect(moved.length).toBe(2);
      const [event] = await events("DELETE_PROFILE");
      expect(event).toMatchObject({ before: { key: "seller" }, after: null });
    });

    test("one that nobody has goes without another", async () => {
      expect((await remove(ROOT, "idle", null)).errors).toBeUndefined();
      const left = await gateway.data(ROOT, "{ profiles { edges { node { key } } } }");
      expect(JSON.stringify(left)).not.toContain("idle");
    });

    test("CA-02 with MANAGE_ADMIN_PERMISSIONS users become administrators", async () => {
      expect((await remove(ROOT, "keeper", "administrator")).errors).toBeUndefined();
      expect((await gateway.data(KIM, CAPABILITIES))["viewer"].capabilities).toContain("MODIFY_ALL_DATA");
    });
  });

  test("TU-05 TU-07 a team user who has a copy of Team User gets a profile of the organisation's own, and no other", async () => {
    gateway = await openGateway((await open()).database, WORLD);
    const { reader } = gateway.database;
    const seller = await reader.profile.findFirstOrThrow({ where: { key: "seller" } });
    await gateway.database.write(async (tx) => {
      const { orgId, id } = await tx.user.findFirstOrThrow({ where: { name: "Tia" } });
      const data = { status: "INACTIVE", profileId: seller.id } as const;
      await tx.user.update({ where: { orgId_id: { orgId, id } }, data });
      await tx.organization.update({ where: { id: orgId }, data: { version: { increment: 1 } } });
    });
    const id = await profileId(gateway, "seller");
    const to = async (key: string) =>
      gateway.ask(ROOT, DELETE, { input: { id, transferTo: await profileId(gateway, key) } });
    for (const key of ["standard", "team-user", "administrator"])
      expect(onlyError(await to(key)).extensions).toMatchObject({
        code: "ACTION_NOT_AVAILABLE",
        field: "input.transferTo",
        requirement: "TU-07",
      });
    expect((await to("auditor")).data).toEqual({ deleteProfile: { id } });
  });
});
