import { rm } from "node:fs/promises";
import Sqlite from "better-sqlite3";
import pg from "pg";
import type { DatabaseKind } from "../../../src/database/database.ts";

/** A database of one's own, with everything that the kept one holds, to be written to and thrown away. */
export type Copy = { readonly url: string; readonly remove: () => Promise<void> };

/** Copies a kept database, in which nobody may be working on Postgres. */
export async function copyOf(kind: DatabaseKind, url: string, name: string): Promise<Copy> {
  switch (kind) {
    case "sqlite":
      return sqliteCopy(url, name);
    case "postgres":
      return postgresCopy(url, `copy_${name}_${process.pid}`);
  }
}

async function sqliteCopy(url: string, name: string): Promise<Copy> {
  const path = url.slice("file:".length);
  const copy = `${path}.${name}-${process.pid}`;
  const remove = async () => {
    await Promise.all(["", "-wal", "-shm"].map((end) => rm(`${copy}${end}`, { force: true })));
  };
  await remove();
  const source = new Sqlite(path, { readonly: true });
  try {
    await source.backup(copy);
  } finally {
    source.close();
  }
  return { url: `file:${copy}`, remove };
}

async function postgresCopy(url: string, name: string): Promise<Copy> {
  const source = new URL(url);
  const [copy, admin] = [new URL(url), new URL(url)];
  copy.pathname = `/${name}`;
  admin.pathname = "/postgres";
  const run = async (...statements: readonly string[]) => {
    const client = new pg.Client({ connectionString: admin.href });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const made = pg.escapeIdentifier(name);
  const drop = `DROP DATABASE IF EXISTS ${made} WITH (FORCE)`;
  const from = pg.escapeIdentifier(decodeURIComponent(source.pathname.slice(1)));
  await run(drop, `CREATE DATABASE ${made} TEMPLATE ${from} STRATEGY FILE_COPY`, "CHECKPOINT");
  return { url: copy.href, remove: () => run(drop) };
}
