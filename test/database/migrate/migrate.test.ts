import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import type { DatabaseKind } from "../../../src/database/database.ts";
import { committedMigrations, schemaOf } from "../../../src/database/migrate/committed-migrations.ts";
import { migrate, migrationsCurrent } from "../../../src/database/migrate/migrate.ts";
import { postgresConnections } from "../../../src/database/migrate/migrate-postgres.ts";
import { sqliteConnections } from "../../../src/database/migrate/migrate-sqlite.ts";
import { missingMigration } from "../../../src/database/migrate/new-migration.ts";
import { openStore } from "../../../src/database/open.ts";
import { DATABASES, emptyTestDatabase, newTestDatabase } from "../../database.ts";

const ROOT = join(import.meta.dirname, "../../..");

describe.each(DATABASES)("migrations on %s", (kind) => {
  const all = committedMigrations(kind).map(({ name }) => name);

  test("the committed migrations lead to schema.prisma", async () => {
    expect(await missingMigration(kind, await scratch(kind))).toBeNull();
  });

  test("a column that schema.prisma has beyond the migrations is noticed", async () => {
    const changed = schemaOf(kind).replace("model Organization {", "model Organization {\n  motto String?");
    expect(await missingMigration(kind, await scratch(kind), changed)).toMatch(/ADD COLUMN +"motto"/);
  });

  test("an empty database is brought up to date once, telling so, and again without a word", async () => {
    const { url } = await empty(kind);
    const lines: string[] = [];
    expect(await migrate(url, (line) => lines.push(line))).toEqual(all);
    expect(lines.join("\n")).toContain(all.at(-1));
    const before = lines.length;
    expect(await migrate(url, (line) => lines.push(line))).toEqual([]);
    expect(lines).toHaveLength(before);
  });

  test("the database remembers them as Prisma's own tool does: same table, names and checksums", async () => {
    const { url } = await empty(kind);
    await migrate(url);
    const rows = await remembered(url);
    expect(rows).toEqual(
      committedMigrations(kind).map(({ name, checksum }) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        checksum,
        migration_name: name,
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date),
        finished_at: expect.any(Date),
        applied_steps_count: expect.toSatisfy((count) => Number(count) === 1),
      })),
    );
  });

  test("three processes at once apply each migration once", async () => {
    const { url } = await empty(kind);
    const run = () =>
      promisify(execFile)(process.execPath, ["src/cli/main.ts", "migrate"], {
        cwd: ROOT,
        env: { PATH: process.env["PATH"], DATABASE_URL: url },
      });
    const outputs = await Promise.all([run(), run(), run()]);
    expect(outputs.map(({ stdout }) => stdout.trim()).sort()).toEqual(["", "", all.join("\n")]);
    expect(await remembered(url)).toHaveLength(all.length);
  });

  test("a server that has the database open does not hold up a migration", async () => {
    const { url } = await empty(kind);
    const server = await openStore(url);
    await server.ping();
    expect(await migrate(url)).toEqual(all);
    expect(await server.reader.organization.count()).toBe(0);
    await server.close();
  });

  test("AP-31 the migrations are current when all are applied as committed, and else they are not", async () => {
    const none = await openStore((await empty(kind)).url);
    expect(await migrationsCurrent(none)).toBe(false);
    await none.close();

    const { url } = await migrated(kind);
    const database = await openStore(url);
    expect(await migrationsCurrent(database)).toBe(true);
    await database.write((tx) => tx.$executeRawUnsafe("UPDATE _prisma_migrations SET checksum = 'another'"));
    expect(await migrationsCurrent(database)).toBe(false);
    await database.write((tx) => tx.$executeRawUnsafe("DELETE FROM _prisma_migrations"));
    expect(await migrationsCurrent(database)).toBe(false);
    await database.close();
  });

  test("a migration that was edited after it had been applied is refused by name", async () => {
    const { url } = await migrated(kind);
    await execute(url, "UPDATE _prisma_migrations SET checksum = 'another'");
    await expect(migrate(url)).rejects.toThrow(`${all.join(", ")} was edited`);
  });

  test("a database with somebody else's tables is left alone", async () => {
    const { url } = await empty(kind);
    await execute(url, "CREATE TABLE stranger (id integer)");
    await expect(migrate(url)).rejects.toThrow("not empty");
    await execute(url, "INSERT INTO stranger VALUES (1)");
  });

  test("a migration that failed before is told of, not tried over it", async () => {
    const { url } = await migrated(kind);
    await execute(url, "UPDATE _prisma_migrations SET finished_at = NULL");
    await expect(migrate(url)).rejects.toThrow(/failed migrations/);
  });
});

async function scratch(kind: DatabaseKind) {
  return kind === "sqlite" ? sqliteConnections(":memory:") : postgresConnections((await migrated(kind)).url);
}

async function empty(kind: DatabaseKind) {
  const database = await emptyTestDatabase(kind);
  onTestFinished(database.remove);
  return database;
}

async function migrated(kind: DatabaseKind) {
  const database = await newTestDatabase(kind);
  onTestFinished(database.remove);
  return database;
}

async function remembered(url: string): Promise<unknown[]> {
  const database = await openStore(url);
  try {
    return await database.write((tx) =>
      tx.$queryRawUnsafe<unknown[]>("SELECT * FROM _prisma_migrations ORDER BY migration_name"),
    );
  } finally {
    await database.close();
  }
}

async function execute(url: string, sql: string): Promise<void> {
  const database = await openStore(url);
  try {
    await database.write((tx) => tx.$executeRawUnsafe(sql));
  } finally {
    await database.close();
  }
}
