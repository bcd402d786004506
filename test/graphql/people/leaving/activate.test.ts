import { beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../../database.ts";
import { AGENT, type Gateway } from "../../gateway.ts";
import { freshWorld, happenedSince, lastEvent, ROOT, readersOf, refusal } from "../people-world.ts";
import { WITH_ADA } from "./leaving-world.ts";

const ACTIVATE = `mutation ($input: ActivateUserInput!) { activateUser(input: $input) {
  user { name status role { key } applications { application { key } isEnabled } } } }`;
const DEACTIVATE = `mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) { __typename } }`;
const ADA = "ada@acme.test";

const crm = async (gateway: Gateway, role: string, profile: string) => ({
  application: "CRM",
  values: { role: await gateway.id("Role", role), profile: await gateway.id("Profile", profile) },
});
const DESK = {
  application: "DESK",
  values: { role: "Agent", profile: "Agent", department: "General" },
};

describeOnBoth("people are activated", (open) => {
  test("UA-50 UA-42 with what is named and answered anew, and nothing else", async () => {
    const { gateway, opened, change } = await freshWorld(open, WITH_ADA);
    const id = await gateway.user("hal@acme.test");
    await change(ROOT, DEACTIVATE, { id });
    const before = await lastEvent(opened.database);
    // Ray reports to Hal, whose role stays above.
    const input = { id, applications: [await crm(gateway, "head", "standard"), DESK] };
    const { activateUser } = await change(ADA, ACTIVATE, input);
    expect(activateUser.user).toMatchObject({ name: "Hal", status: "ACTIVE", role: { key: "head" } });
    const on = activateUser.user.applications.filter(({ isEnabled }: { isEnabled: boolean }) => isEnabled);
    expect(on.map(({ application }: { application: { key: string } }) => application.key)).toEqual([
      "CRM",
      "DESK",
    ]);
    expect(await readersOf(gateway, "rex-1", ["hal"])).toEqual(["hal"]);
    expect((await happenedSince(opened.database, before))[0]).toBe("ACTIVATE_USER User");
  });

  test("UA-50 without CRM there is no record access, whatever there was", async () => {
    const { gateway, change } = await freshWorld(open, WITH_ADA);
    const id = await gateway.user("hal@acme.test");
    await change(ROOT, DEACTIVATE, { id });
    await change(ROOT, ACTIVATE, { id, applications: [DESK] });
    expect(await readersOf(gateway, "hal-1", ["hal"])).toEqual([]);
  });

  test("UA-13 NO_SEAT when none is free, and nobody comes back", async () => {
    const text = WITH_ADA.replace("regular: 40", "regular: 12");
    const { gateway } = await freshWorld(open, text);
    const input = {
      id: await gateway.user("ian@acme.test"),
      applications: [await crm(gateway, "desk", "standard")],
    };
    const { extensions } = await refusal(gateway, ADA, ACTIVATE, input);
    expect(extensions).toMatchObject({ code: "NO_SEAT", used: 12, total: 12 });
  });

  describe("and who is not", () => {
    let gateway: Gateway;
    beforeAll(async () => {
      ({ gateway } = await freshWorld(open, WITH_ADA));
    });

    test.each([
      ["UA-02 by who manages people", "pia@acme.test", "ian@acme.test", "FORBIDDEN"],
      ["D02 by the support agent", AGENT, "ian@acme.test", "FORBIDDEN"],
      ["UA-43 who is active", ADA, "ray@acme.test", "ACTION_NOT_AVAILABLE"],
      ["UA-61 who is deleted", ADA, "old@acme.test", "ACTION_NOT_AVAILABLE"],
      ["SA-06 the support agent", ADA, AGENT, "NOT_FOUND"],
    ])("%s", async (_, as, whom, code) => {
      const input = {
        id: await gateway.user(whom),
        applications: [await crm(gateway, "desk", "standard")],
      };
      const { extensions } = await refusal(gateway, as, ACTIVATE, input);
      expect(extensions["code"]).toBe(code);
    });

    test.each([
      ["UA-50 with nothing", [], "BAD_USER_INPUT", "input.applications"],
      ["UA-30 with what is not answered", [{ application: "DESK" }], "BAD_USER_INPUT", undefined],
      [
        "UA-01 with an unknown application",
        [{ application: "X" }],
        "BAD_USER_INPUT",
        "input.applications.0.application",
      ],
      ["UA-50 with one twice", [DESK, DESK], "BAD_USER_INPUT", "input.applications.1.application"],
    ])("%s", async (_, applications, code, field) => {
      const input = { id: await gateway.user("ian@acme.test"), applications };
      const { extensions } = await refusal(gateway, ADA, ACTIVATE, input);
      expect(extensions["code"]).toBe(code);
      if (field !== undefined) expect(extensions["field"]).toBe(field);
    });
  });
});
