import { raw } from "@prisma/client/runtime/client";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { type Database, type DatabaseKind, kindOf } from "../database.ts";
import { committedMigrations, type Migration, migrationList, schemaOf } from "./committed-migrations.ts";
import { ALL_TABLES, withSchemaEngine } from "./schema-engine.ts";

/** A database that can be migrated. */
export type MigrationTarget = {
  readonly kind: DatabaseKind;
  readonly connections: SqlMigrationAwareDriverAdapterFactory;
  /** Runs `work` while no other process migrates this database. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
};

/** The database could not be brought to the committed migrations; the message says which one and why. */
export class MigrationFailed extends Error {
  override readonly name = "MigrationFailed";
}

/**
 * Brings a database to the committed migrations, as `prisma migrate deploy` would: the same table remembers them, with
 * the same checksums, so either may continue what the other began.
 *
 * Applying again changes nothing. Two processes at once are safe: one waits for the other.
 *
 * @param say hears a line for people before and after each step; nothing when there is nothing to do.
 * @returns the names of the migrations that were applied.
 * @throws {MigrationFailed} when a migration fails or failed before, or the database has other tables in it.
 */
export async function migrate(
  url: string,
  say: (line: string) => void = () => undefined,
): Promise<readonly string[]> {
  const target = await targetOf(url);
  const connection = await target.connections.connect();
  try {
    if ((await pending(target.kind, connection)).length === 0) return [];
    return await target.alone(async () => {
      const migrations = await pending(target.kind, connection);
      return migrations.length === 0 ? [] : await apply(target, migrations, say);
    });
  } finally {
    await connection.dispose();
  }
}

/** Whether every committed migration has been applied, and none was edited since (AP-31). */
export async function migrationsCurrent(database: Database): Promise<boolean> {
  const ask: Ask = async (text) => {
    const rows = await database.reader.$queryRaw<Record<string, unknown>[]>(raw(text));
    return rows.map((row) => Object.values(row));
  };
  return (await unapplied(database.kind, ask)).length === 0;
}

/** Asks the database: rows of columns, in the order of the SELECT. */
type Ask = (sql: string) => Promise<readonly (readonly unknown[])[]>;

const THERE = {
  sqlite: "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'",
  postgres:
    "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_prisma_migrations'",
};
const APPLIED =
  "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL";

function pending(kind: DatabaseKind, connection: SqlDriverAdapter): Promise<readonly Unapplied[]> {
  return unapplied(kind, async (sql) => (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows);
}

type Unapplied = Migration & { readonly isEdited: boolean };

/** The committed migrations that the database does not remember as they are now. */
async function unapplied(kind: DatabaseKind, ask: Ask): Promise<readonly Unapplied[]> {
  const [[there] = []] = await ask(THERE[kind]);
  const rows = Number(there) === 0 ? [] : await ask(APPLIED);
  const checksums = new Map(rows.map(([name, checksum]) => [name, checksum]));
  return committedMigrations(kind)
    .filter(({ name, checksum }) => checksums.get(name) !== checksum)
    .map((migration) => ({ ...migration, isEdited: checksums.has(migration.name) }));
}

async function apply(target: MigrationTarget, migrations: readonly Unapplied[], say: (line: string) => void) {
  const edited = migrations.filter(({ isEdited }) => isEdited);
  if (edited.length > 0) throw failed(`${namesOf(edited)} was edited after it had been applied`);
  say(`applying ${migrations.length} database migration(s): ${namesOf(migrations)} …`);
  try {
    const { appliedMigrationNames } = await withSchemaEngine(
      schemaOf(target.kind),
      target.connections,
      (engine) => engine.applyMigrations({ migrationsList: migrationList(target.kind), filters: ALL_TABLES }),
    );
    say("the database is up to date.");
    return appliedMigrationNames;
  } catch (error) {
    throw failed(error instanceof Error ? error.message : String(error), error);
  }
}

function namesOf(migrations: readonly Migration[]): string {
  return migrations.map(({ name }) => name).join(", ");
}

function failed(reason: string, cause?: unknown): MigrationFailed {
  return new MigrationFailed(`Migrating the database failed: ${reason}`, { cause });
}

/** Each database brings a driver of its own, so it is loaded when needed. */
async function targetOf(url: string): Promise<MigrationTarget> {
  switch (kindOf(url)) {
    case "sqlite":
      return (await import("./migrate-sqlite.ts")).sqliteTarget(url);
    case "postgres":
      return (await import("./migrate-postgres.ts")).postgresTarget(url);
  }
}
