import { expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import {
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
  userInput,
  type WantedUser,
} from "./people-world.ts";

const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { name role { key } profile { key } reportsTo { name } } } }`;
const PIA = "pia@acme.test";

describeOnBoth("people are changed", (open) => {
  test("CA-01 updateUser changes what it is told and leaves the rest", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const before = await lastEvent(opened.database);
    const answers = [];
    for (const wanted of [
      { name: " Raymond " },
      { role: "service", reportsTo: null },
      { profile: "clerk" },
      { reportsTo: "cleo" },
    ] satisfies WantedUser[]) {
      const { updateUser } = await change(ROOT, UPDATE, await userInput(gateway, "ray", wanted));
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
    await change(PIA, UPDATE, await userInput(gateway, "dee", { role: "service" }));
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
    await change(PIA, UPDATE, await userInput(gateway, "rex", { role: "desk" }));
    // Service is above the desk.
    expect(await readers()).toEqual([["cleo", "sue"], false]);
    expect(await straysOf(opened.database)).toEqual([]);
    await change(PIA, UPDATE, await userInput(gateway, "rex", { role: "empty" }));
    expect(await readers()).toEqual([[], false]);
    expect(await straysOf(opened.database)).toEqual([]);
    // And what the mover's own role reaches moves with the mover.
    await change(PIA, UPDATE, await userInput(gateway, "dee", { role: "head" }));
    await change(PIA, UPDATE, await userInput(gateway, "rex", { role: "rep" }));
    expect(await readersOf(gateway, "rex-1", ["dee"])).toEqual(["dee"]);
    await other.close();
  });

  test("SH-25 with hierarchy REPORTING, reach moves with the manager", async () => {
    const text = PEOPLE.replace("  edition:", "  hierarchy: REPORTING\n  edition:");
    const { gateway, change } = await freshWorld(open, text);
    expect(await readersOf(gateway, "rex-1", ["cleo", "hal"])).toEqual([]);
    await change(PIA, UPDATE, await userInput(gateway, "rex", { reportsTo: "hal" }));
    expect(await readersOf(gateway, "rex-1", ["cleo", "hal"])).toEqual(["cleo", "hal"]);
    await change(PIA, UPDATE, await userInput(gateway, "rex", { reportsTo: null }));
    expect(await readersOf(gateway, "rex-1", ["cleo", "hal"])).toEqual([]);
    const { extensions } = await refusal(
      gateway,
      PIA,
      UPDATE,
      await userInput(gateway, "rex", { reportsTo: "sue" }),
    );
    expect(extensions).toMatchObject({ code: "CONFLICT", requirement: "SH-25" });
  });

  test("CA-02 who manages people gives what they hold themselves, and changes the super administrator's name", async () => {
    const { gateway, change } = await freshWorld(open);
    // Nobody but holders of MANAGE_PROFILES reads which profile it is.
    const given = await change(PIA, UPDATE, await userInput(gateway, "ray", { profile: "clerk" }));
    expect(given["updateUser"].user.profile).toBeNull();
    const shown = await gateway.data("ray@acme.test", "{ viewer { user { profile { key } } } }");
    expect(shown["viewer"].user.profile.key).toBe("clerk");
    const named = await change(
      PIA,
      UPDATE,
      await userInput(gateway, "root", { name: "Roberta", role: "ceo" }),
    );
    expect(named["updateUser"].user.name).toBe("Roberta");
  });

  test("UA-51 administrators come and go while there is another one", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    await change(ROOT, UPDATE, await userInput(gateway, "adam", { profile: "clerk" }));
    expect(
      (await gateway.data("adam@acme.test", "{ viewer { capabilities } }"))["viewer"].capabilities,
    ).not.toContain("MANAGE_USERS");
    await change(ROOT, UPDATE, await userInput(gateway, "dee", { profile: "administrator" }));
    await change("dee@acme.test", UPDATE, await userInput(gateway, "ray", { name: "By Dee" }));
    expect(await straysOf(opened.database)).toEqual([]);
  });

  test("UA-51 the last active administrator stays one", async () => {
    const text = PEOPLE.replace(
      "{ name: Root, role: ceo, profile: administrator }",
      "{ name: Root, role: ceo }",
    ).replace("{ name: Ian, role: desk,", "{ name: Ian, role: desk, profile: administrator,");
    const { gateway, change } = await freshWorld(open, text);
    // Ian has the profile too, but is not active.
    const demote = await userInput(gateway, "adam", { profile: "clerk" });
    const { extensions } = await refusal(gateway, ROOT, UPDATE, demote);
    expect(extensions).toMatchObject({ code: "LAST_ADMINISTRATOR", requirement: "UA-51" });
    await change(ROOT, UPDATE, await userInput(gateway, "ian", { profile: "clerk" }));
    await change(ROOT, UPDATE, await userInput(gateway, "dee", { profile: "administrator" }));
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
    await change(PIA, UPDATE, await userInput(gateway, "ian", { role: "rep" }));
    expect(await straysOf(database)).toEqual([]);
    expect(await readersOf(gateway, "rex-1", ["hal"])).toEqual(["hal"]);
  });
});
