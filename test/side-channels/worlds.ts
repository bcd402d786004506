import { randomUUID } from "node:crypto";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import type { Database, DatabaseKind } from "../../src/database/database.ts";
import { openStore } from "../../src/database/open.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { type NewDatabase, newTestDatabase } from "../database.ts";
import { NOW } from "../graphql/world.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { databaseUrl } from "../postgres-url.ts";
import { type Ask, askOver } from "./gateway.ts";

/** A database with the organisation, and the gateway over it. */
export type World = {
  readonly database: Database;
  readonly ask: Ask;
  readonly close: () => Promise<void>;
};

/** The organisation in a database that nobody has open: worlds are copies of it, ids included. */
export type Origin = { readonly copy: () => Promise<World>; readonly remove: () => Promise<void> };

export async function originOf(kind: DatabaseKind, file: OrganizationFile): Promise<Origin> {
  const origin = await newTestDatabase(kind);
  const database = await openStore(origin.url, { isDurable: false, connections: 1 });
  await applyOrganizationFile(database, { text: JSON.stringify(file), name: "acme.yaml" }, null, {
    now: NOW,
  });
  await database.close();
  return {
    remove: origin.remove,
    copy: async () => {
      const copy = await copyOf(origin);
      const opened = await openStore(copy.url, { isDurable: false, connections: 5 });
      return {
        database: opened,
        ask: askOver(opened, NOW),
        close: async () => {
          await opened.close();
          await copy.remove();
        },
      };
    },
  };
}

function copyOf({ kind, url }: NewDatabase): Promise<Pick<NewDatabase, "url" | "remove">> {
  switch (kind) {
    case "sqlite":
      return copySqlite(url);
    case "postgres":
      return copyPostgres(url);
  }
}

async function copySqlite(url: string) {
  const path = join(inject("sqliteFolder"), `${randomUUID()}.db`);
  await copyFile(url.slice("file:".length), path);
  const remove = async () => {
    await Promise.all(["", "-wal", "-shm"].map((end) => rm(`${path}${end}`, { force: true })));
  };
  return { url: `file:${path}`, remove };
}

async function copyPostgres(url: string) {
  const [server, prefix] = [inject("postgresUrl"), inject("postgresTemplate")];
  const name = `${prefix}_${randomUUID().slice(0, 8)}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${new URL(url).pathname.slice(1)}`);
  return {
    url: databaseUrl(server, name),
    remove: () => onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function onServer(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
