import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { MigrationList } from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { DatabaseKind } from "../database.ts";
import { derivePostgresSchema, sqliteSchema } from "./derive-postgres.ts";

/** A migration as it is committed. `checksum` is what the database remembers of it: the SHA-256 of the script, in hex. */
export type Migration = { readonly name: string; readonly script: string; readonly checksum: string };

/** The folder of a database's migrations, in the layout of `prisma migrate deploy`. */
export function migrationsFolder(kind: DatabaseKind): string {
  return fileURLToPath(new URL(`../migrations/${kind}`, import.meta.url));
}

/** The committed migrations, oldest first. */
export function committedMigrations(kind: DatabaseKind): readonly Migration[] {
  const folder = migrationsFolder(kind);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const script = readFileSync(`${folder}/${name}/migration.sql`, "utf8");
      return { name, script, checksum: createHash("sha256").update(script).digest("hex") };
    });
}

/** The committed migrations as the schema engine takes them. */
export function migrationList(kind: DatabaseKind, migrations = committedMigrations(kind)): MigrationList {
  return {
    baseDir: migrationsFolder(kind),
    lockfile: { path: "migration_lock.toml", content: lockFile(kind) },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
    })),
  };
}

/** What stands in `migration_lock.toml`: migrations of one database are never applied to another. */
export function lockFile(kind: DatabaseKind): string {
  return `# Written by \`npm run migration\`.\nprovider = "${kind === "sqlite" ? "sqlite" : "postgresql"}"\n`;
}

/** The Prisma schema of the database, as text. */
export function schemaOf(kind: DatabaseKind): string {
  return kind === "sqlite" ? sqliteSchema() : derivePostgresSchema(sqliteSchema());
}
