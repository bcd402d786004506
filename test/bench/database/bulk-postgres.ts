import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Bulk, Cell } from "./bulk.ts";

/** So many rows are one chunk of the stream. */
const CHUNK = 500;

/** Postgres by COPY. */
export async function openBulkPostgres(url: string): Promise<Bulk> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SET maintenance_work_mem = '512MB'; SET synchronous_commit = off");
  // Checking a million references that were made right takes minutes; only a superuser may leave it out.
  await client.query("SET session_replication_role = replica").catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError) || error.code !== "42501") throw error;
  });
  return {
    async fill(table, columns, rows) {
      const names = columns.map((column) => `"${column}"`).join(", ");
      const copy = client.query(copyFrom(`COPY "${table}" (${names}) FROM STDIN`));
      await pipeline(Readable.from(chunks(rows)), copy);
    },
    async withoutIndexes(tables, work) {
      const found = await client.query<{ name: string; definition: string }>(
        `SELECT c.relname AS "name", pg_get_indexdef(i.indexrelid) AS "definition"
          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
          WHERE t.relname = ANY($1) AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
        [tables],
      );
      for (const { name } of found.rows) await client.query(`DROP INDEX ${pg.escapeIdentifier(name)}`);
      await work();
      for (const { definition } of found.rows) await client.query(definition);
    },
    async finish() {
      await client.query("VACUUM ANALYZE");
    },
    close: () => client.end(),
  };
}

function* chunks(rows: Iterable<readonly Cell[]>): Iterable<string> {
  let lines: string[] = [];
  for (const row of rows) {
    lines.push(`${row.map(copied).join("\t")}\n`);
    if (lines.length === CHUNK) {
      yield lines.join("");
      lines = [];
    }
  }
  if (lines.length > 0) yield lines.join("");
}

/** A cell in COPY's text format. */
function copied(cell: Cell): string {
  if (cell === null) return "\\N";
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === "string"
    ? cell.replace(/[\\\t\n\r]/g, (letter) => ESCAPED[letter] ?? letter)
    : String(cell);
}

const ESCAPED: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };
