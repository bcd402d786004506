import { beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, openGateway } from "../gateway.ts";
import {
  agentId,
  freshWorld,
  happenedSince,
  lastEvent,
  leadId,
  PEOPLE,
  ROOT,
  readersOf,
  refusal,
  secondInstance,
  straysOf,
} from "./people-world.ts";

const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { name role { key } profile { key } reportsTo { name } } } }`;
const PIA = "pia@acme.test";
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** What of whom is to change, by keys and first names. */
type Wanted = {
  readonly name?: string | null;
  readonly role?: string | null;
  readonly profile?: string | null;
  readonly reportsTo?: string | null;
};

async function inputOf(gateway: Gateway, who: string, wanted: Wanted): Promise<object> {
  const { name, role, profile, reportsTo } = wanted;
  return {
    id: await gateway.user(`${who}@acme.test`),
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role: role && (await gateway.id("Role", role)) }),
    ...(profile === undefined ? {} : { profile: profile && (await gateway.id("Profile", profile)) }),
    ...(reportsTo === undefined
      ? {}
      : { reportsTo: reportsTo && (await gateway.user(`${reportsTo}@acme.test`)) }),
  };
}

describeOnBoth("people are changed", (open) => {
  /** A refusal changes nothing: they all share one. */
  let refusing: Gateway;
  beforeAll(async () => {
    refusing = await openGateway((await open()).database, PEOPLE);
  });

  test("CA-01 updateUser changes what it is told and leaves the rest", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const before = await lastEvent(opened.database);
    const answers = [];
    for (const wanted of [
      { name: " Raymond " },
      { role: "service", reportsTo: null },
      { profile: "clerk" },
      { reportsTo: "cleo" },
    ] satisfies Wanted[]) {
      const { updateUser } = await change(ROOT, UPDATE, await inputOf(gateway, "ray", wanted));
      const { name, role, profile, reportsTo } = updateUser.user;
      answers.push([name, role.key, profile.key, reportsTo?.name ?? null]);
    }
    expect(answers).toEqual([
      ["Raymond", "rep", "standard", "Hal"],
      ["Raymond", "service", "standard", null],
      ["Raymond", "service", "clerk", null],
      ["Raymond", "service", "clerk", "Cleo"],
    ]);
    expect(await happenedSince(opened.database, before)).toEqual(Array(4).fill("UPDATE_USER User"));
    expect(await straysOf(opened.database)).toEqual([]);
  });

  test("SA-20 the event says what was and what is", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    await change(PIA, UPDATE, await inputOf(gateway, "dee", { role: "service" }));
    const { reader } = opened.database;
    const event = await reader.auditEvent.findFirstOrThrow({ where: { action: "UPDATE_USER" } });
    const [desk, service] = await Promise.all(
      ["desk", "service"].map((key) => reader.role.findFirstOrThrow({ where: { key } })),
    );
    expect([event.before, event.after]).toMatchObject([{ roleId: desk?.id }, { roleId: service?.id }]);
  });

  test("SH-23 reach moves with a user on the next request, on another instance too (SH-11)", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const other = await secondInstance(opened);
    const record = await leadId(opened.database, "rex-1");
    const readers = async () => [
      await readersOf(gateway, "rex-1", ["cleo", "hal", "sue"]),
      await other.reads("hal@acme.test", record),
    ];
    // Sue reads what reps own, by a rule.
    expect(await readers()).toEqual([["cleo", "hal", "sue"], true]);
    await change(PIA, UPDATE, await inputOf(gateway, "rex", { role: "desk" }));
    // Service is above the desk.
    expect(await readers()).toEqual([["cleo", "sue"], false]);
    expect(await straysOf(opened.database)).toEqual([]);
    await change(PIA, UPDATE, await inputOf(gateway, "rex", { role: "empty" }));
    expect(await readers()).toEqual([[], false]);
    expect(await straysOf(opened.database)).toEqual([]);
    // And what the mover's own role reaches moves with the mover.
    await change(PIA, UPDATE, await inputOf(gateway, "dee", { role: "head" }));
    await change(PIA, UPDATE, await inputOf(gateway, "rex", { role: "rep" }));
    expect(await readersOf(gateway, "rex-1", ["dee"])).toEqual(["dee"]);
    await other.close();
  });

  test("SH-25 with hierarchy REPORTING, reach moves with the manager", async () => {
    const text = PEOPLE.replace("  edition:", "  hierarchy: REPORTING\n  edition:");
    const { gateway, change } = await freshWorld(open, text);
    expect(await readersOf(gateway, "rex-1", ["cleo", "hal"])).toEqual([]);
    await change(PIA, UPDATE, await inputOf(gateway, "rex", { reportsTo: "hal" }));
    expect(await readersOf(gateway, "rex-1", ["cleo", "hal"])).toEqual(["cleo", "hal"]);
    await change(PIA, UPDATE, await inputOf(gateway, "rex", { reportsTo: null }));
    expect(await readersOf(gateway, "rex-1", ["cleo", "hal"])).toEqual([]);
    const { extensions } = await refusal(
      gateway,
      PIA,
      UPDATE,
      await inputOf(gateway, "rex", { reportsTo: "sue" }),
    );
    expect(extensions).toMatchObject({ code: "CONFLICT", requirement: "SH-25" });
  });

  /** title | asker | whom | what | code | field | requirement */
  const REFUSED: readonly (readonly [
    string,
    string,
    string,
    Wanted,
    string,
    string | undefined,
    string | undefined,
  ])[] = [
    ["no name", ROOT, "ray", { name: null }, "BAD_USER_INPUT", "input.name", undefined],
    ["a blank name", ROOT, "ray", { name: " " }, "BAD_USER_INPUT", "input.name", undefined],
    ["no role", ROOT, "ray", { role: null }, "BAD_USER_INPUT", "input.role", "UA-30"],
    ["no profile", ROOT, "ray", { profile: null }, "BAD_USER_INPUT", "input.profile", "UA-30"],
    ["a deleted manager", ROOT, "sue", { reportsTo: "old" }, "NOT_FOUND", "input.reportsTo", undefined],
    ["who lacks the capability", "hal@acme.test", "ray", { name: "X" }, "FORBIDDEN", undefined, "CA-01"],
    ["who manages roles alone", "ron@acme.test", "ray", { role: "desk" }, "FORBIDDEN", undefined, "CA-01"],
    ["a team user", "tia@acme.test", "ray", { name: "X" }, "FORBIDDEN", undefined, "CA-01"],
    ["the support agent (D02)", AGENT, "ray", { name: "X" }, "FORBIDDEN", undefined, "CA-01"],
    ["one's own, too", "ray@acme.test", "ray", { name: "X" }, "FORBIDDEN", undefined, "CA-01"],
    [
      "a profile that is not readable is not there",
      "hal@acme.test",
      "ray",
      { profile: "auditor" },
      "NOT_FOUND",
      "input.profile",
      undefined,
    ],
    ["making an administrator", PIA, "ray", { profile: "administrator" }, "FORBIDDEN", undefined, "CA-02"],
    [
      "making oneself an administrator",
      PIA,
      "pia",
      { profile: "administrator" },
      "FORBIDDEN",
      undefined,
      "CA-02",
    ],
    ["unmaking an administrator", PIA, "adam", { profile: "clerk" }, "FORBIDDEN", undefined, "CA-02"],
    ["giving what one does not hold", PIA, "ray", { profile: "auditor" }, "FORBIDDEN", undefined, "CA-02"],
    [
      "giving oneself what one does not hold",
      PIA,
      "pia",
      { profile: "auditor" },
      "FORBIDDEN",
      undefined,
      "CA-02",
    ],
    ["moving the super administrator", PIA, "root", { role: "empty" }, "FORBIDDEN", undefined, "SH-60"],
    ["the super administrator's profile", PIA, "root", { profile: "clerk" }, "FORBIDDEN", undefined, "SH-60"],
    ["a tombstone", ROOT, "old", { name: "X" }, "ACTION_NOT_AVAILABLE", "input.id", "UA-61"],
    ["a tombstone's role", ROOT, "old", { role: "desk" }, "ACTION_NOT_AVAILABLE", "input.id", "UA-61"],
    [
      "another profile for a team user",
      ROOT,
      "tia",
      { profile: "clerk" },
      "ACTION_NOT_AVAILABLE",
      "input.profile",
      "TU-07",
    ],
    [
      "the team users' profile for others",
      ROOT,
      "ray",
      { profile: "team-user" },
      "ACTION_NOT_AVAILABLE",
      "input.profile",
      "TU-07",
    ],
    [
      "demoting the super administrator",
      ROOT,
      "root",
      { profile: "clerk" },
      "LAST_ADMINISTRATOR",
      "input.profile",
      "UA-51",
    ],
    ["reporting to oneself", ROOT, "ray", { reportsTo: "ray" }, "CONFLICT", "input.reportsTo", "SH-25"],
    ["a circle of managers", ROOT, "cleo", { reportsTo: "ray" }, "CONFLICT", "input.reportsTo", "SH-25"],
    ["a manager beside", ROOT, "rex", { reportsTo: "sue" }, "CONFLICT", "input.reportsTo", "SH-25"],
    ["a manager in the same role", ROOT, "rex", { reportsTo: "ray" }, "CONFLICT", "input.reportsTo", "SH-25"],
    [
      "a role that the manager is not above",
      ROOT,
      "ray",
      { role: "service" },
      "CONFLICT",
      "input.role",
      "SH-25",
    ],
    ["a role beside those who report", ROOT, "hal", { role: "service" }, "CONFLICT", "input.role", "SH-25"],
    [
      "what may not be done before what cannot be",
      PIA,
      "tia",
      { profile: "auditor" },
      "FORBIDDEN",
      undefined,
      "CA-02",
    ],
  ];
  test.each(REFUSED)(
    "AP-04 updateUser refuses: %s",
    async (_title, asker, whom, wanted, code, field, requirement) => {
      const input = await inputOf(refusing, whom, wanted);
      const { extensions } = await refusal(refusing, asker, UPDATE, input);
      expect([extensions["code"], extensions["field"], extensions["requirement"]]).toEqual([
        code,
        field,
        requirement,
      ]);
    },
  );

  test("AP-03 whoever is not there, and the support agent (SA-06), are one answer", async () => {
    const agent = await agentId(refusing.database);
    const ray = await refusing.user("ray@acme.test");
    const answers = [];
    for (const input of [
      { id: agent, name: "X" },
      { id: toGlobalId("User", NOBODY), name: "X" },
      { id: await refusing.id("Role", "rep"), name: "X" },
      { id: ray, reportsTo: agent },
      { id: ray, reportsTo: toGlobalId("User", NOBODY) },
      { id: ray, role: toGlobalId("Role", NOBODY) },
      { id: ray, profile: toGlobalId("Profile", NOBODY) },
    ])
      answers.push(await refusal(refusing, ROOT, UPDATE, input));
    expect(answers.map(({ extensions }) => [extensions["code"], extensions["field"]])).toEqual([
      ...Array(3).fill(["NOT_FOUND", "input.id"]),
      ...Array(2).fill(["NOT_FOUND", "input.reportsTo"]),
      ["NOT_FOUND", "input.role"],
      ["NOT_FOUND", "input.profile"],
    ]);
    expect(new Set(answers.map(({ message }) => message)).size).toBe(1);
  });

  test("SH-25 a role change names those whom it would put past their managers", async () => {
    const error = await refusal(refusing, ROOT, UPDATE, await inputOf(refusing, "hal", { role: "service" }));
    expect(error.extensions["users"]).toEqual([await refusing.user("ray@acme.test")]);
  });

  test("CA-02 who manages people gives what they hold themselves, and changes the super administrator's name", async () => {
    const { gateway, change } = await freshWorld(open);
    // Nobody but holders of MANAGE_PROFILES reads which profile it is.
    const given = await change(PIA, UPDATE, await inputOf(gateway, "ray", { profile: "clerk" }));
    expect(given["updateUser"].user.profile).toBeNull();
    const shown = await gateway.data("ray@acme.test", "{ viewer { user { profile { key } } } }");
    expect(shown["viewer"].user.profile.key).toBe("clerk");
    const named = await change(PIA, UPDATE, await inputOf(gateway, "root", { name: "Roberta", role: "ceo" }));
    expect(named["updateUser"].user.name).toBe("Roberta");
  });

  test("UA-51 administrators come and go while there is another one", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    await change(ROOT, UPDATE, await inputOf(gateway, "adam", { profile: "clerk" }));
    expect(
      (await gateway.data("adam@acme.test", "{ viewer { capabilities } }"))["viewer"].capabilities,
    ).not.toContain("MANAGE_USERS");
    await change(ROOT, UPDATE, await inputOf(gateway, "dee", { profile: "administrator" }));
    await change("dee@acme.test", UPDATE, await inputOf(gateway, "ray", { name: "By Dee" }));
    expect(await straysOf(opened.database)).toEqual([]);
  });

  test("UA-51 the last active administrator stays one", async () => {
    const text = PEOPLE.replace(
      "{ name: Root, role: ceo, profile: administrator }",
      "{ name: Root, role: ceo }",
    ).replace("{ name: Ian, role: desk,", "{ name: Ian, role: desk, profile: administrator,");
    const { gateway, change } = await freshWorld(open, text);
    // Ian has the profile too, but is not active.
    const demote = await inputOf(gateway, "adam", { profile: "clerk" });
    const { extensions } = await refusal(gateway, ROOT, UPDATE, demote);
    expect(extensions).toMatchObject({ code: "LAST_ADMINISTRATOR", requirement: "UA-51" });
    await change(ROOT, UPDATE, await inputOf(gateway, "ian", { profile: "clerk" }));
    await change(ROOT, UPDATE, await inputOf(gateway, "dee", { profile: "administrator" }));
    await change(ROOT, UPDATE, demote);
  });

  test("UA-50 whoever is deactivated can be put elsewhere; the records go along", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const { database } = opened;
    const ian = await database.reader.user.findFirstOrThrow({ where: { name: "Ian" } });
    await database.write((tx) =>
      tx.record.updateMany({
        where: { key: "rex-1" },
        data: { ownerId: ian.id, ownerSeq: ian.seq, ownerRoleId: ian.roleId },
      }),
    );
    await change(PIA, UPDATE, await inputOf(gateway, "ian", { role: "rep" }));
    expect(await straysOf(database)).toEqual([]);
    expect(await readersOf(gateway, "rex-1", ["hal"])).toEqual(["hal"]);
  });
});
