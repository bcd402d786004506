import { randomUUID } from "node:crypto";
import type { Database, DatabaseKind } from "../../../src/database/database.ts";
import { asId, type OrgId } from "../../../src/kernel/id.ts";
import { appendAuditEvents } from "../../../src/store/core/append-audit.ts";

export const NOW = Date.parse("2026-11-20T12:00:00Z");

/** An organisation of which there is nothing but its log, with so many events. */
export async function logOf(database: Database, key: string, events: number): Promise<OrgId> {
  const orgId = asId<"Organization">(randomUUID());
  await database.write((tx) =>
    tx.organization.create({
      data: {
        ...{ id: orgId, key, name: key, timeZone: "UTC", edition: "ENTERPRISE" },
        ...{ regularSeats: 5, teamSeats: 0, createdAt: new Date(NOW) },
      },
    }),
  );
  await append(database, orgId, 1, events);
  return orgId;
}

/** Appends events from one number to another, each in a transaction of its own. */
export async function append(database: Database, orgId: OrgId, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1)
    await database.write((tx) => appendAuditEvents(database, tx, orgId, [entry(orgId, number)]));
}

export function entry(orgId: OrgId, number: number) {
  return {
    orgId,
    at: NOW + number,
    actorId: asId<"User">("019a0000-0000-7000-8000-00000000000a"),
    action: "UPDATE_USER",
    target: { type: "User", id: "019a0000-0000-7000-8000-00000000000b" },
    before: { name: `Zoë ${number - 1}`, roleId: null },
    after: { name: `Zoë ${number}`, roleId: asId<"Role">("019a0000-0000-7000-8000-00000000000c") },
  } as const;
}

const TABLES = ["AuditEvent", "AuditHead", "AuditCheckpoint"];

/** Takes the triggers away, as whoever owns the database may, and changes its rows past Sightline. */
export async function tamper(database: Database, ...statements: readonly string[]): Promise<void> {
  await database.write(async (tx) => {
    for (const sql of await disarming(database.kind, (query) => tx.$queryRawUnsafe(query)))
      await tx.$executeRawUnsafe(sql);
    for (const sql of statements) await tx.$executeRawUnsafe(sql);
  });
}

async function disarming(
  kind: DatabaseKind,
  ask: (sql: string) => Promise<unknown>,
): Promise<readonly string[]> {
  switch (kind) {
    case "sqlite": {
      const found = (await ask(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'Audit%'",
      )) as { readonly name: string }[];
      return found.map(({ name }) => `DROP TRIGGER "${name}"`);
    }
    case "postgres":
      return TABLES.map((table) => `ALTER TABLE "${table}" DISABLE TRIGGER USER`);
  }
}
