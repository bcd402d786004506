import { beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../../database.ts";
import { AGENT, type Gateway, onlyError } from "../../gateway.ts";
import {
  freshWorld,
  happenedSince,
  lastEvent,
  leadId,
  ROOT,
  readersOf,
  refusal,
  secondInstance,
} from "../people-world.ts";
import { WITH_ADA } from "./leaving-world.ts";

const DEACTIVATE = `mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) {
  user { name status } dependents { records { module { key } count } sharingRules { edges { node { name } } } lastAdminOf { key } } } }`;
const DEACTIVATE_ALL = `mutation ($input: DeactivateUsersInput!) { deactivateUsers(input: $input) {
  items { isDone refusal { code field message } user { name status } } } }`;

const ADA = "ada@acme.test";

describeOnBoth("people are deactivated", (open) => {
  test("UA-50 UA-60 sign-in and every application end at once, records stay, and what depends is answered", async () => {
    const { gateway, opened, change } = await freshWorld(open, WITH_ADA);
    const { reader } = opened.database;
    const before = await lastEvent(opened.database);
    expect(await gateway.data("sue@acme.test", "{ viewer { user { name } } }")).toBeTruthy();

    const answer = await change(ROOT, DEACTIVATE, { id: await gateway.user("sue@acme.test") });
    expect(answer["deactivateUser"]).toEqual({
      user: { name: "Sue", status: "INACTIVE" },
      dependents: {
        records: [{ module: { key: "leads" }, count: 1 }],
        sharingRules: { edges: [{ node: { name: "Reps to Sue" } }] },
        lastAdminOf: [],
      },
    });
    const refused = await gateway.ask("sue@acme.test", "{ viewer { user { name } } }");
    expect(onlyError(refused).extensions["code"]).toBe("UNAUTHENTICATED");
    const sue = await reader.user.findFirstOrThrow({
      where: { email: "sue@acme.test" },
      include: { applications: true },
    });
    expect(sue.applications.map(({ isEnabled }) => isEnabled)).toEqual([false]);
    // SH-24: who stands above her reaches her records as before.
    expect(await readersOf(gateway, "sue-1", ["root", "cleo", "ray"])).toEqual(["root", "cleo", "ray"]);
    expect(await happenedSince(opened.database, before)).toEqual(["DEACTIVATE_USER User"]);
    const event = await reader.auditEvent.findFirstOrThrow({ where: { action: "DEACTIVATE_USER" } });
    expect([event.before, event.after]).toEqual([
      { status: "ACTIVE", applications: ["CRM"] },
      { status: "INACTIVE", applications: [] },
    ]);
  });

  test("UA-50 SH-11 on the next request of another instance, too", async () => {
    const { gateway, opened, change } = await freshWorld(open, WITH_ADA);
    const other = await secondInstance(opened);
    const record = await leadId(opened.database, "hal-1");
    expect(await other.reads("hal@acme.test", record)).toBe(true);
    await change(ADA, DEACTIVATE, { id: await gateway.user("hal@acme.test") });
    expect(await other.reads("hal@acme.test", record)).toBe(false);
    await other.close();
  });

  test("UA-65 AP-07 many at once: each is answered for, after those before it", async () => {
    const text = WITH_ADA.replace(
      "  cleo@acme.test:",
      "  abe@acme.test: { name: Abe, role: desk, profile: administrator }\n  cleo@acme.test:",
    );
    const { gateway, opened, change } = await freshWorld(open, text);
    const before = await lastEvent(opened.database);
    const names = ["rex", "ian", "abe", "adam", "root", "sue"];
    const items = await Promise.all(names.map((name) => gateway.user(`${name}@acme.test`)));
    const answer = await change(ADA, DEACTIVATE_ALL, { items });
    const told = answer["deactivateUsers"].items.map(
      (item: { user: { name: string; status: string }; refusal: { code: string; field: string } | null }) => [
        item.user.name,
        item.user.status,
        item.refusal?.code ?? null,
        item.refusal?.field ?? null,
      ],
    );
    expect(told).toEqual([
      ["Rex", "INACTIVE", null, null],
      ["Ian", "INACTIVE", "ACTION_NOT_AVAILABLE", "input.items.1"],
      ["Abe", "INACTIVE", null, null],
      // With Abe gone before, nobody else has the profile.
      ["Adam", "ACTIVE", "LAST_ADMINISTRATOR", "input.items.3"],
      ["Root", "ACTIVE", "LAST_ADMINISTRATOR", "input.items.4"],
      ["Sue", "INACTIVE", null, null],
    ]);
    expect(await happenedSince(opened.database, before)).toEqual(Array(3).fill("DEACTIVATE_USER User"));
  });

  test("UA-51 whoever deactivates themselves is told that it is done, and no more", async () => {
    const { gateway } = await freshWorld(open, WITH_ADA);
    const answer = await gateway.ask(
      ADA,
      `mutation ($input: DeactivateUserInput!) {
        deactivateUser(input: $input) { user { name } dependents { lastAdminOf { key } } transfer { id } }
      }`,
      { input: { id: await gateway.user(ADA) } },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({ deactivateUser: { user: null, dependents: null, transfer: null } });
    expect(onlyError(await gateway.ask(ADA, "{ viewer { user { name } } }")).extensions["code"]).toBe(
      "UNAUTHENTICATED",
    );
  });

  describe("and who is not", () => {
    let gateway: Gateway;
    beforeAll(async () => {
      ({ gateway } = await freshWorld(open, WITH_ADA));
    });

    test.each([
      ["UA-02 by who manages people", "pia@acme.test", "ray@acme.test", "FORBIDDEN", "CA-01"],
      [
        "UA-02 by oneself without being an administrator",
        "ray@acme.test",
        "ray@acme.test",
        "FORBIDDEN",
        "CA-01",
      ],
      ["D02 by the support agent", AGENT, "ray@acme.test", "FORBIDDEN", "CA-01"],
      ["TU-12p by a team user", "tia@acme.test", "ray@acme.test", "FORBIDDEN", "TU-12p"],
      ["UA-51 the super administrator", ADA, ROOT, "LAST_ADMINISTRATOR", "UA-51"],
      ["UA-51 the super administrator by themselves", ROOT, ROOT, "LAST_ADMINISTRATOR", "UA-51"],
      ["UA-51 the last administrator", ADA, "adam@acme.test", "LAST_ADMINISTRATOR", "UA-51"],
      ["UA-43 who is deactivated", ADA, "ian@acme.test", "ACTION_NOT_AVAILABLE", "UA-43"],
      ["UA-61 who is deleted", ADA, "old@acme.test", "ACTION_NOT_AVAILABLE", "UA-61"],
      ["SA-06 the support agent", ADA, AGENT, "NOT_FOUND", undefined],
    ])("%s", async (_, as, whom, code, requirement) => {
      const { extensions } = await refusal(gateway, as, DEACTIVATE, { id: await gateway.user(whom) });
      expect([extensions["code"], extensions["requirement"]]).toEqual([code, requirement]);
    });

    test.each([0, 501])("UA-65 AP-07 %i at once", async (count) => {
      const id = await gateway.user("ray@acme.test");
      const { extensions } = await refusal(gateway, ADA, DEACTIVATE_ALL, { items: Array(count).fill(id) });
      expect(extensions).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.items",
        requirement: "AP-07",
      });
    });

    test("AP-07 the same person twice", async () => {
      const id = await gateway.user("ray@acme.test");
      const { extensions } = await refusal(gateway, ADA, DEACTIVATE_ALL, { items: [id, id] });
      expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "input.items.1" });
    });
  });
});
