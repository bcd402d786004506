import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { openStore } from "../../../src/database/open.ts";
import { updateRecord } from "../../../src/store/records/update.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth } from "../../database.ts";
import {
  afterWrite,
  BIG,
  begun,
  expectApplied,
  heldOpen,
  OF_BIG,
  OF_WON,
  openWorld,
  RECORDS,
  WON,
} from "./applying-world.ts";

/** So long somebody who must wait is given the chance not to. */
const CHANCE_MS = 300;

describeOnBoth("applying sharing rules beside others", (open, kind) => {
  const opened: Database[] = [];
  /** Another instance over the same database. */
  async function another(url: string): Promise<Database> {
    const database = await openStore(url, { auditKeys: AUDIT_KEYS });
    opened.push(database);
    return database;
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((database) => database.close()));
  });

  test("SH-36 two instances at once do it once", async () => {
    const world = await openWorld(open);
    const ids = [await world.make(WON), await world.make(BIG)];
    const elsewhere = await another(world.url);
    await Promise.all([world.background().idle(), world.background(elsewhere).idle()]);
    await expectApplied(world, ids[0]!, OF_WON);
    await expectApplied(world, ids[1]!, OF_BIG);
    const events = await world.database.reader.auditEvent.findMany({
      where: { action: "APPLY_SHARING_RULE" },
    });
    expect(events.map((event) => [event.actorId, event.targetId]).sort()).toEqual(
      ids.map((id) => [null, id]).sort(),
    );
  });

  test("SH-36 a second instance waits for a batch that is being written, and goes on where it ended", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const held = heldOpen(world.database);
    const first = world.background(held.database);
    const other = begun(await another(world.url));
    const second = world.background(afterWrite(other.database, 1, async () => void second.stop()));
    const working = first.idle();
    await held.reached;
    const waiting = second.idle();
    if (kind === "postgres") await other.hasBegun;
    await sleep(CHANCE_MS);
    const stopped = first.stop();
    held.release();
    await Promise.all([working, waiting, stopped]);
    expect(await world.row(id)).toMatchObject({
      status: "APPLYING",
      appliedRecords: 10,
      appliedUpToId: await world.record("r-09"),
    });
    await world.background().idle();
    await expectApplied(world, id, OF_WON);
  });

  test.each([
    ["ceases to match", "r-00", "new", OF_WON - 1],
    ["begins to match", "r-01", "won", OF_WON + 1],
  ] as const)(
    "SH-36 a record that %s while its batch is applied is not judged by what it was",
    async (_, key, status, count) => {
      const world = await openWorld(open);
      const id = await world.make(WON);
      const held = heldOpen(world.database);
      const ray = await world.as("ray@acme.test");
      const writer = { ...ray, store: { ...ray.store, database: held.database } };
      const writing = updateRecord(writer, { recordId: await world.record(key), values: { status } });
      await held.reached;
      const other = begun(await another(world.url));
      const applying = world.background(other.database).idle();
      // On SQLite it does not begin before the writer is done.
      if (kind === "postgres") await other.hasBegun;
      await sleep(CHANCE_MS);
      held.release();
      await Promise.all([writing, applying]);
      await expectApplied(world, id, count);
    },
  );

  test("SH-36 writers and two instances beside each other leave the matches that the values mean", async () => {
    const world = await openWorld(open);
    const elsewhere = await another(world.url);
    const id = await world.make(WON);
    const write = async (from: number) => {
      for (let at = from; at < RECORDS; at += 4) {
        const key = `r-${String((at * 7) % RECORDS).padStart(2, "0")}`;
        await world.setStatus(key, at % 3 === 0 ? "won" : "new");
        if (at % 5 === 0) await world.add(at % 2 === 0 ? "won" : "new");
      }
    };
    await Promise.all([
      world.background(world.database, { maxBatch: 3 }).idle(),
      world.background(elsewhere, { maxBatch: 4 }).idle(),
      ...[0, 1, 2, 3].map(write),
    ]);
    const { stored, right } = await world.found(id);
    expect(stored).toEqual(right);
    expect((await world.row(id)).status).toBe("ACTIVE");
  });
});
