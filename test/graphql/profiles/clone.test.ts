import { expect, test } from "vitest";
import { CAPABILITIES as ALL_CAPABILITIES } from "../../../src/policy/capability.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, onlyError, openGateway } from "../gateway.ts";
import { profileId } from "../noun-id.ts";
import { changeProfile, KIM, opened, RAY, ROOT, WORLD } from "./profile-world.ts";

const CLONE = `mutation ($input: CloneProfileInput!) { cloneProfile(input: $input) {
  profile { id key name kind capabilities modules { module { key } permissions } } } }`;

describeOnBoth("profiles are cloned", (open) => {
  test("UA-65 a clone lists what the other gives now, and goes its own way from then on", async () => {
    const gateway = await openGateway((await open()).database, WORLD);
    const { sequence: before } = await gateway.database.reader.auditHead.findFirstOrThrow();
    const clone = async (key: string, more: object = {}) => {
      const input = { id: await profileId(gateway, key), name: ` ${key} 2 `, ...more };
      return (await gateway.data(ROOT, CLONE, { input }))["cloneProfile"].profile;
    };
    const seller = await clone("seller", { key: "seller-2" });
    expect(seller).toMatchObject({ key: "seller-2", name: "seller 2", kind: "CUSTOM" });
    expect(opened(seller)).toEqual({ leads: ["VIEW", "EDIT"], deals: ["VIEW"] });
    expect([...seller.capabilities].sort()).toEqual(["SEND_EMAIL", "START_CALL"]);

    // Of Standard, what it gives without saying so, too; deals is adjusted in this world.
    const standard = await clone("standard");
    expect(opened(standard)["deals"]).toEqual(["VIEW", "EDIT"]);
    expect(opened(standard)["leads"]).toHaveLength(10);
    const administrator = await clone("administrator");
    expect(administrator.kind).toBe("CUSTOM");
    expect(administrator.capabilities).toEqual(ALL_CAPABILITIES);

    await changeProfile(gateway, ROOT, "seller", { capabilities: [] });
    const after = await gateway.data(
      ROOT,
      "query ($id: ID!) { node(id: $id) { ...on Profile { capabilities } } }",
      {
        id: seller.id,
      },
    );
    expect(after["node"].capabilities).toHaveLength(2);
    expect(await gateway.database.reader.user.count({ where: { profile: { key: "seller-2" } } })).toBe(0);
    const made = { action: "CREATE_PROFILE", sequence: { gt: before } };
    expect(await gateway.database.reader.auditEvent.count({ where: made })).toBe(3);
  });

  test("UA-65 CA-02 and what is refused", async () => {
    const gateway = await openGateway((await open()).database, WORLD);
    const refused = [];
    for (const [as, key, more] of [
      [RAY, "seller", {}],
      [RAY, "standard", {}],
      [KIM, "administrator", {}],
      // Kim holds no START_CALL.
      [KIM, "seller", {}],
      [AGENT, "administrator", {}],
      [ROOT, "team-user", {}],
      [ROOT, "seller", { key: "idle" }],
      [ROOT, "seller", { name: " " }],
    ] as const) {
      const input = { id: await profileId(gateway, key), name: "New", ...more };
      const before = await gateway.database.reader.profile.count();
      const { extensions } = onlyError(await gateway.ask(as, CLONE, { input }));
      expect(await gateway.database.reader.profile.count()).toBe(before);
      refused.push([extensions["code"], extensions["requirement"] ?? extensions["field"]]);
    }
    expect(refused).toEqual([
      ["NOT_FOUND", "input.id"],
      ["FORBIDDEN", "CA-01"],
      ["FORBIDDEN", "CA-02"],
      ["FORBIDDEN", "CA-02"],
      ["FORBIDDEN", "CA-02"],
      ["ACTION_NOT_AVAILABLE", "TU-07"],
      ["CONFLICT", "input.key"],
      ["BAD_USER_INPUT", "input.name"],
    ]);
    // What Kim holds she may give.
    const input = { id: await profileId(gateway, "keeper"), name: "Keeper 2" };
    expect(await gateway.ask(KIM, CLONE, { input })).not.toHaveProperty("errors");
  });
});
