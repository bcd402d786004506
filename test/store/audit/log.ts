import type { Database, DatabaseKind } from "../../../src/database/database.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { asId, type OrgId } from "../../../src/kernel/id.ts";
import { appendAuditEvents } from "../../../src/store/core/append-audit.ts";

export const NOW = Date.parse("2026-11-20T12:00:00Z");

const organization = (key: string) => `sightline: 1
organization: { key: ${key}, name: ${key}, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 5, team: 0 }, superAdmin: root@${key}.test }
roles:
  ceo: { name: CEO }
users:
  root@${key}.test: { name: Root, role: ceo, profile: administrator }
`;

/** An organisation whose log has `events` events, the first of them that its file was applied. */
export async function logOf(database: Database, key: string, events: number): Promise<OrgId> {
  const source = { text: organization(key), name: key };
  const { orgId } = await applyOrganizationFile(database, source, null, { now: NOW });
  const first = await database.reader.auditHead.findUniqueOrThrow({ where: { orgId } });
  await append(database, orgId, first.sequence + 1, events);
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
