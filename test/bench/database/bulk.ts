import type { DatabaseKind } from "../../../src/database/database.ts";

/** A value of a column: an instant is a Date, JSON is text. */
export type Cell = string | number | boolean | Date | null;

/** Fills tables as fast as the database can, past everything that is there for many users at once. */
export type Bulk = {
  /** Appends rows, cells in the order of the columns. */
  readonly fill: (
    table: string,
    columns: readonly string[],
    rows: Iterable<readonly Cell[]>,
  ) => Promise<void>;
  /** Runs `work` without the indexes of the tables, which are made afterwards in one go. */
  readonly withoutIndexes: (tables: readonly string[], work: () => Promise<void>) => Promise<void>;
  /** Gathers the statistics by which statements are planned. */
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openBulk(kind: DatabaseKind, url: string): Promise<Bulk> {
  switch (kind) {
    case "sqlite":
      return (await import("./bulk-sqlite.ts")).openBulkSqlite(url);
    case "postgres":
      return (await import("./bulk-postgres.ts")).openBulkPostgres(url);
  }
}
