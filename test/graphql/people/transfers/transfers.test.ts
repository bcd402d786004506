import { beforeAll, describe, expect, test } from "vitest";
import { openJobs } from "../../../../src/store/core/jobs/jobs.ts";
import { BACKGROUND } from "../../../../src/store/store.ts";
import { describeOnBoth, openTestStore } from "../../../database.ts";
import { AGENT, type Gateway, onlyError, rows, type Shown } from "../../gateway.ts";
import { NOW } from "../../world.ts";
import { freshWorld, PEOPLE, ROOT, refusal } from "../people-world.ts";

const TRANSFER =
  "transfer { id from { name } to { name } startedBy { name } modules { key } endedAt movedRecords keptRecords totalRecords }";
const MASS = `mutation ($input: MassChangeOwnerInput!) { massChangeOwner(input: $input) { ${TRANSFER} } }`;
const DEACTIVATE = `mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) { ${TRANSFER} } }`;
const DELETE = `mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { ${TRANSFER} } }`;
const LIST =
  "{ recordTransfers { totalCount edges { node { from { name } endedAt movedRecords keptRecords totalRecords } } } }";

const MANY = 1_300;

/**
 * Rex owns many leads, and deals of both kinds. Hal, above him, may hand over what he owns; Sue reads it by a rule and may
 * not; Max has MODIFY_ALL_DATA, and administers.
 */
const TEXT = PEOPLE.replace(
  "  hal@acme.test:",
  `  max@acme.test: { name: Max, role: service, profile: max, administrator: true }
  ada@acme.test: { name: Ada, role: service, profile: clerk, administrator: true }
  req@acme.test: { name: Req, role: desk, teamModules: { tickets: REQUESTER } }
  mem@acme.test: { name: Mem, role: desk, teamModules: { tickets: MEMBER } }
  adm@acme.test: { name: Adm, role: desk, teamModules: { tickets: ADMIN } }
  hal@acme.test:`,
)
  .replace(
    "profiles:\n",
    "profiles:\n  max: { name: Max, modules: { leads: [VIEW, EDIT, CHANGE_OWNER] }, capabilities: [MODIFY_ALL_DATA] }\n",
  )
  .replace(
    "  tickets: { label: Tickets, kind: TEAM }\n",
    "  tickets: { label: Tickets, kind: TEAM }\n  deals: { label: Deals }\n",
  )
  .replace(
    "shares:\n",
    `shares:\n  - { record: leads/rex-1, to: { user: dee@acme.test }, access: READ_WRITE }\n`,
  )
  .replace(
    "records:\n",
    `records:
  deals:
    deal-1: { owner: rex@acme.test, name: Deal }
  tickets:
    ticket-1: { owner: req@acme.test, name: Help }
`,
  );

const withMany = TEXT.replace(
  "    rex-1:",
  `${Array.from({ length: MANY }, (_, at) => `    many-${at}: { owner: rex@acme.test, name: Many, values: { status: open } }\n`).join("")}    rex-1:`,
);

const who = async (gateway: Gateway, input: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(input).map(async ([key, name]) => [key, await gateway.user(`${name}@acme.test`)]),
    ),
  );

async function ownersOf(gateway: Gateway): Promise<Readonly<Record<string, string>>> {
  const records = await gateway.database.reader.record.findMany({
    include: { owner: true },
    orderBy: { key: "asc" },
  });
  return Object.fromEntries(records.map(({ key, owner }) => [key, owner.name]));
}

/** What is derived of owners is as if it had been counted anew. */
async function expectDerived({ database }: Gateway): Promise<void> {
  const { reader } = database;
  const users = new Map((await reader.user.findMany()).map((user) => [user.id, user]));
  const records = new Map((await reader.record.findMany()).map((record) => [record.id, record]));
  const strays = [...records.values()].filter(({ ownerId, ownerSeq, ownerRoleId }) => {
    const owner = users.get(ownerId);
    return owner?.seq !== ownerSeq || owner.roleId !== ownerRoleId;
  });
  expect(strays).toEqual([]);
  const counted = await reader.record.groupBy({ by: ["moduleId", "ownerSeq"], _count: true });
  const stored = (await reader.ownerCount.findMany()).filter(({ n }) => n !== 0);
  const line = (moduleId: string, seq: number, n: number) => `${moduleId} ${seq} ${n}`;
  expect(stored.map(({ moduleId, ownerSeq, n }) => line(moduleId, ownerSeq, n)).sort()).toEqual(
    counted.map(({ moduleId, ownerSeq, _count }) => line(moduleId, ownerSeq, _count)).sort(),
  );
  const grants = await reader.recordGrant.findMany();
  expect(grants.filter(({ ownerSeq, recordId }) => ownerSeq !== records.get(recordId)?.ownerSeq)).toEqual([]);
}

describeOnBoth("records go from one person to another", (open) => {
  test("UA-64 all of a module, with progress; shares and reach go along, and each is told of", async () => {
    const { gateway, change } = await freshWorld(open, TEXT);
    const input = { ...(await who(gateway, { from: "rex", to: "sue" })), modules: ["leads"] };
    const { massChangeOwner } = await change("hal@acme.test", MASS, input);
    expect(massChangeOwner.transfer).toMatchObject({
      ...{
        from: { name: "Rex" },
        to: { name: "Sue" },
        startedBy: { name: "Hal" },
        modules: [{ key: "leads" }],
      },
      ...{ keptRecords: 0, totalRecords: null },
    });
    await gateway.store.jobs.idle();
    expect(await ownersOf(gateway)).toMatchObject({ "rex-1": "Sue", "deal-1": "Rex", "ray-1": "Ray" });
    await expectDerived(gateway);
    const [{ endedAt, movedRecords }] = rows((await gateway.data("hal@acme.test", LIST))["recordTransfers"]);
    expect([endedAt !== null, movedRecords]).toEqual([true, 1]);
    // Hal is not above Sue; with Dee it is shared as before.
    const read = `{ record(key: { module: "leads", key: "rex-1" }) { name } }`;
    expect((await gateway.data("hal@acme.test", read))["record"]).toBeNull();
    expect((await gateway.data("dee@acme.test", read))["record"]).not.toBeNull();
    const events = await gateway.database.reader.auditEvent.findMany({ orderBy: { sequence: "asc" } });
    const hal = await gateway.database.reader.user.findFirstOrThrow({ where: { name: "Hal" } });
    expect(events.slice(-2).map(({ action, actorId }) => [action, actorId])).toEqual([
      ["TRANSFER_RECORDS", hal.id],
      ["CHANGE_OWNER", hal.id],
    ]);
  });

  test("UA-64 SH-46 of what the asker may not hand over nothing goes: what they read is counted, the rest is not", async () => {
    const { gateway, change } = await freshWorld(open, TEXT);
    // Sue reads what reps own, by a rule; Ray's and Rex's leads are nobody else's to hand over.
    await change("sue@acme.test", MASS, {
      ...(await who(gateway, { from: "rex", to: "dee" })),
      modules: ["leads"],
    });
    // And of Hal's she reads nothing.
    await change("sue@acme.test", MASS, {
      ...(await who(gateway, { from: "hal", to: "dee" })),
      modules: ["leads"],
    });
    const before = await ownersOf(gateway);
    await gateway.store.jobs.idle();
    expect(await ownersOf(gateway)).toEqual(before);
    const listed = rows((await gateway.data("sue@acme.test", LIST))["recordTransfers"]);
    const counts = Object.fromEntries(
      listed.map(({ from, movedRecords, keptRecords }: Shown) => [from.name, [movedRecords, keptRecords]]),
    );
    expect(counts).toEqual({ Rex: [0, 1], Hal: [0, 0] });
  });

  test("UA-64 SH-11 what the asker may no more when its turn comes stays", async () => {
    const { gateway, opened, change } = await freshWorld(open, TEXT);
    await gateway.store.jobs.stop();
    await change("hal@acme.test", MASS, await who(gateway, { from: "rex", to: "sue" }));
    await change(
      ROOT,
      `mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) { __typename } }`,
      {
        id: await gateway.user("hal@acme.test"),
      },
    );
    await openJobs(BACKGROUND, { database: opened.database, clock: { now: () => NOW } }).idle();
    expect((await ownersOf(gateway))["rex-1"]).toBe("Rex");
  });

  test("UA-64 any number, in bounded steps: every list is exact in between, and another instance finishes", async () => {
    const { gateway, opened, change } = await freshWorld(open, withMany);
    const { database } = opened;
    await change(ROOT, MASS, { ...(await who(gateway, { from: "rex", to: "sue" })), modules: ["leads"] });
    await gateway.store.jobs.stop();

    const count = async (as: string) => {
      const { records } = await gateway.data(as, `{ records(module: "leads") { totalCount } }`);
      return records.totalCount as number;
    };
    const [all, rexBefore, sueBefore] = [
      await count(ROOT),
      await count("rex@acme.test"),
      await count("sue@acme.test"),
    ];
    // One that dies after some steps.
    let steps = 0;
    const { write } = database;
    const failing = {
      ...database,
      write: ((work, options) => {
        steps += 1;
        if (steps > 4) throw new Error("the process is gone");
        return write(work, options);
      }) as typeof write,
    };
    const halfway = openJobs(BACKGROUND, { database: failing, clock: { now: () => NOW } }, { maxBatch: 100 });
    await halfway.idle().catch(() => {});
    await halfway.stop();
    const running = await database.reader.recordTransfer.findFirstOrThrow();
    expect(running.endedAt).toBeNull();
    expect(running.movedRecords).toBeGreaterThan(0);
    expect(running.movedRecords).toBeLessThan(MANY);

    // Half of it has gone: nobody reads a record twice, or not at all; Sue reads all by the rule or as the owner.
    const moved = await database.reader.record.count({
      where: { owner: { name: "Sue" }, key: { startsWith: "many" } },
    });
    expect(moved).toBe(running.movedRecords);
    expect(await count(ROOT)).toBe(all);
    expect(await count("sue@acme.test")).toBe(sueBefore);
    expect(await count("rex@acme.test")).toBe(rexBefore - moved);
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { records } = await gateway.data(
        "sue@acme.test",
        `query ($after: String) { records(module: "leads", first: 100, after: $after) { edges { node { key } } pageInfo { endCursor hasNextPage } } }`,
        { after },
      );
      seen.push(...rows(records).map(({ key }) => key));
      if (!records.pageInfo.hasNextPage) break;
      after = records.pageInfo.endCursor;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe(sueBefore);
    await expectDerived(gateway);

    const other = await openTestStore(opened.url);
    await openJobs(BACKGROUND, { database: other, clock: { now: () => NOW } }).idle();
    await other.close();
    const ended = await database.reader.recordTransfer.findFirstOrThrow();
    expect(ended).toMatchObject({ movedRecords: MANY + 1, endedAt: new Date(NOW) });
    expect(await database.reader.auditEvent.count({ where: { action: "CHANGE_OWNER" } })).toBe(MANY + 1);
    expect(await count("rex@acme.test")).toBe(rexBefore - MANY - 1);
    await expectDerived(gateway);
  });

  test("UA-64 with deactivation and deletion, by who has MODIFY_ALL_DATA: all that their profile opens", async () => {
    const { gateway, change } = await freshWorld(open, TEXT);
    const max = "max@acme.test";
    const heir = await gateway.user("sue@acme.test");
    const { deactivateUser } = await change(max, DEACTIVATE, {
      id: await gateway.user("rex@acme.test"),
      transferRecordsTo: heir,
    });
    expect(deactivateUser.transfer).toMatchObject({ modules: [{ key: "leads" }], totalRecords: 1 });
    const { deleteUser } = await change(max, DELETE, {
      ...{
        id: await gateway.user("ray@acme.test"),
        transferRecordsTo: heir,
        transferModules: ["leads"],
        confirm: true,
      },
    });
    expect(deleteUser.transfer.totalRecords).toBe(1);
    await gateway.store.jobs.idle();
    expect(await ownersOf(gateway)).toMatchObject({ "rex-1": "Sue", "ray-1": "Sue", "deal-1": "Rex" });
    await expectDerived(gateway);
    // An administrator who reads none of it learns that it runs, and how many there are not.
    const listed = rows((await gateway.data("ada@acme.test", LIST))["recordTransfers"]);
    expect(listed).toHaveLength(2);
    expect(listed[0]).toMatchObject({ movedRecords: null, totalRecords: null });
    expect((await gateway.data("sue@acme.test", LIST))["recordTransfers"].totalCount).toBe(0);
    const read = await gateway.data(ROOT, LIST);
    expect(rows(read["recordTransfers"]).map(({ movedRecords }: Shown) => movedRecords)).toEqual([1, 1]);
  });

  test("UA-64 UA-61 what a tombstone owns goes later, too", async () => {
    const { gateway, change } = await freshWorld(open, TEXT);
    await change(ROOT, MASS, {
      ...(await who(gateway, { to: "sue" })),
      from: await gateway.user("old@acme.test"),
    });
    await gateway.store.jobs.idle();
    expect((await ownersOf(gateway))["old-1"]).toBe("Sue");
  });

  test("TU-21 UA-64 a requester goes on reading what was theirs", async () => {
    const { gateway, change } = await freshWorld(open, TEXT);
    await change("adm@acme.test", MASS, {
      ...(await who(gateway, { from: "req", to: "mem" })),
      modules: ["tickets"],
    });
    await gateway.store.jobs.idle();
    expect((await ownersOf(gateway))["ticket-1"]).toBe("Mem");
    const read = `{ record(key: { module: "tickets", key: "ticket-1" }) { access { read update } } }`;
    expect((await gateway.data("req@acme.test", read))["record"]).toEqual({
      access: { read: true, update: false },
    });
    await expectDerived(gateway);
  });

  test("TU-33 who may own none by now gets none", async () => {
    const { gateway, opened, change } = await freshWorld(open, TEXT);
    await gateway.store.jobs.stop();
    await change(ROOT, MASS, { ...(await who(gateway, { from: "rex", to: "sue" })), modules: ["leads"] });
    await change(
      ROOT,
      `mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) { __typename } }`,
      {
        id: await gateway.user("sue@acme.test"),
      },
    );
    await openJobs(BACKGROUND, { database: opened.database, clock: { now: () => NOW } }).idle();
    expect((await ownersOf(gateway))["rex-1"]).toBe("Rex");
    const [transfer] = rows((await gateway.data(ROOT, LIST))["recordTransfers"]);
    expect(transfer).toMatchObject({ movedRecords: 0 });
    expect(transfer.endedAt).not.toBeNull();
  });

  test("UA-64 what ended is forgotten after a month", async () => {
    const { gateway, opened, change } = await freshWorld(open, TEXT);
    await change(ROOT, MASS, await who(gateway, { from: "rex", to: "sue" }));
    await gateway.store.jobs.idle();
    const later = { now: () => NOW + 31 * 24 * 3_600_000 };
    await openJobs(BACKGROUND, { database: opened.database, clock: later }).idle();
    expect(await opened.database.reader.recordTransfer.count()).toBe(0);
  });

  describe("and what is refused", () => {
    let gateway: Gateway;
    beforeAll(async () => {
      ({ gateway } = await freshWorld(open, TEXT));
    });

    test.each([
      [
        "a team user, who hands over no lead",
        "tia",
        { from: "rex", to: "sue" },
        ["leads"],
        "FORBIDDEN",
        undefined,
        undefined,
      ],
      [
        "who may hand over nothing",
        "cleo",
        { from: "rex", to: "sue" },
        null,
        "FORBIDDEN",
        undefined,
        undefined,
      ],
      [
        "a module that is shut",
        "max",
        { from: "rex", to: "sue" },
        ["deals"],
        "FORBIDDEN",
        undefined,
        undefined,
      ],
      [
        "to oneself what is one's own",
        "hal",
        { from: "rex", to: "rex" },
        null,
        "BAD_USER_INPUT",
        "input.to",
        undefined,
      ],
      [
        "to who is inactive",
        "hal",
        { from: "rex", to: "ian" },
        ["leads"],
        "BAD_USER_INPUT",
        "input.to",
        "TU-33",
      ],
      ["to who is deleted", "hal", { from: "rex", to: "old" }, ["leads"], "NOT_FOUND", "input.to", undefined],
      [
        "to a team user, an organisation module's",
        "hal",
        { from: "rex", to: "tia" },
        ["leads"],
        "FORBIDDEN",
        undefined,
        "TU-12b",
      ],
      [
        "an unknown module",
        "hal",
        { from: "rex", to: "sue" },
        ["x"],
        "BAD_USER_INPUT",
        "input.modules.0",
        undefined,
      ],
      [
        "a module twice",
        "hal",
        { from: "rex", to: "sue" },
        ["leads", "leads"],
        "BAD_USER_INPUT",
        "input.modules.1",
        undefined,
      ],
      ["no module", "hal", { from: "rex", to: "sue" }, [], "BAD_USER_INPUT", "input.modules", undefined],
    ] as const)("UA-64 %s", async (_, as, people, modules, code, field, requirement) => {
      const input = { ...(await who(gateway, people)), ...(modules === null ? {} : { modules }) };
      const { extensions } = await refusal(gateway, `${as}@acme.test`, MASS, input);
      expect([extensions["code"], extensions["field"]]).toEqual([code, field]);
      if (requirement !== undefined) expect(extensions["requirement"]).toBe(requirement);
    });

    test("SA-06 the agent is nobody's heir, and nothing of its own is anybody's to name", async () => {
      const agent = await gateway.user(AGENT);
      const sue = await gateway.user("sue@acme.test");
      for (const [input, field] of [
        [{ from: agent, to: sue }, "input.from"],
        [{ from: sue, to: agent }, "input.to"],
      ] as const) {
        const { extensions } = await refusal(gateway, ROOT, MASS, input);
        expect([extensions["code"], extensions["field"]]).toEqual(["NOT_FOUND", field]);
      }
    });

    test.each([
      ["without MODIFY_ALL_DATA", "ada", DEACTIVATE, { transferRecordsTo: "sue" }, "FORBIDDEN", undefined],
      [
        "without MODIFY_ALL_DATA, before it has to be confirmed",
        "ada",
        DELETE,
        { transferRecordsTo: "sue" },
        "FORBIDDEN",
        undefined,
      ],
      [
        "in a module that is shut",
        "max",
        DEACTIVATE,
        { transferRecordsTo: "sue", transferModules: ["deals"] },
        "FORBIDDEN",
        undefined,
      ],
      [
        "to who leaves",
        "max",
        DEACTIVATE,
        { transferRecordsTo: "rex" },
        "BAD_USER_INPUT",
        "input.transferRecordsTo",
      ],
      [
        "to who may not own them",
        "max",
        DEACTIVATE,
        { transferRecordsTo: "ian", transferModules: ["leads"] },
        "BAD_USER_INPUT",
        "input.transferRecordsTo",
      ],
      [
        "of modules to nobody",
        "max",
        DEACTIVATE,
        { transferModules: ["leads"] },
        "BAD_USER_INPUT",
        "input.transferModules",
      ],
    ] as const)("UA-64 leaving: %s", async (_, as, mutation, said, code, field) => {
      const { transferRecordsTo, ...rest } = said as { transferRecordsTo?: string };
      const input = {
        id: await gateway.user("rex@acme.test"),
        ...rest,
        ...(transferRecordsTo === undefined ? {} : await who(gateway, { transferRecordsTo })),
      };
      const { extensions } = await refusal(gateway, `${as}@acme.test`, mutation, input);
      expect([extensions["code"], extensions["field"]]).toEqual([code, field]);
    });

    test("UA-64 nobody sees what others began", async () => {
      await gateway.data("hal@acme.test", MASS, { input: await who(gateway, { from: "ray", to: "rex" }) });
      expect((await gateway.data("rex@acme.test", LIST))["recordTransfers"].totalCount).toBe(0);
      expect(onlyError(await gateway.ask(null, LIST)).extensions["code"]).toBe("UNAUTHENTICATED");
    });
  });
});
