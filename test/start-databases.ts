import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../src/database/embedded-postgres.ts";
import { migrate } from "../src/database/migrate/migrate.ts";
import { databaseUrl } from "./postgres-url.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Where SQLite files of this run go; `template.db` in it is migrated and empty. */
    readonly sqliteFolder: string;
    /** A database of the server where new databases may be made. */
    readonly postgresUrl: string;
    /** Begins the names of all Postgres databases of this run; alone it is the migrated, empty one. */
    readonly postgresTemplate: string;
  }
}

/**
 * Before all tests: one Postgres server and, on both databases, one migrated template that test databases are copies
 * of. `TEST_DATABASE_URL` names a server to use instead, whose user may make databases.
 */
export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "sightline-test-"));
  const given = process.env["TEST_DATABASE_URL"];
  const server = given ? null : await startEmbeddedPostgres({ connections: 300 });
  const postgresUrl = given || server?.url("postgres") || "";
  const template = `sightline_test_${randomBytes(4).toString("hex")}`;

  await run(postgresUrl, `CREATE DATABASE ${template}`);
  await Promise.all([migrate(`file:${folder}/template.db`), migrate(databaseUrl(postgresUrl, template))]);
  project.provide("sqliteFolder", folder);
  project.provide("postgresUrl", postgresUrl);
  project.provide("postgresTemplate", template);

  return async () => {
    if (server) await server.stop();
    else await dropAll(postgresUrl, template);
    await rm(folder, { recursive: true, force: true });
  };
}

async function dropAll(url: string, prefix: string): Promise<void> {
  const { rows } = await run(url, "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", [prefix]);
  for (const { datname } of rows)
    await run(url, `DROP DATABASE ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
}

async function run(url: string, sql: string, values: string[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}
