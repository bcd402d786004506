import { beforeEach, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { onlyError, rows } from "../gateway.ts";
import { AGENT, accessIn, COLLEAGUE, openSupportWorld, TRAINEE, type World } from "./support-world.ts";

const NOW = "2026-12-01T12:00:00.250Z";
const OPEN = "{ organization { supportAccess { id } supportAccesses { totalCount } } }";

describeOnBoth("support access is opened", (open) => {
  let world: World;
  beforeEach(async () => {
    world = await openSupportWorld((await open()).database, NOW);
  });

  const codeOf = (answer: Parameters<typeof onlyError>[0]) => {
    const { code, field, requirement } = onlyError(answer).extensions;
    return [code, field ?? null, requirement ?? null];
  };
  const nothingHappened = async () => {
    expect(await world.database.reader.supportGrant.count()).toBe(0);
    expect(await world.database.reader.user.count({ where: { license: "SUPPORT" } })).toBe(0);
    expect(await world.database.reader.auditEvent.count({ where: { targetType: "SupportAccess" } })).toBe(0);
  };

  test("SA-01 an agent comes in when it is granted, and not before", async () => {
    expect(await world.comesIn(AGENT)).toBe(false);
    const access = accessIn(await world.grant({ expiresOn: "2026-12-24", reason: " The import fails " }));
    expect(access).toMatchObject({
      isOpen: true,
      agentEmail: AGENT,
      grantedAt: NOW,
      expiresOn: "2026-12-24",
      expiresAt: "2026-12-25T00:00:00.000Z",
      revokedAt: null,
      reason: "The import fails",
      extraDenials: [],
    });
    expect(await world.comesIn(AGENT)).toBe(true);
    expect(await world.comesIn(COLLEAGUE)).toBe(false);
    expect((await world.data(AGENT, "{ viewer { isSupport user { name } } }"))["viewer"]).toEqual({
      isSupport: true,
      user: { name: "Support" },
    });
  });

  test.each(["ray@acme.test", "settler@acme.test"])(
    "SA-01 %s, who has not MANAGE_SUPPORT_ACCESS, opens nothing, whatever the input",
    async (as) => {
      for (const input of [
        { expiresOn: "2026-12-24" },
        { expiresOn: "2026-11-30", agent: "ray@acme.test" },
      ]) {
        expect(codeOf(await world.grant(input, as))).toEqual(["FORBIDDEN", null, "CA-01"]);
      }
      await nothingHappened();
    },
  );

  test("SA-01 the capability alone is enough, and sees what it opened", async () => {
    const access = accessIn(await world.grant({ expiresOn: "2026-12-24" }, "porter@acme.test"));
    const { organization } = await world.data(
      "porter@acme.test",
      "{ organization { timeZone supportAccess { id grantedBy { name } agent { name isSupport } } } }",
    );
    expect(organization).toEqual({
      timeZone: null,
      supportAccess: {
        id: access.id,
        grantedBy: { name: "Porter" },
        agent: { name: "Support", isSupport: true },
      },
    });
  });

  test.each([
    ["yesterday", { expiresOn: "2026-11-30" }, ["BAD_USER_INPUT", "input.expiresOn", "SA-02"]],
    ["who is not on the list", { agent: "other@vendor.test" }, ["BAD_USER_INPUT", "input.agent", "SA-02"]],
    ["whose position may not come in", { agent: TRAINEE }, ["BAD_USER_INPUT", "input.agent", "SA-02"]],
    ["nobody in particular of several", { agent: null }, ["BAD_USER_INPUT", "input.agent", "SA-02"]],
    ["what is no address", { agent: "agent" }, ["BAD_USER_INPUT", "input.agent", null]],
    ["a member", { agent: "Ray@Acme.test" }, ["CONFLICT", "input.agent", "SA-02"]],
    [
      "an end after the year 9999",
      { expiresOn: "9999-12-31" },
      ["BAD_USER_INPUT", "input.expiresOn", "SA-02"],
    ],
    [
      "a reason without a visible character",
      { reason: " \u200b " },
      ["BAD_USER_INPUT", "input.reason", null],
    ],
    ["a reason that is too long", { reason: "x".repeat(1001) }, ["BAD_USER_INPUT", "input.reason", null]],
    [
      "a denial twice",
      { extraDenials: ["RECORD_DELETE", "RECORD_DELETE"] },
      ["BAD_USER_INPUT", "input.extraDenials.1", null],
    ],
    [
      "without knowing that data becomes visible (SA-11)",
      { acknowledgeDataVisible: false },
      ["CONFIRMATION_REQUIRED", "input.acknowledgeDataVisible", "SA-11"],
    ],
  ])("SA-02 not for %s", async (_, input, refusal) => {
    expect(codeOf(await world.grant({ expiresOn: "2026-12-24", ...input }))).toEqual(refusal);
    await nothingHappened();
  });

  test.each(["2026-02-30", "2026-13-01", "tomorrow", "2026-12-01T00:00:00Z", "12026-12-01"])(
    "SA-02 %s is no day",
    async (expiresOn) => {
      expect(onlyError(await world.grant({ expiresOn })).extensions["code"]).toBe("BAD_USER_INPUT");
      await nothingHappened();
    },
  );

  test("SA-02 an address is the same whatever its case", async () => {
    expect(
      accessIn(await world.grant({ expiresOn: "2026-12-24", agent: " Agent@Vendor.test " })),
    ).toMatchObject({
      agentEmail: AGENT,
    });
  });

  test("SA-05 one agent at a time: another grant is CONFLICT until the first is over", async () => {
    const first = accessIn(await world.grant({ expiresOn: "2026-12-02" }));
    for (const agent of [AGENT, COLLEAGUE]) {
      expect(codeOf(await world.grant({ expiresOn: "2026-12-24", agent }))).toEqual([
        "CONFLICT",
        null,
        "SA-05",
      ]);
    }
    expect((await world.data("root@acme.test", OPEN))["organization"]).toEqual({
      supportAccess: { id: first.id },
      supportAccesses: { totalCount: 1 },
    });
    world.at("2026-12-02T23:59:59.999Z");
    expect(codeOf(await world.grant({ expiresOn: "2026-12-24" }))).toEqual(["CONFLICT", null, "SA-05"]);
    world.at("2026-12-03T00:00:00Z");
    const second = accessIn(await world.grant({ expiresOn: "2026-12-24", agent: COLLEAGUE }));
    expect(await world.comesIn(COLLEAGUE)).toBe(true);
    expect(await world.comesIn(AGENT)).toBe(false);
    accessIn(await world.revoke());
    // Who came in before is the same hidden user again.
    accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    expect(await world.database.reader.user.count({ where: { license: "SUPPORT" } })).toBe(2);
    expect((await world.data("root@acme.test", OPEN))["organization"].supportAccesses.totalCount).toBe(3);
    expect(second.id).not.toBe(first.id);
  });

  test("SA-04 revoking has to be meant, and shuts the door at once", async () => {
    const access = accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    for (const input of [{}, { confirm: false }, { id: access.id }]) {
      expect(codeOf(await world.revoke(input))[0]).toBe("CONFIRMATION_REQUIRED");
    }
    expect(codeOf(await world.revoke({ confirm: true }, "settler@acme.test"))[0]).toBe("FORBIDDEN");
    expect(await world.comesIn(AGENT)).toBe(true);
    world.at("2026-12-05T08:00:00Z");
    expect(accessIn(await world.revoke({ confirm: true, id: access.id }))).toMatchObject({
      isOpen: false,
      secondsLeft: 0,
      revokedAt: "2026-12-05T08:00:00.000Z",
    });
    expect(await world.comesIn(AGENT)).toBe(false);
    expect(codeOf(await world.revoke())).toEqual(["CONFLICT", null, "SA-05"]);
    expect(codeOf(await world.move({ expiresOn: "2026-12-24" }))).toEqual(["CONFLICT", null, "SA-05"]);
  });

  test("SA-05 who names an access that is over touches no other", async () => {
    const first = accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    accessIn(await world.revoke());
    accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    expect(codeOf(await world.revoke({ confirm: true, id: first.id }))).toEqual([
      "CONFLICT",
      "input.id",
      "SA-05",
    ]);
    expect(codeOf(await world.move({ expiresOn: "2026-12-30", id: first.id }))).toEqual([
      "CONFLICT",
      "input.id",
      "SA-05",
    ]);
    expect(await world.comesIn(AGENT)).toBe(true);
    // To somebody else it is nothing.
    expect(codeOf(await world.revoke({ confirm: true, id: first.id }, "ray@acme.test"))).toEqual([
      "NOT_FOUND",
      "input.id",
      null,
    ]);
  });

  test("SA-20 each leaves an event: who, on what, before and after", async () => {
    accessIn(await world.grant({ expiresOn: "2026-12-24", reason: "Why", extraDenials: ["RECORD_DELETE"] }));
    accessIn(await world.move({ expiresOn: "2026-12-05" }));
    accessIn(await world.revoke());
    const events = await world.database.reader.auditEvent.findMany({
      where: { targetType: "SupportAccess" },
      orderBy: { sequence: "asc" },
    });
    const window = (expiresOn: string, expiresAt: string) => ({ expiresOn, expiresAt });
    expect(events.map(({ action, before, after }) => [action, before, after])).toEqual([
      [
        "GRANT_SUPPORT_ACCESS",
        null,
        {
          agentId: expect.any(String),
          reason: "Why",
          extraDenials: ["RECORD_DELETE"],
          ...window("2026-12-24", "2026-12-25T00:00:00.000Z"),
        },
      ],
      [
        "UPDATE_SUPPORT_ACCESS",
        window("2026-12-24", "2026-12-25T00:00:00.000Z"),
        window("2026-12-05", "2026-12-06T00:00:00.000Z"),
      ],
      ["REVOKE_SUPPORT_ACCESS", { revokedAt: null }, { revokedAt: NOW }],
    ]);
  });

  test("SA-08 the grant may deny more", async () => {
    accessIn(await world.grant({ expiresOn: "2026-12-24", extraDenials: ["RECORD_DELETE"] }));
    const { viewer } = await world.data(AGENT, "{ viewer { capabilities } }");
    expect(viewer.capabilities).not.toContain("RECORD_DELETE");
    const id = await world.record("leads", "lead-1");
    const answer = await world.ask(AGENT, `mutation ($id: ID!) { deleteRecord(input: { id: $id }) { id } }`, {
      id,
    });
    expect(onlyError(answer).extensions).toMatchObject({ code: "FORBIDDEN", requirement: "SA-08" });
  });

  test("SA-10 what the agent owns stays when it is gone, as its own", async () => {
    accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    await world.data(
      AGENT,
      `mutation { createRecord(input: { module: "leads", name: "By support", values: {} }) { id } }`,
    );
    accessIn(await world.revoke());
    const { records } = await world.data(
      "root@acme.test",
      `{ records(module: "leads") { edges { node { name owner { name isSupport status } } } } }`,
    );
    expect(rows(records)).toContainEqual({
      name: "By support",
      owner: { name: "Support", isSupport: true, status: null },
    });
  });
});

describeOnBoth("the vendor's list", (open) => {
  const grantedIn = async (options: Parameters<typeof openSupportWorld>[2], input: object) => {
    const world = await openSupportWorld((await open()).database, NOW, options);
    return world.grant({ expiresOn: "2026-12-24", ...input });
  };

  test("SA-02 the address may be left out when there is one", async () => {
    const agents = `${TRAINEE}:Trainee,${COLLEAGUE}:Engineer`;
    expect(accessIn(await grantedIn({ agents }, { agent: null }))).toMatchObject({ agentEmail: COLLEAGUE });
  });

  test("SA-02 nobody on the list, nobody to let in", async () => {
    const answer = await grantedIn({ agents: `${TRAINEE}:Trainee` }, { agent: null });
    expect(onlyError(answer).extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "input.agent" });
  });

  test("SA-02 holders see whom they can choose; others see nothing of it", async () => {
    const world = await openSupportWorld((await open()).database, NOW);
    const query = "{ organization { supportAgents { email position } } }";
    expect((await world.data("porter@acme.test", query))["organization"].supportAgents).toEqual([
      { email: AGENT, position: "Engineer" },
      { email: COLLEAGUE, position: "Engineer" },
    ]);
    expect((await world.data("settler@acme.test", query))["organization"].supportAgents).toBeNull();
  });

  test("SA-12 the free edition opens the door as every other", async () => {
    expect(accessIn(await grantedIn({ edition: "FREE" }, {}))).toMatchObject({ isOpen: true });
  });

  describe("SA-02 the longest duration of the organisation", () => {
    test.each([
      ["2026-12-01", 1, "OPEN"],
      ["2026-12-02", 1, "BAD_USER_INPUT"],
      ["2026-12-07", 7, "OPEN"],
      ["2026-12-08", 7, "BAD_USER_INPUT"],
    ])("until %s of at most %i days: %s", async (expiresOn, longestSupportDays, outcome) => {
      const answer = await grantedIn({ longestSupportDays }, { expiresOn });
      expect(answer.errors?.[0]?.extensions["code"] ?? "OPEN").toBe(outcome);
      if (outcome !== "OPEN") expect(onlyError(answer).extensions["field"]).toBe("input.expiresOn");
    });

    test("is counted from the day of granting when the end is moved", async () => {
      const world = await openSupportWorld((await open()).database, NOW, { longestSupportDays: 7 });
      accessIn(await world.grant({ expiresOn: "2026-12-03" }));
      world.at("2026-12-03T12:00:00Z");
      expect(onlyError(await world.move({ expiresOn: "2026-12-08" })).extensions).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.expiresOn",
      });
      expect(accessIn(await world.move({ expiresOn: "2026-12-07" }))).toMatchObject({
        expiresOn: "2026-12-07",
      });
      const { organization } = await world.data("root@acme.test", "{ organization { longestSupportDays } }");
      expect(organization).toEqual({ longestSupportDays: 7 });
    });
  });
});
