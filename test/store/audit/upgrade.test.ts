import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import type { Database, DatabaseKind } from "../../../src/database/database.ts";
import {
  committedMigrations,
  migrationList,
  schemaOf,
} from "../../../src/database/migrate/committed-migrations.ts";
import { postgresConnections } from "../../../src/database/migrate/migrate-postgres.ts";
import { sqliteConnections } from "../../../src/database/migrate/migrate-sqlite.ts";
import { ALL_TABLES, withSchemaEngine } from "../../../src/database/migrate/schema-engine.ts";
import { sqlitePath } from "../../../src/database/sqlite-connection.ts";
import { asId, type OrgId } from "../../../src/kernel/id.ts";
import { verifyLog } from "../../../src/store/audit/chain/verify.ts";
import { upgrade } from "../../../src/store/core/audit/upgrade.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth, emptyTestDatabase, openTestStore } from "../../database.ts";
import { append, logOf, tamper } from "./log.ts";

/** What whoever owns the database, and has no key, does to a log that they have rewritten. */
const WIPED = [
  `UPDATE "AuditEvent" SET "hash" = NULL, "previous" = NULL, "signedWith" = NULL`,
  `UPDATE "AuditHead" SET "hash" = NULL`,
];
const FORGED = `UPDATE "AuditEvent" SET "actorId" = NULL WHERE "sequence" = 3`;

describeOnBoth("SA-21 what a start does to a log without signatures", (open, kind) => {
  test("SA-21 a database that learns of chains in this very run is signed as it is, and goes on", async () => {
    const { url, database, orgId } = await fromBeforeChains(kind, 4);
    expect(await upgrade(url, AUDIT_KEYS)).toContain(chainOf(kind));
    await append(database, orgId, 5, 6);
    const proof = await verifyLog(database, AUDIT_KEYS, orgId);
    expect(proof).toMatchObject({ faults: [], events: 6, beginning: { sequence: 4 } });
    expect((await beginnings(database)).map(({ madeBy }) => madeBy)).toEqual([
      "the upgrade of the audit log",
    ]);
  });

  test("SA-21 one that learnt of them without keys is not signed by a later start that has some", async () => {
    const { url, database, orgId } = await fromBeforeChains(kind, 4);
    await upgrade(url, null);
    expect(await upgrade(url, AUDIT_KEYS)).toEqual([]);
    await refusesToGoOn(database, orgId, 4);
  });

  test("SA-21 a start signs no log whose signatures were wiped out", async () => {
    const { database, url } = await open();
    const orgId = await logOf(database, "acme", 5);
    await tamper(database, FORGED, ...WIPED);
    expect(await upgrade(url, AUDIT_KEYS)).toEqual([]);
    await refusesToGoOn(database, orgId, 5);
  });

  test("SA-21 one whose upgrade was made to be forgotten fails to start, and is not signed", async () => {
    const { database, url } = await open();
    const orgId = await logOf(database, "acme", 5);
    await tamper(
      database,
      ...[FORGED, ...WIPED],
      `DELETE FROM "_prisma_migrations" WHERE "migration_name" = '${chainOf(kind)}'`,
    );
    await expect(upgrade(url, AUDIT_KEYS)).rejects.toThrow("Migrating the database failed");
    // Nor does the next one take the failure for the upgrade.
    await expect(upgrade(url, AUDIT_KEYS)).rejects.toThrow("Migrating the database failed");
    await refusesToGoOn(database, orgId, 5);
  });

  test("SA-21 one without its head is no empty log: nothing is written over its events", async () => {
    const { database, url } = await open();
    const orgId = await logOf(database, "acme", 5);
    // Where the next ones would come, there is room.
    const moved = `UPDATE "AuditEvent" SET "sequence" = "sequence" + 100`;
    await tamper(database, ...[FORGED, ...WIPED, moved, `DELETE FROM "AuditHead"`]);
    await upgrade(url, AUDIT_KEYS);
    await expect(append(database, orgId, 1, 1)).rejects.toThrow("5 events and no signature");
    expect(await beginnings(database)).toEqual([]);
  });
});

async function refusesToGoOn(database: Database, orgId: OrgId, events: number): Promise<void> {
  await expect(append(database, orgId, events + 1, events + 1)).rejects.toThrow(
    `has ${events} events and no signature: nothing is changed until it has. See "sightline audit begin --help"`,
  );
  expect(await beginnings(database)).toEqual([]);
  const { faults } = await verifyLog(database, AUDIT_KEYS, orgId);
  expect(faults.map(({ kind, first, last }) => `${kind} ${first}-${last}`)).toContain(`UNSIGNED 1-${events}`);
}

function beginnings(database: Database) {
  return database.reader.auditCheckpoint.findMany();
}

function chainOf(kind: DatabaseKind): string {
  return committedMigrations(kind).find(({ name }) => name.endsWith("_audit_chain"))!.name;
}

/** A database as it was before there were chains, with an organisation and events of it. */
async function fromBeforeChains(kind: DatabaseKind, events: number) {
  const { url, remove } = await emptyTestDatabase(kind);
  onTestFinished(remove);
  const all = committedMigrations(kind);
  const older = all.slice(
    0,
    all.findIndex(({ name }) => name === chainOf(kind)),
  );
  const connections = kind === "sqlite" ? sqliteConnections(sqlitePath(url)) : postgresConnections(url);
  await withSchemaEngine(schemaOf(kind), connections, (engine) =>
    engine.applyMigrations({ migrationsList: migrationList(kind, older), filters: ALL_TABLES }),
  );
  const database = await openTestStore(url);
  onTestFinished(() => database.close());
  const orgId = asId<"Organization">(randomUUID());
  const at = kind === "sqlite" ? "1795176000000" : "'2026-11-20T12:00:00Z'";
  const statements = [
    `INSERT INTO "Organization" ("id", "key", "name", "timeZone", "edition", "regularSeats", "teamSeats", "createdAt")
     VALUES ('${orgId}', 'acme', 'Acme', 'UTC', 'ENTERPRISE', 5, 0, ${at})`,
    ...Array.from(
      { length: events },
      (_, before) =>
        `INSERT INTO "AuditEvent" ("orgId", "sequence", "at", "action") VALUES ('${orgId}', ${before + 1}, ${at}, 'UPDATE_USER')`,
    ),
    `INSERT INTO "AuditHead" ("orgId", "sequence") VALUES ('${orgId}', ${events})`,
  ];
  await database.write(async (tx) => {
    for (const sql of statements) await tx.$executeRawUnsafe(sql);
  });
  return { url, database, orgId };
}
