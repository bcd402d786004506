import { beforeAll, describe, expect, test } from "vitest";
import { applyOrganizationFile } from "../../../../src/file/apply.ts";
import { exportOrganization } from "../../../../src/file/export.ts";
import { printOrganizationFile } from "../../../../src/file/print.ts";
import { describeOnBoth } from "../../../database.ts";
import { AGENT, type Gateway, onlyError } from "../../gateway.ts";
import { NOW } from "../../world.ts";
import {
  freshWorld,
  happenedSince,
  lastEvent,
  PEOPLE,
  ROOT,
  readersOf,
  refusal,
  straysOf,
} from "../people-world.ts";

const DELETE = `mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { id removedRules } }`;

describeOnBoth("people are deleted", (open) => {
  test("UA-61 the tombstone keeps name, last role and number; what was the person's alone goes", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const { reader } = opened.database;
    const before = await lastEvent(opened.database);
    const was = await reader.user.findFirstOrThrow({ where: { email: "sue@acme.test" } });
    const readers = ["root", "cleo", "hal", "ray", "rex"];
    const reached = await readersOf(gateway, "sue-1", readers);

    const { deleteUser } = await change(ROOT, DELETE, {
      id: await gateway.user("sue@acme.test"),
      confirm: true,
      force: true,
    });
    expect(deleteUser.removedRules).toHaveLength(1);
    await gateway.store.jobs.idle();
    const sue = await reader.user.findFirstOrThrow({
      where: { id: was.id },
      include: { applications: true, teamMemberships: true, groupMemberships: true, shares: true },
    });
    expect(sue).toMatchObject({
      ...{ name: "Sue", seq: was.seq, roleId: was.roleId, status: "DELETED", email: null },
      ...{ applications: [], teamMemberships: [], groupMemberships: [], shares: [] },
    });
    // Superiors, and those with whom her records were shared, reach them as those of an inactive owner.
    expect(await readersOf(gateway, "sue-1", readers)).toEqual(reached);
    expect(await straysOf(opened.database)).toEqual([]);
    expect(await happenedSince(opened.database, before)).toEqual([
      "DELETE_SHARING_RULE SharingRule",
      "UPDATE_GROUP Group",
      "DELETE_USER User",
    ]);
    const shown = await gateway.data(
      ROOT,
      `{ record(key: { module: "leads", key: "sue-1" }) { owner { name status email role { name } profile { key } dependents { __typename } } } }`,
    );
    expect(shown["record"].owner).toMatchObject({ name: "Sue", status: "DELETED", email: null, role: null });
    expect(shown["record"].owner.dependents).toBeNull();
    const listed = await gateway.data(ROOT, '{ users(filter: ALL, search: "Sue") { totalCount } }');
    expect(listed["users"].totalCount).toBe(0);
  });

  test("UA-61 shares to the person go with their grants, those that they gave stay, and nobody reads their forecasts", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const { reader } = opened.database;
    const hal = await reader.user.findFirstOrThrow({ where: { email: "hal@acme.test" } });
    const dee = await reader.user.findFirstOrThrow({ where: { email: "dee@acme.test" } });
    await change(
      "hal@acme.test",
      `mutation ($input: ShareRecordInput!) { shareRecord(input: $input) { id } }`,
      {
        id: await gateway.record("leads", "hal-1"),
        with: { user: await gateway.user("sue@acme.test") },
        level: "READ_ONLY",
      },
    );
    await change(ROOT, DELETE, { id: await gateway.user("hal@acme.test"), confirm: true });
    expect(await reader.recordShare.count({ where: { sharedById: hal.id } })).toBe(1);
    expect(await readersOf(gateway, "hal-1", ["sue"])).toEqual(["sue"]);
    expect(await reader.role.count({ where: { forecastManagerId: { not: null } } })).toBe(0);
    // Ray still reports to whom he reported to: in the reporting hierarchy records are reached through him.
    expect((await reader.user.findFirstOrThrow({ where: { email: "ray@acme.test" } })).reportsToId).toBe(
      hal.id,
    );

    await change(ROOT, DELETE, { id: await gateway.user("dee@acme.test"), confirm: true });
    await gateway.store.jobs.idle();
    expect(await reader.recordShare.count({ where: { userId: dee.id } })).toBe(0);
    expect(await reader.recordGrant.count({ where: { key: `u:${dee.id}` } })).toBe(0);
    expect((await reader.auditEvent.findMany({ where: { action: "UNSHARE_RECORD" } })).length).toBe(1);
  });

  test("UA-61 any number of shares to the person goes, in bounded steps", async () => {
    const count = 730;
    const leads = Array.from({ length: count }, (_, at) => at);
    const text = PEOPLE.replace(
      "records:\n  leads:\n",
      `records:\n  leads:\n${leads.map((at) => `    many-${at}: { owner: ray@acme.test, name: Many }\n`).join("")}`,
    ).replace(
      "shares:\n",
      `shares:\n${leads.map((at) => `  - { record: leads/many-${at}, to: { user: rex@acme.test }, access: READ_ONLY }\n`).join("")}`,
    );
    const { gateway, opened, change } = await freshWorld(open, text);
    const { reader } = opened.database;
    const rex = await reader.user.findFirstOrThrow({ where: { email: "rex@acme.test" } });
    await change(ROOT, DELETE, { id: await gateway.user("rex@acme.test"), confirm: true });
    await gateway.store.jobs.idle();
    expect(await reader.recordShare.count({ where: { userId: rex.id } })).toBe(0);
    expect(await reader.recordGrant.count({ where: { key: `u:${rex.id}` } })).toBe(0);
    expect(await reader.auditEvent.count({ where: { action: "UNSHARE_RECORD" } })).toBe(count);
    const last = await reader.auditEvent.findFirstOrThrow({ orderBy: { sequence: "desc" } });
    expect(last.actorId).toBe((await reader.user.findFirstOrThrow({ where: { name: "Root" } })).id);
  });

  test("UA-60 unconfirmed it says that it cannot be undone and what depends on the person, and nothing happens", async () => {
    const { gateway } = await freshWorld(open);
    const id = await gateway.user("hal@acme.test");
    const error = await refusal(gateway, ROOT, DELETE, { id });
    expect(error.message).toMatch(/permanent and cannot be undone.*1 record, 1 role .*1 person/);
    expect(error.extensions).toMatchObject({
      ...{ code: "CONFIRMATION_REQUIRED", field: "input.confirm", requirement: "UA-60" },
      dependents: {
        records: [{ module: "leads", count: 1 }],
        sharingRules: [],
        forecastManagerOf: [await gateway.id("Role", "head")],
        reports: [await gateway.user("ray@acme.test")],
        lastAdminOf: [],
      },
    });
  });

  test("UA-62 the same address later is a new person, to whom no older token belongs", async () => {
    const clock = { now: () => NOW };
    const { gateway, opened, change } = await freshWorld(open);
    const { reader } = opened.database;
    const old = await reader.user.findFirstOrThrow({ where: { email: "rex@acme.test" } });
    await change(ROOT, DELETE, { id: await gateway.user("rex@acme.test"), confirm: true });
    const refused = await gateway.ask("rex@acme.test", "{ viewer { user { name } } }");
    expect(onlyError(refused).extensions["code"]).toBe("UNAUTHENTICATED");

    // Whatever adds people, here an organisation file.
    const later = clock.now() + 60_000;
    await applyOrganizationFile(opened.database, { text: PEOPLE, name: "again.yaml" }, null, { now: later });
    const added = await reader.user.findFirstOrThrow({ where: { email: "rex@acme.test" } });
    expect(added.id).not.toBe(old.id);
    expect(added.seq).toBeGreaterThan(old.seq);
    expect((await reader.record.findFirstOrThrow({ where: { key: "rex-1" } })).ownerId).toBe(added.id);
    // The gateway's clock, and so its tokens, are older than the account.
    const early = await gateway.ask("rex@acme.test", "{ viewer { user { name } } }");
    expect(onlyError(early).extensions["code"]).toBe("UNAUTHENTICATED");
  });

  test("UA-61 BU-02 the tombstone comes back from the organisation file", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    for (const name of ["hal", "tia"])
      await change(ROOT, DELETE, { id: await gateway.user(`${name}@acme.test`), confirm: true, force: true });
    const text = printOrganizationFile(await exportOrganization(opened.database, "acme"));
    const { id } = await opened.database.reader.user.findFirstOrThrow({ where: { name: "Hal" } });
    expect(text).toContain(`owner: ${id}@deleted.invalid`);
    const elsewhere = await open();
    const input = { text, name: "exported.yaml" };
    await applyOrganizationFile(elsewhere.database, input, null, { now: NOW });
    expect(printOrganizationFile(await exportOrganization(elsewhere.database, "acme"))).toBe(text);
    const again = await applyOrganizationFile(elsewhere.database, input, null, { now: NOW });
    expect(
      Object.values(again.tallies).every(({ added, changed, removed }) => added + changed + removed === 0),
    ).toBe(true);
    const hal = await elsewhere.database.reader.user.findFirstOrThrow({ where: { name: "Hal" } });
    expect(hal).toMatchObject({ id, email: null, status: "DELETED" });
  });

  describe("and who is not", () => {
    let gateway: Gateway;
    beforeAll(async () => {
      ({ gateway } = await freshWorld(open));
    });

    test.each([
      ["UA-02 by who manages people", "pia@acme.test", "ray@acme.test", {}, "FORBIDDEN", "CA-01"],
      [
        "UA-02 unconfirmed by who may not",
        "ray@acme.test",
        "ray@acme.test",
        { confirm: false },
        "FORBIDDEN",
        "CA-01",
      ],
      ["D02 by the support agent", AGENT, "ray@acme.test", {}, "FORBIDDEN", "CA-01"],
      ["UA-51 the super administrator", "adam@acme.test", ROOT, {}, "LAST_ADMINISTRATOR", "UA-51"],
      ["UA-61 who is deleted", ROOT, "old@acme.test", {}, "ACTION_NOT_AVAILABLE", "UA-61"],
      ["SH-39 whom a rule names", ROOT, "sue@acme.test", {}, "CONFLICT", "SH-39"],
      [
        "UA-60 whom a rule names, unconfirmed",
        ROOT,
        "sue@acme.test",
        { confirm: false },
        "CONFIRMATION_REQUIRED",
        "UA-60",
      ],
      ["SA-06 the support agent", ROOT, AGENT, {}, "NOT_FOUND", undefined],
    ])("%s", async (_, as, whom, said, code, requirement) => {
      const input = { id: await gateway.user(whom), confirm: true, ...said };
      const { extensions } = await refusal(gateway, as, DELETE, input);
      expect([extensions["code"], extensions["requirement"]]).toEqual([code, requirement]);
    });
  });
});
