import { readFileSync } from "node:fs";

/** The tables as they are written by hand, for SQLite. */
export const SQLITE_SCHEMA = new URL("../../../schema.prisma", import.meta.url);

/** The hand-written tables as text. */
export function sqliteSchema(): string {
  return readFileSync(SQLITE_SCHEMA, "utf8");
}

/**
 * The Postgres form of the tables that are written for SQLite.
 *
 * It differs in the provider, in where the client goes, and in two column types: identifiers (`id`, `…Id`) become
 * `uuid`, instants become `timestamptz` in milliseconds. Nothing else, so that the two cannot drift apart.
 *
 * @throws when the text lacks a line that has to be replaced.
 */
export function derivePostgresSchema(schema: string): string {
  const lines = schema.split("\n").map(typed);
  return replaced(
    replaced(lines.join("\n"), 'provider = "sqlite"', 'provider = "postgresql"'),
    '"src/database/generated/sqlite"',
    '"src/database/generated/postgres"',
  );
}

const IDENTIFIER = /^(\s+(?:id|\w+Id)\s+String\b\??)(?!\S)/;
const INSTANT = /^(\s+\w+\s+DateTime\b\??)(?!\S)/;

function typed(line: string): string {
  return line.replace(IDENTIFIER, "$1 @db.Uuid").replace(INSTANT, "$1 @db.Timestamptz(3)");
}

function replaced(text: string, part: string, by: string): string {
  const pieces = text.split(part);
  if (pieces.length !== 2) throw new Error(`schema.prisma: expected ${part} exactly once`);
  return pieces.join(by);
}

if (import.meta.main) process.stdout.write(derivePostgresSchema(sqliteSchema()));
