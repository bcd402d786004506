import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { DatabaseKind } from "../database.ts";
import { startEmbeddedPostgres } from "../embedded-postgres.ts";
import { lockFile, migrationList, migrationsFolder, schemaOf } from "./committed-migrations.ts";
import { postgresConnections } from "./migrate-postgres.ts";
import { sqliteConnections } from "./migrate-sqlite.ts";
import { ALL_TABLES, withSchemaEngine } from "./schema-engine.ts";

/** The SQL that leads from the committed migrations to a schema, `schema.prisma` unless given; null when none is needed. */
export async function missingMigration(
  kind: DatabaseKind,
  connections: SqlMigrationAwareDriverAdapterFactory,
  schema = schemaOf(kind),
): Promise<string | null> {
  return withSchemaEngine(schema, connections, async (engine) => {
    const difference = await engine.diff({
      from: { tag: "migrations", ...migrationList(kind) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
      script: true,
      exitCode: true,
      filters: ALL_TABLES,
    });
    return difference.exitCode === 0 ? null : difference.stdout;
  });
}

/** `npm run migration -- <name>`: writes the step from the committed migrations to `schema.prisma`, for both databases. */
async function writeMigration(name: string): Promise<void> {
  const folder = `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`;
  const server = await startEmbeddedPostgres();
  try {
    const scripts = {
      sqlite: await missingMigration("sqlite", sqliteConnections(":memory:")),
      postgres: await missingMigration("postgres", postgresConnections(server.url("postgres"))),
    };
    for (const kind of ["sqlite", "postgres"] as const) await write(kind, folder, scripts[kind]);
  } finally {
    await server.stop();
  }
}

async function write(kind: DatabaseKind, name: string, script: string | null): Promise<void> {
  if (script === null) {
    console.error(`${kind}: the migrations already lead to schema.prisma`);
    return;
  }
  const folder = join(migrationsFolder(kind), name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), script);
  await writeFile(join(migrationsFolder(kind), "migration_lock.toml"), lockFile(kind));
  console.error(`${kind}: ${folder}/migration.sql`);
}

if (import.meta.main) {
  const name = process.argv[2];
  if (!name || !/^[a-z0-9_]+$/.test(name)) {
    console.error("usage: npm run migration -- <name>, of a-z, 0-9 and _");
    process.exit(1);
  }
  await writeMigration(name);
}
