import { expect, test } from "vitest";
import { openStore } from "../../../src/database/open.ts";
import { prunableBefore, pruneLog } from "../../../src/store/audit/chain/prune.ts";
import { verifyLog } from "../../../src/store/audit/chain/verify.ts";
import { headOf } from "../../../src/store/audit/log-of.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth } from "../../database.ts";
import { append, logOf, NOW, tamper } from "./log.ts";

const KEEPER = { now: NOW + 1_000, account: "keeper" };

describeOnBoth("SA-25 pruning the audit log", (open) => {
  // Event n happened at NOW + n, the first of all at NOW.
  test("SA-25 removes what is older behind a checkpoint, and the rest is proven from there", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 10);
    const kept = await headOf(database, org);
    const prunable = await prunableBefore(database, org, NOW + 7);
    expect(prunable).toEqual({ upTo: 6, events: 6 });
    await pruneLog(database, AUDIT_KEYS, org, prunable!, KEEPER);
    const left = await database.reader.auditEvent.findMany({ orderBy: { sequence: "asc" } });
    expect(left.map(({ sequence }) => sequence)).toEqual([7, 8, 9, 10, 11]);
    expect(left.at(-1)).toMatchObject({
      action: "PRUNE_AUDIT_LOG",
      account: "keeper",
      after: { upTo: 6, events: 6 },
    });
    await append(database, org, 12, 13);
    const proof = await verifyLog(database, AUDIT_KEYS, org, { head: kept });
    expect(proof).toMatchObject({ faults: [], events: 7, pruned: { sequence: 6, madeBy: "keeper" } });
    expect(await prunableBefore(database, org, NOW + 7)).toBeNull();

    const again = await prunableBefore(database, org, NOW + 9);
    await pruneLog(database, AUDIT_KEYS, org, again!, KEEPER);
    expect(await verifyLog(database, AUDIT_KEYS, org)).toMatchObject({ faults: [], pruned: { sequence: 8 } });
  });

  test("SA-25 the key may change: the checkpoint names its own", async () => {
    const { database, url } = await open();
    const org = await logOf(database, "acme", 6);
    const keys = [
      { id: "later", secret: "another-secret-that-is-long-enough-for-it" },
      ...AUDIT_KEYS,
    ] as const;
    const later = await openStore(url, { isDurable: false, auditKeys: keys });
    const prunable = await prunableBefore(later, org, NOW + 4);
    await pruneLog(later, keys, org, prunable!, KEEPER);
    await later.close();
    expect((await verifyLog(database, keys, org)).faults).toEqual([]);
    const [, former] = keys;
    expect((await verifyLog(database, [former], org)).faults).toEqual([
      { kind: "UNKNOWN_KEY", first: 3, last: 3, key: "later" },
      { kind: "UNKNOWN_KEY", first: 7, last: 7, key: "later" },
    ]);
  });

  test("SA-25 whoever moves, forges or takes away the checkpoint is found out", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 6);
    await pruneLog(database, AUDIT_KEYS, org, { upTo: 3, events: 3 }, KEEPER);
    const faults = async () => (await verifyLog(database, AUDIT_KEYS, org)).faults;
    await tamper(database, `DELETE FROM "AuditEvent" WHERE "sequence" = 4`);
    expect(await faults()).toEqual([{ kind: "MISSING", first: 4, last: 4 }]);
    await tamper(database, `UPDATE "AuditCheckpoint" SET "sequence" = 4`);
    expect(await faults()).toEqual([
      { kind: "CHECKPOINT_FORGED", first: 4, last: 4 },
      { kind: "OUT_OF_LINE", first: 5, last: 5 },
    ]);
    await tamper(database, `DELETE FROM "AuditCheckpoint"`);
    expect(await faults()).toEqual([{ kind: "MISSING", first: 1, last: 4 }]);
  });

  test("SA-25 what a stop left over, or somebody put there, stands behind the checkpoint and goes the next time", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 6);
    await pruneLog(database, AUDIT_KEYS, org, { upTo: 3, events: 3 }, KEEPER);
    const row = await database.reader.auditEvent.findFirstOrThrow({ where: { sequence: 4 } });
    const { before, after, ...rest } = row;
    await database.write((tx) =>
      tx.auditEvent.create({
        data: {
          ...rest,
          sequence: 2,
          id: "019a0000-0000-7000-8000-0000000000ff",
          before: before ?? {},
          after: after ?? {},
        },
      }),
    );
    expect((await verifyLog(database, AUDIT_KEYS, org)).faults).toEqual([
      { kind: "BEHIND_CHECKPOINT", first: 2, last: 2 },
    ]);
    await pruneLog(database, AUDIT_KEYS, org, { upTo: 3, events: 1 }, KEEPER);
    expect((await verifyLog(database, AUDIT_KEYS, org)).faults).toEqual([]);
  });

  test("SA-25 nothing is removed from a log that is not whole", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 6);
    await tamper(database, `UPDATE "AuditEvent" SET "actorId" = NULL WHERE "sequence" = 2`);
    const prunable = await prunableBefore(database, org, NOW + 4);
    await expect(pruneLog(database, AUDIT_KEYS, org, prunable!, KEEPER)).rejects.toThrow("not whole");
    expect(await database.reader.auditEvent.count()).toBe(6);
    expect(await database.reader.auditCheckpoint.count()).toBe(0);
  });
});
