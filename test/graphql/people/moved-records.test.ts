import { beforeEach, expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { openPace, type Pace } from "../../../src/store/core/jobs/pace.ts";
import { viewerOf } from "../../../src/store/core/viewer.ts";
import { moveOwnedRecords } from "../../../src/store/profiles/move-owned-records.ts";
import { accessTo } from "../../../src/store/records/find.ts";
import { listRecords } from "../../../src/store/records/list.ts";
import { reachedKeys } from "../../../src/store/records/reached.ts";
import { storeByPlan } from "../../../src/store/store.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { mail, manyLeads, newRecord, SHARING } from "../sharing/sharing-world.ts";
import { NOW } from "../world.ts";

/** More records than are moved in one batch. */
const MANY = 620;

const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }`;
const DELETE = `mutation ($input: DeleteRoleInput!) { deleteRole(input: $input) { id } }`;

describeOnBoth("records of somebody who has changed their role", (open) => {
  let gateway: Gateway;
  const fresh = async () => {
    const opened = await openGateway((await open()).database, SHARING);
    // Nobody moves them.
    await opened.store.jobs.stop();
    return opened;
  };
  beforeEach(async () => {
    gateway = await fresh();
  });

  const move = async (to: string, of = gateway) =>
    of.ask(mail("root"), UPDATE, {
      input: { id: await of.user(mail("ray")), role: await of.id("Role", to) },
    });
  const removeRole = async (key: string, heir: string, of = gateway) => {
    const input = { id: await of.id("Role", key), transferTo: await of.id("Role", heir), force: true };
    return of.ask(mail("root"), DELETE, { input });
  };
  /** The roles under which Ray's leads stand, each with how many. */
  const places = async () => {
    const where = { owner: { email: mail("ray") }, module: { key: "leads" } };
    const rows = await gateway.database.reader.record.findMany({ where, select: { ownerRoleId: true } });
    const groups = Map.groupBy(rows, ({ ownerRoleId }) => ownerRoleId);
    return JSON.stringify([...groups].map(([role, { length }]) => [role, length]).sort());
  };
  /** Background work: so many batches at most that move a lead of Ray's, and what happens after the first of them. */
  const moveBatches = async (most: number, afterFirst: () => Promise<unknown> = async () => {}) => {
    const { database } = gateway;
    const inner = openPace(200);
    let batches = 0;
    let last = await places();
    const pace: Pace = {
      write: async (of, batch) => {
        const outcome = await inner.write(of, batch);
        const now = await places();
        const isMoved = now !== last;
        last = now;
        if (isMoved) batches += 1;
        if (isMoved && batches === 1) await afterFirst();
        return outcome;
      },
    };
    await moveOwnedRecords.run({
      database,
      clock: { now: () => NOW },
      pace,
      isOver: () => batches >= most,
    });
  };
  /** How many of Ray's leads stand under a role. */
  const under = async (key: string) => {
    const { reader } = gateway.database;
    const role = await reader.role.findFirstOrThrow({ where: { key } });
    const where = { owner: { email: mail("ray") }, module: { key: "leads" }, ownerRoleId: role.id };
    return reader.record.count({ where });
  };
  const isMoving = async () =>
    (await gateway.database.reader.user.count({ where: { isPathBehind: true } })) > 0;

  /** How many leads somebody has, whether they are listed, walked page by page, checked one by one, or counted. */
  const seenBy = async (as: string): Promise<number> => {
    const policy = await gateway.store.policies.get("acme");
    const user = policy?.usersByEmail.get(mail(as));
    const module = policy?.modulesByKey.get("leads");
    if (!policy || !user || !module) throw new Error(`nobody is ${as}`);
    const viewer = viewerOf(gateway.store, policy, user, NOW);
    const all = await reachedKeys(gateway.store, policy.org.id, module);
    const checks = await Promise.all(
      [...all.keys()].map(async (id) => ((await accessTo(viewer, id)).READ ? [id] : [])),
    );
    const checked = checks.flat().sort();
    for (const plan of ["EXACT", "DENSE", "SPARSE"] as const) {
      const planned = viewerOf(storeByPlan(gateway.store, plan), policy, user, NOW);
      const sorted = await reachedKeys(planned.store, policy.org.id, module, {
        viewer: planned,
        action: "READ",
      });
      expect([...sorted.keys()].sort(), plan).toEqual(checked);
      const paged: string[] = [];
      for (let after: string | null = null; ; ) {
        const page = await listRecords(planned, module, { first: 77, after });
        paged.push(...page.edges.map(({ node }) => node.id));
        after = page.edges.at(-1)?.cursor ?? null;
        if (!(await page.hasNextPage())) {
          expect(await page.totalCount(), plan).toBe(checked.length);
          break;
        }
      }
      expect(paged.sort(), plan).toEqual(checked);
    }
    return checked.length;
  };
  const everybodySees = async () => {
    const seen: Record<string, number> = {};
    for (const as of ["hal", "ray", "rob", "dan", "cleo"]) seen[as] = await seenBy(as);
    return seen;
  };

  test.each([
    ["updateUser", move, "clerk"],
    ["deleteRole", (to: string, of?: Gateway) => removeRole("rep", to, of), "clerk"],
  ] as const)(
    "SH-23 EN-32 %s takes as many statements for many records as for one",
    async (_, change, to) => {
      const few = await fresh();
      await manyLeads(gateway, MANY);
      const sent = async (of: Gateway) => {
        await of.data(mail("root"), "{ viewer { isSupport } }");
        const { result, statements } = await of.database.statementsOf(() => change(to, of));
        expect(result).not.toHaveProperty("errors");
        return statements.length;
      };
      expect(await sent(gateway)).toBe(await sent(few));
      expect(await isMoving()).toBe(true);
    },
  );

  test("SH-23 EN-01 list = check = count, however far they have moved", async () => {
    await manyLeads(gateway, MANY);
    const before = await everybodySees();
    expect(before["hal"]).toBeGreaterThan(MANY);
    expect(await move("clerk")).not.toHaveProperty("errors");
    const after = await everybodySees();
    // Hal and Rob are no superior and no peer of his any more; a clerk has no peers.
    expect(before["hal"]).toBe((after["hal"] ?? 0) + MANY + 2);
    expect(before["rob"]).toBe((after["rob"] ?? 0) + MANY + 2);
    expect(after["ray"]).toBe(MANY + 2);
    let last = await under("rep");
    for (const batches of [1, 1, 100]) {
      await moveBatches(batches);
      expect(await under("rep")).toBeLessThan(last);
      last = await under("rep");
      expect(await everybodySees()).toEqual(after);
    }
    expect([await under("rep"), await under("clerk"), await isMoving()]).toEqual([0, MANY + 2, false]);
  });

  test("SH-23 who changes their role again on the way arrives there", async () => {
    await manyLeads(gateway, MANY);
    await move("clerk");
    await moveBatches(1);
    await move("head");
    // Some are under each of three roles.
    await moveBatches(1);
    const half = await everybodySees();
    await moveBatches(100);
    expect(await everybodySees()).toEqual(half);
    expect([await under("head"), await isMoving()]).toEqual([MANY + 2, false]);
    // While they are being moved, too: what is under way to the other role ends.
    await move("rep");
    await moveBatches(100, () => move("desk"));
    expect(await isMoving()).toBe(true);
    expect(await under("rep")).toBeLessThan(MANY);
    await moveBatches(100);
    expect([await under("desk"), await isMoving()]).toEqual([MANY + 2, false]);
  });

  test("SH-23 what is made and handed over meanwhile is found as well", async () => {
    await manyLeads(gateway, MANY);
    await move("clerk");
    await moveBatches(1);
    const seen = await seenBy("ray");
    await newRecord(gateway, "ray");
    const id = await newRecord(gateway, "rob");
    await gateway.data(
      mail("root"),
      `mutation ($input: ChangeOwnerInput!) { changeOwner(input: $input) { id } }`,
      {
        input: { id, owner: await gateway.user(mail("ray")) },
      },
    );
    expect(await seenBy("ray")).toBe(seen + 2);
    await moveBatches(100);
    expect(await seenBy("ray")).toBe(seen + 2);
    expect(await under("clerk")).toBe(MANY + 4);
  });

  test("SH-39 of a role that is gone none is left, and its people's records are found meanwhile", async () => {
    await manyLeads(gateway, MANY);
    expect(await removeRole("rep", "desk")).not.toHaveProperty("errors");
    const seen = await everybodySees();
    for (const batches of [1, 100]) {
      await moveBatches(batches);
      expect(await everybodySees()).toEqual(seen);
    }
    expect([await under("desk"), await isMoving()]).toEqual([MANY + 2, false]);
  });

  test("SH-23 BU-01 a file that gives somebody another role leaves the same to be done", async () => {
    await manyLeads(gateway, MANY);
    const text = SHARING.replace("name: Ray, role: rep", "name: Ray, role: clerk");
    await applyOrganizationFile(gateway.database, { text, name: "acme.yaml" }, null, { now: NOW });
    const seen = await everybodySees();
    expect([await under("rep"), await isMoving()]).toEqual([MANY + 2, true]);
    await moveBatches(100);
    expect(await everybodySees()).toEqual(seen);
    expect([await under("rep"), await under("clerk"), await isMoving()]).toEqual([0, MANY + 2, false]);
  });
});
