import { setImmediate as breath } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import type { Bulk, Cell } from "./bulk.ts";

/** So many rows are one transaction. */
const BATCH = 20_000;

/** SQLite by prepared statements in big transactions, without waiting for the disk. */
export function openBulkSqlite(url: string): Bulk {
  const database = new Sqlite(url.slice("file:".length));
  database.pragma("synchronous = OFF");
  database.pragma("foreign_keys = OFF");
  database.pragma("cache_size = -400000");
  return {
    async fill(table, columns, rows) {
      const names = columns.map((column) => `"${column}"`).join(", ");
      const insert = database.prepare(
        `INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => "?").join(", ")})`,
      );
      let count = 0;
      for (const row of rows) {
        if (count % BATCH === 0) {
          if (count > 0) database.exec("COMMIT");
          await breath();
          database.exec("BEGIN");
        }
        insert.run(...row.map(bound));
        count += 1;
      }
      if (count > 0) database.exec("COMMIT");
    },
    async withoutIndexes(tables, work) {
      const found = database
        .prepare<[string], { name: string; sql: string }>(
          `SELECT "name", "sql" FROM sqlite_master WHERE "type" = 'index' AND "sql" IS NOT NULL
            AND "tbl_name" IN (SELECT value FROM json_each(?))`,
        )
        .all(JSON.stringify(tables));
      for (const { name } of found) database.exec(`DROP INDEX "${name}"`);
      await work();
      for (const { sql } of found) database.exec(sql);
    },
    async finish() {
      database.exec("ANALYZE");
      database.pragma("wal_checkpoint(TRUNCATE)");
    },
    close: async () => void database.close(),
  };
}

function bound(cell: Cell): string | number | null {
  if (cell instanceof Date) return cell.getTime();
  return typeof cell === "boolean" ? Number(cell) : cell;
}
