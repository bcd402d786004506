import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { openStore } from "../../../src/database/open.ts";
import type { OrgId } from "../../../src/kernel/id.ts";
import { faultSentence } from "../../../src/store/audit/chain/faults.ts";
import { type VerifyOptions, verifyLog } from "../../../src/store/audit/chain/verify.ts";
import { headOf } from "../../../src/store/audit/log-of.ts";
import { appendAuditEvents } from "../../../src/store/core/append-audit.ts";
import { beginChains } from "../../../src/store/core/audit/beginning.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth } from "../../database.ts";
import { append, entry, logOf, tamper } from "./log.ts";

const OTHER_KEY = { id: "other", secret: "another-secret-that-is-long-enough-for-it" };

async function proof(database: Database, orgId: OrgId, options: VerifyOptions = {}, keys = AUDIT_KEYS) {
  const { faults, events, reached } = await verifyLog(database, keys, orgId, options);
  return { faults: faults.map(({ kind, first, last }) => `${kind} ${first}-${last}`), events, reached };
}

/** Statements on the events of the organisation, what they are called, and what is found; the log has ten events. */
const TAMPERINGS: readonly {
  readonly name: string;
  readonly sql: (org: string, other: string) => readonly string[];
  readonly found: readonly string[];
}[] = [
  { name: "nothing", sql: () => [], found: [] },
  {
    name: "the actor of one event changed",
    sql: (org) => [`UPDATE "AuditEvent" SET "actorId" = NULL WHERE "orgId" = '${org}' AND "sequence" = 5`],
    found: ["CHANGED 5-5"],
  },
  {
    name: "what one event says changed",
    sql: (org) => [
      `UPDATE "AuditEvent" SET "after" = '{"name":"Eve"}' WHERE "orgId" = '${org}' AND "sequence" = 5`,
    ],
    found: ["CHANGED 5-5"],
  },
  {
    name: "the instant of the last one changed",
    sql: (org) => [
      `UPDATE "AuditEvent" SET "at" = (SELECT "at" FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" = 2) WHERE "orgId" = '${org}' AND "sequence" = 10`,
    ],
    found: ["CHANGED 10-10"],
  },
  {
    name: "the hash of one event changed",
    sql: (org) => [
      `UPDATE "AuditEvent" SET "hash" = '${"0".repeat(64)}' WHERE "orgId" = '${org}' AND "sequence" = 5`,
    ],
    found: ["CHANGED 5-5"],
  },
  {
    name: "the id of one event changed",
    sql: (org) => [
      `UPDATE "AuditEvent" SET "id" = '019a0000-0000-7000-8000-0000000000ff' WHERE "orgId" = '${org}' AND "sequence" = 5`,
    ],
    found: ["CHANGED 5-5"],
  },
  {
    name: "the signature of one event taken away",
    sql: (org) => [`UPDATE "AuditEvent" SET "hash" = NULL WHERE "orgId" = '${org}' AND "sequence" = 5`],
    found: ["UNSIGNED 5-5"],
  },
  {
    name: "one removed",
    sql: (org) => [`DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" = 5`],
    found: ["MISSING 5-5"],
  },
  {
    name: "the first ones removed",
    sql: (org) => [`DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" <= 3`],
    found: ["MISSING 1-3"],
  },
  {
    name: "two swapped",
    sql: (org) =>
      [
        [5, 99],
        [6, 5],
        [99, 6],
      ].map(
        ([from, to]) =>
          `UPDATE "AuditEvent" SET "sequence" = ${to} WHERE "orgId" = '${org}' AND "sequence" = ${from}`,
      ),
    found: ["CHANGED 5-6"],
  },
  {
    name: "the tail cut",
    sql: (org) => [`DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" > 7`],
    found: ["CUT_OFF 8-10"],
  },
  {
    name: "the tail cut and the head gone",
    sql: (org) => [
      `DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" > 7`,
      `DELETE FROM "AuditHead" WHERE "orgId" = '${org}'`,
    ],
    found: ["NO_HEAD 7-7"],
  },
  {
    name: "the head alone changed",
    sql: (org) => [`UPDATE "AuditHead" SET "hash" = '${"0".repeat(64)}' WHERE "orgId" = '${org}'`],
    found: ["HEAD_DIFFERS 10-10"],
  },
  {
    name: "one inserted after the head",
    sql: (org) => [copied(org, org, 4, 11)],
    found: ["CHANGED 11-11", "AFTER_HEAD 11-11"],
  },
  {
    name: "one inserted and the head moved to it",
    sql: (org) => [
      copied(org, org, 4, 11),
      `UPDATE "AuditHead" SET "sequence" = 11, "hash" = (SELECT "hash" FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" = 11) WHERE "orgId" = '${org}'`,
    ],
    found: ["CHANGED 11-11"],
  },
  {
    name: "one inserted in the place of a removed one",
    sql: (org) => [
      `DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" = 5`,
      copied(org, org, 4, 5),
    ],
    found: ["CHANGED 5-5"],
  },
  {
    name: "another organisation's moved in",
    sql: (org, other) => [
      `DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" = 5`,
      `UPDATE "AuditEvent" SET "orgId" = '${org}' WHERE "orgId" = '${other}' AND "sequence" = 5`,
    ],
    found: ["CHANGED 5-5"],
  },
];

function copied(from: string, to: string, sequence: number, as: number): string {
  const same =
    '"at", "actorId", "isSupport", "action", "targetType", "targetId", "before", "after", "requestId"';
  return `INSERT INTO "AuditEvent" ("orgId", "sequence", "id", ${same}, "previous", "hash", "signedWith") SELECT '${to}', ${as}, '019a0000-0000-7000-8000-0000000000ff', ${same}, "previous", "hash", "signedWith" FROM "AuditEvent" WHERE "orgId" = '${from}' AND "sequence" = ${sequence}`;
}

describeOnBoth("SA-21 the chain of the audit log", (open) => {
  test.each(TAMPERINGS)("SA-21 of $name verify says $found", async ({ sql, found }) => {
    const { database } = await open();
    const org = await logOf(database, "acme", 10);
    const other = await logOf(database, "bravo", 10);
    await tamper(database, ...sql(org, other));
    const { faults } = await proof(database, org);
    expect(faults).toEqual(found);
    const elsewhere = await proof(database, other);
    const isTaken = (await database.reader.auditEvent.count({ where: { orgId: other } })) < 10;
    expect(elsewhere.faults).toEqual(isTaken ? ["MISSING 5-5"] : []);
  });

  test("SA-21 a tail that was cut with the head set back is found by a head that was kept, and only so", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 10);
    const kept = await headOf(database, org);
    await tamper(
      database,
      `DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" > 7`,
      `UPDATE "AuditHead" SET "sequence" = 7, "hash" = (SELECT "hash" FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" = 7) WHERE "orgId" = '${org}'`,
    );
    expect((await proof(database, org)).faults).toEqual([]);
    expect((await proof(database, org, { head: kept })).faults).toEqual(["CUT_OFF 8-10"]);
    // What was written since, with the right key, is another event.
    await append(database, org, 8, 10);
    expect((await proof(database, org)).faults).toEqual([]);
    const rewritten = await proof(database, org, { head: { sequence: 9, hash: "0".repeat(64) } });
    expect(rewritten.faults).toEqual(["KEPT_DIFFERS 9-9"]);
  });

  test("SA-21 of two logs that were mixed, the seam is found though every event is signed", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 5);
    const row = await database.reader.auditEvent.findFirstOrThrow({ where: { orgId: org, sequence: 4 } });
    const back = `UPDATE "AuditHead" SET "sequence" = 3, "hash" = '${row.previous}' WHERE "orgId" = '${org}'`;
    await tamper(database, `DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" > 3`, back);
    await database.write((tx) => appendAuditEvents(database, tx, org, [{ ...entry(org, 77) }]));
    await append(database, org, 5, 6);
    const { sequence, hash } = (await headOf(database, org))!;
    const { before, after, ...rest } = row;
    await tamper(database, `DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" = 4`);
    await database.write((tx) =>
      tx.auditEvent.create({ data: { ...rest, before: before ?? {}, after: after ?? {} } }),
    );
    expect({ sequence, hash }).toEqual(await headOf(database, org));
    expect((await proof(database, org)).faults).toEqual(["OUT_OF_LINE 5-5"]);
  });

  test("SA-21 with a key that is not theirs no event is proven, and the fault says which key is missing", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 10);
    const wrong = [{ id: AUDIT_KEYS[0].id, secret: OTHER_KEY.secret }] as const;
    expect((await proof(database, org, {}, wrong)).faults).toEqual(["CHANGED 1-10"]);
    const unknown = await verifyLog(database, [OTHER_KEY], org);
    expect(unknown.faults.map(faultSentence)).toEqual([
      "Events 1 to 10 are signed with the key development, which SIGHTLINE_AUDIT_KEYS does not have.",
    ]);
  });

  test("SA-25 a key that was changed proves its own events, the former one those before", async () => {
    const { database, url } = await open();
    const org = await logOf(database, "acme", 4);
    const changed = [OTHER_KEY, AUDIT_KEYS[0]] as const;
    const later = await openStore(url, { isDurable: false, auditKeys: changed });
    await append(later, org, 5, 8);
    await later.close();
    expect((await proof(database, org, {}, changed as never)).faults).toEqual([]);
    expect((await verifyLog(database, [OTHER_KEY], org)).faults).toEqual([
      { kind: "UNKNOWN_KEY", first: 1, last: 4, key: "development" },
    ]);
    expect((await verifyLog(database, AUDIT_KEYS, org)).faults).toEqual([
      { kind: "UNKNOWN_KEY", first: 5, last: 8, key: "other" },
    ]);
    await tamper(
      database,
      `UPDATE "AuditEvent" SET "signedWith" = 'other' WHERE "orgId" = '${org}' AND "sequence" = 2`,
    );
    expect((await proof(database, org, {}, changed as never)).faults).toEqual(["CHANGED 2-2"]);
  });

  test("SA-21 goes on from a place that was proven, reads nothing older, and refuses one that is not there", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 5);
    const from = await headOf(database, org);
    await append(database, org, 6, 10);
    expect(await proof(database, org, { from })).toMatchObject({ faults: [], events: 5 });
    await tamper(
      database,
      `UPDATE "AuditEvent" SET "actorId" = NULL WHERE "orgId" = '${org}' AND "sequence" IN (2, 9)`,
    );
    expect(await proof(database, org, { from })).toMatchObject({ faults: ["CHANGED 9-9"], events: 5 });
    const astray = { sequence: 5, hash: "0".repeat(64) };
    expect(await proof(database, org, { from: astray })).toMatchObject({ faults: ["KEPT_DIFFERS 5-5"] });
    const beyond = { sequence: 50, hash: "0".repeat(64) };
    expect(await proof(database, org, { from: beyond })).toMatchObject({ faults: ["MISSING 50-50"] });
  });

  test("SA-21 a reading that is stopped says how far it came, and goes on from there", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 3);
    const entries = Array.from({ length: 2_500 }, (_, at) => entry(org, at));
    await database.write((tx) => appendAuditEvents(database, tx, org, entries));
    let pages = 0;
    const stopped = await verifyLog(database, AUDIT_KEYS, org, { isStopped: () => ++pages > 2 });
    expect(stopped).toMatchObject({ isComplete: false, events: 2_000, faultCount: 0 });
    const rest = await verifyLog(database, AUDIT_KEYS, org, { from: stopped.reached });
    expect(rest).toMatchObject({ isComplete: true, events: 503, faults: [] });
  });

  test("SA-21 two processes append to one log at once, and it is one chain", async () => {
    const { database, url } = await open();
    const org = await logOf(database, "acme", 1);
    const script = fileURLToPath(new URL("appending.ts", import.meta.url));
    const run = () => promisify(execFile)(process.execPath, [script, url, org, "30"]);
    await Promise.all([run(), run()]);
    expect(await proof(database, org)).toMatchObject({ faults: [], events: 121 });
  });

  test("SA-21 a log from before the chain is taken up as it is, once, and from then on nothing of it changes", async () => {
    const { database } = await open();
    const org = await logOf(database, "acme", 6);
    const old = [
      `UPDATE "AuditEvent" SET "hash" = NULL, "previous" = NULL, "signedWith" = NULL WHERE "orgId" = '${org}'`,
      `UPDATE "AuditHead" SET "hash" = NULL WHERE "orgId" = '${org}'`,
    ];
    await tamper(database, ...old);
    expect((await proof(database, org)).faults).toContain("UNSIGNED 1-6");
    // Nothing is written on top of it, and nothing signs it by the way.
    await expect(append(database, org, 7, 8)).rejects.toThrow("has 6 events and no signature");
    expect(await database.reader.auditCheckpoint.count()).toBe(0);
    await Promise.all([beginChains(database), beginChains(database)]);
    await append(database, org, 7, 8);
    expect(await database.reader.auditCheckpoint.count()).toBe(1);
    const begun = await verifyLog(database, AUDIT_KEYS, org);
    expect(begun).toMatchObject({ faults: [], events: 8, beginning: { sequence: expect.any(Number) } });
    await tamper(
      database,
      `UPDATE "AuditEvent" SET "actorId" = NULL WHERE "orgId" = '${org}' AND "sequence" = 2`,
    );
    const { sequence } = begun.beginning!;
    expect((await proof(database, org)).faults).toEqual([`BEGINNING_DIFFERS 1-${sequence}`]);
    await tamper(
      database,
      `UPDATE "AuditCheckpoint" SET "madeBy" = 'somebody else' WHERE "orgId" = '${org}'`,
    );
    expect((await proof(database, org)).faults[0]).toBe(`CHECKPOINT_FORGED ${sequence}-${sequence}`);
  });

  test.each([
    ["changes an event", `UPDATE "AuditEvent" SET "actorId" = NULL`],
    ["removes an event", `DELETE FROM "AuditEvent" WHERE "sequence" = 2`],
    [
      "adds an event without a signature",
      `INSERT INTO "AuditEvent" ("orgId", "sequence", "id", "at", "action") SELECT "orgId", 99, '019a0000-0000-7000-8000-0000000000ff', "at", 'X' FROM "AuditEvent" WHERE "sequence" = 1`,
    ],
    ["sets the head back", `UPDATE "AuditHead" SET "sequence" = 1`],
    ["takes the hash from the head", `UPDATE "AuditHead" SET "hash" = NULL`],
    ["removes the head", `DELETE FROM "AuditHead"`],
  ])("SA-21 the database itself refuses whoever %s", async (_, sql) => {
    const { database } = await open();
    const org = await logOf(database, "acme", 3);
    await expect(database.write((tx) => tx.$executeRawUnsafe(sql))).rejects.toThrow(/audit log/);
    expect(await proof(database, org)).toMatchObject({ faults: [], events: 3 });
  });

  test("SA-21 what cannot be signed does not happen", async () => {
    const { database, url } = await open();
    const org = await logOf(database, "acme", 2);
    const keyless = await openStore(url, { isDurable: false });
    await expect(append(keyless, org, 3, 3)).rejects.toThrow("without a key");
    await keyless.close();
    expect(await proof(database, org)).toMatchObject({ faults: [], events: 2 });
  });
});
