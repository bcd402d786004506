import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum, type SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { poolConfig } from "../postgres-pool.ts";
import type { MigrationTarget } from "./migrate.ts";

export async function postgresTarget(url: string): Promise<MigrationTarget> {
  return {
    kind: "postgres",
    connections: postgresConnections(url),
    alone: (work) => aloneOnPostgres(url, work),
  };
}

/** Connections for the schema engine. The user may make databases where shadow databases are wanted. */
export function postgresConnections(url: string): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(poolConfig(url));
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => fitForEngine(await factory.connect()),
    connectToShadowDb: () => shadowDatabase(url),
  };
}

/** A throw-away database beside the one of the address. The adapter's own is dropped while it is still connected. */
async function shadowDatabase(url: string): Promise<Adapter> {
  const database = `sightline_shadow_${randomUUID()}`;
  await onServer(url, `CREATE DATABASE "${database}"`);
  const adapter = fitForEngine(await new PrismaPg({ ...poolConfig(url), database }).connect());
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose();
    await onServer(url, `DROP DATABASE "${database}" WITH (FORCE)`);
  };
  return adapter;
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(poolConfig(url));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

type Adapter = Awaited<ReturnType<PrismaPg["connect"]>>;

const TEXT = 25;
/** Postgres' one-byte type of catalogue columns, spelt "char" with the quotes. */
const ONE_BYTE = 18;

/** The adapter, fit for the schema engine, which asks for more than the client does. */
function fitForEngine(adapter: Adapter): Adapter {
  const pool = adapter.underlyingDriver();

  // The adapter cuts a script at every semicolon, those in function bodies and text included; Postgres takes it whole.
  adapter.executeScript = async (script) => {
    await pool.query(script);
  };

  // It refuses the one-byte type as unknown, so it is told of text and its answer is put right.
  const oneByte = new WeakMap<object, readonly number[]>();
  const query = pool.query.bind(pool) as (request: unknown) => Promise<pg.QueryArrayResult>;
  pool.query = (async (request: unknown) => {
    const result = await query(request);
    const fields = (result.fields ?? []).filter(({ dataTypeID }) => dataTypeID === ONE_BYTE);
    for (const field of fields) field.dataTypeID = TEXT;
    const columns = fields.map((field) => result.fields.indexOf(field));
    if (columns.length > 0) oneByte.set(result.rows, columns);
    return result;
  }) as typeof pool.query;
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (request) => {
    const result = await queryRaw(request);
    for (const column of oneByte.get(result.rows) ?? [])
      result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
  return adapter;
}

/** Any number of our own, not the one that Prisma's tools lock while they migrate. */
const LOCK = 7_305_417_201;

async function aloneOnPostgres<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client(poolConfig(url));
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    return await work();
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}
