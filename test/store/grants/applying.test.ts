import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { openStore } from "../../../src/database/open.ts";
import { JOBS } from "../../../src/store/core/jobs/job.ts";
import { activateSharingRule, deactivateSharingRule } from "../../../src/store/sharing/rule/activation.ts";
import { deleteSharingRule } from "../../../src/store/sharing/rule/delete.ts";
import { updateSharingRule } from "../../../src/store/sharing/rule/update.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth } from "../../database.ts";
import {
  afterWrite,
  BIG,
  expectApplied,
  failingAt,
  NOW,
  OF_BIG,
  OF_WON,
  openWorld,
  RECORDS,
  WON,
} from "./applying-world.ts";

const ROOT = "root@acme.test";

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}

describeOnBoth("applying sharing rules", (open) => {
  test("SH-36 criteria are applied batch by batch, and the rule is in force when all are done", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const seen: unknown[] = [];
    let at = 0;
    const watched = { ...world.database };
    const look: typeof watched.write = async (work, options) => {
      const result = await world.database.write(work, options);
      const { status, appliedRecords } = await world.row(id);
      seen.push([status, appliedRecords]);
      at += 1;
      return result;
    };
    await world.background({ ...watched, write: look }).idle();
    const steps = Array.from({ length: RECORDS / 5 }, (_, batch) => ["APPLYING", (batch + 1) * 5]);
    // One batch more finds nothing left; then the rule is put in force.
    expect(seen).toEqual([...steps, ["APPLYING", RECORDS], ["ACTIVE", RECORDS]]);
    expect(at).toBe(RECORDS / 5 + 2);
    await expectApplied(world, id, OF_WON);
  });

  test.each([
    ["dies", 4],
    ["dies before the first batch", 1],
    ["dies with all records done and the rule not in force", RECORDS / 5 + 2],
  ])("SH-36 a process that %s leaves no rule stuck: another finishes it", async (_, nth) => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const dying = world.background(failingAt(world.database, nth));
    await expect(dying.idle()).rejects.toThrow("the process died");
    await dying.stop();
    const applied = Math.min((nth - 1) * 5, RECORDS);
    expect(await world.row(id)).toMatchObject({
      status: "APPLYING",
      appliedRecords: applied,
      totalRecords: RECORDS,
    });
    const elsewhere = await openStore(world.url, { auditKeys: AUDIT_KEYS });
    try {
      await world.background(elsewhere).idle();
    } finally {
      await elsewhere.close();
    }
    await expectApplied(world, id, OF_WON);
  });

  test("SH-36 one that is stopped ends after its batch, and another goes on there", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const stopped: Promise<void>[] = [];
    const first = world.background(
      afterWrite(world.database, 2, async () => void stopped.push(first.stop())),
    );
    await first.idle();
    await Promise.all(stopped);
    expect(await world.row(id)).toMatchObject({ status: "APPLYING", appliedRecords: 10 });
    await first.idle();
    expect(await world.row(id)).toMatchObject({ status: "APPLYING", appliedRecords: 10 });
    await world.background().idle();
    await expectApplied(world, id, OF_WON);
  });

  test("SH-36 what is written while a rule is being applied has the right match when it is", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const database = afterWrite(world.database, 3, async () => {
      // Fifteen records are done: on either side of them some begin to match, some cease to, some go, some come.
      await world.setStatus("r-04", "new");
      await world.setStatus("r-05", "won");
      await world.setStatus("r-24", "new");
      await world.setStatus("r-25", "won");
      await world.remove("r-08");
      await world.remove("r-28");
      await world.add("won");
      await world.add("new");
      expect((await world.row(id)).appliedRecords).toBe(15);
    });
    await world.background(database).idle();
    await expectApplied(world, id, OF_WON - 2 + 2 - 2 + 1);
    await world.setStatus("r-06", "won");
    expect((await world.found(id)).stored).toHaveLength(OF_WON);
  });

  test("SH-36 a rule that is deactivated meanwhile is applied no further and keeps no match", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const database = afterWrite(world.database, 3, async () => {
      expect(await world.stored(id)).toBeGreaterThan(0);
      await deactivateSharingRule(await world.as(ROOT), id);
    });
    await world.background(database).idle();
    expect(await world.row(id)).toMatchObject({ status: "INACTIVE", appliedRecords: 0, totalRecords: 0 });
    expect(await world.stored(id)).toBe(0);
  });

  test("SH-36 a rule that gets another generation meanwhile is applied anew, from the first record on", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const database = afterWrite(world.database, 3, async () => {
      await deactivateSharingRule(await world.as(ROOT), id);
      await updateSharingRule(await world.as(ROOT), { ruleId: id, criteria: BIG });
      await activateSharingRule(await world.as(ROOT), id);
      expect(await world.row(id)).toMatchObject({ status: "APPLYING", generation: 3, appliedRecords: 0 });
    });
    await world.background(database).idle();
    await expectApplied(world, id, OF_BIG);
    expect(await world.stored(id)).toBe(OF_BIG);
  });

  test("SH-36 a generation that was applied to the end does not put a later one in force", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const isDone = RECORDS / 5 + 1;
    const states: unknown[] = [];
    const database = afterWrite(world.database, isDone, async () => {
      await deactivateSharingRule(await world.as(ROOT), id);
      await activateSharingRule(await world.as(ROOT), id);
    });
    const watched = afterWrite(
      database,
      isDone + 1,
      async () => void states.push((await world.row(id)).status),
    );
    await world.background(watched).idle();
    expect(states).toEqual(["APPLYING"]);
    await expectApplied(world, id, OF_WON);
  });

  test("SH-32 criteria that cannot be read any more while they are applied end unreadable, not stuck", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const database = afterWrite(world.database, 2, async () => {
      await world.database.write(async (tx) => {
        await tx.sharingRule.updateMany({ where: { id }, data: { isBroken: true } });
        await tx.organization.updateMany({ data: { version: { increment: 1 } } });
      });
    });
    await world.background(database).idle();
    expect(await world.row(id)).toMatchObject({ status: "ACTIVE", isBroken: true });
    expect(await world.stored(id)).toBe(0);
  });

  test("SH-37 a rule that expires while it is applied is done with, and keeps no match", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON, { expiresAt: NOW + 1_000 });
    const database = afterWrite(world.database, 2, async () => {
      world.clock.at = NOW + 3_600_000;
    });
    await world.background(database).idle();
    expect(await world.row(id)).toMatchObject({ status: "ACTIVE", isBroken: false });
    expect(await world.stored(id)).toBe(0);
  });

  test("SH-36 what fails is heard of and tried again; one rule that fails does not keep the others waiting", async () => {
    const world = await openWorld(open);
    const ids = [await world.make(WON), await world.make(BIG)];
    const heard: string[] = [];
    const background = world.background(failingAt(world.database, 1, 1), {
      onFailure: (error) => heard.push((error as Error).message),
    });
    background.wake(JOBS);
    await until(async () => heard.length > 0 && (await world.row(ids[0]!)).status === "ACTIVE");
    expect(heard).toEqual(["the process died"]);
    await background.idle();
    await expectApplied(world, ids[0]!, OF_WON);
    await expectApplied(world, ids[1]!, OF_BIG);
    await background.stop();
  });

  test("SH-36 whoever watches finds what another has left", async () => {
    const world = await openWorld(open);
    const background = world.background();
    background.watch(20);
    const id = await world.make(WON);
    await until(async () => (await world.row(id)).status === "ACTIVE");
    await background.stop();
    await expectApplied(world, id, OF_WON);
    const next = await world.make(BIG);
    await sleep(100);
    expect((await world.row(next)).status).toBe("APPLYING");
  });

  test("woken inside a transaction it works outside of it", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const heard: unknown[] = [];
    const background = world.background(world.database, { onFailure: (error) => heard.push(error) });
    await world.database.write(async () => background.wake(JOBS));
    await until(async () => (await world.row(id)).status === "ACTIVE");
    expect(heard).toEqual([]);
    await background.stop();
  });

  test("a database that closes ends what runs over it, without a failure", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const elsewhere = await openStore(world.url, { auditKeys: AUDIT_KEYS });
    const heard: unknown[] = [];
    const closed: Promise<void>[] = [];
    const background = world.background(
      afterWrite(elsewhere, 2, async () => void closed.push(elsewhere.close())),
      { onFailure: (error) => heard.push(error) },
    );
    await background.idle();
    await Promise.all(closed);
    background.wake(JOBS);
    await sleep(100);
    expect(heard).toEqual([]);
    expect(await world.row(id)).toMatchObject({ status: "APPLYING", appliedRecords: 10 });
  });

  test("SH-37 dead matches are swept in batches, and nothing else", async () => {
    const world = await openWorld(open);
    const made = {
      deleted: await world.make(WON),
      kept: await world.make(WON, { level: "READ_WRITE" }),
      renewed: await world.make(BIG),
    };
    await world.background().idle();
    await deleteSharingRule(await world.as(ROOT), made.deleted);
    await updateSharingRule(await world.as(ROOT), {
      ruleId: made.renewed,
      criteria: WON,
      level: "READ_WRITE_DELETE",
    });
    const counts: number[] = [];
    const sizes = world.background({
      ...world.database,
      async write(work, options) {
        const result = await world.database.write(work, options);
        counts.push(await world.stored(made.deleted));
        return result;
      },
    });
    await sizes.idle();
    expect(counts.filter((count, at) => count !== counts[at - 1])).toEqual([OF_WON, OF_WON - 5, 0]);
    expect(await world.stored(made.kept)).toBe(OF_WON);
    expect(await world.stored(made.renewed)).toBe(OF_WON);
    const shares = await world.database.reader.recordGrant.findMany({ where: { key: { startsWith: "u:" } } });
    expect(shares).toHaveLength(1);
  });

  test("SH-37 what has just expired keeps its matches for a while: whoever prolonged it in time relies on them", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON, { expiresAt: NOW + 1_000 });
    await world.background().idle();
    world.clock.at = NOW + 2_000;
    await world.setStatus("r-01", "won");
    await world.background().idle();
    expect(await world.stored(id)).toBe(OF_WON + 1);
    world.clock.at = NOW + 3_600_000;
    await world.setStatus("r-02", "won");
    await world.background().idle();
    expect(await world.stored(id)).toBe(0);
  });
});
