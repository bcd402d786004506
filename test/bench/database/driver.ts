import type { Sql } from "@prisma/client/runtime/client";
import Sqlite from "better-sqlite3";
import pg from "pg";
import type { DatabaseKind } from "../../../src/database/database.ts";
import { keeping } from "../../../src/database/kept-statements.ts";
import { poolConfig } from "../../../src/database/postgres-pool.ts";
import { KEPT, statementName } from "../../../src/database/statement-name.ts";
import type { Runner } from "../../../src/store/reach/statements.ts";

/**
 * The bare driver of a database, with nothing of Prisma between: what a page without any policy is measured with, and
 * the statements of the store beside it, in the same way.
 */
export type Driver = Runner & {
  /** The rows of a statement with `?` for its parameters, numbered from 1 on Postgres by itself. */
  readonly rows: <Row>(statement: string, ...parameters: readonly unknown[]) => Promise<readonly Row[]>;
  /** How many statements were sent so far. */
  readonly sent: () => number;
  /** How the database names itself, such as `SQLite 3.54.1`. */
  readonly version: () => Promise<string>;
  readonly close: () => Promise<void>;
};

export function openDriver(kind: DatabaseKind, url: string): Driver {
  switch (kind) {
    case "sqlite":
      return sqliteDriver(url);
    case "postgres":
      return postgresDriver(url);
  }
}

function sqliteDriver(url: string): Driver {
  const database = new Sqlite(url.slice("file:".length), { readonly: true });
  const prepare = keeping((statement) => database.prepare(statement));
  let sent = 0;
  const ask = async (statement: string, parameters: readonly unknown[]): Promise<readonly unknown[]> => {
    sent += 1;
    return prepare(statement).all(...parameters.map(asBlob));
  };
  return {
    rows: <Row>(statement: string, ...parameters: readonly unknown[]) =>
      ask(statement, parameters) as Promise<readonly Row[]>,
    $queryRaw: <Row>({ sql, values }: Sql) => ask(sql, values) as Promise<Row>,
    sent: () => sent,
    version: async () => `SQLite ${database.prepare("SELECT sqlite_version()").pluck().get()}`,
    close: async () => void database.close(),
  };
}

/** The driver takes bytes as a Buffer only. */
function asBlob(parameter: unknown): unknown {
  return parameter instanceof Uint8Array && !Buffer.isBuffer(parameter)
    ? Buffer.from(parameter.buffer, parameter.byteOffset, parameter.byteLength)
    : parameter;
}

function postgresDriver(url: string): Driver {
  const pool = new pg.Pool({ ...poolConfig(url), max: 1 });
  let sent = 0;
  const ask = async (statement: string, parameters: readonly unknown[]): Promise<readonly unknown[]> => {
    sent += 1;
    const name = statementName({ sql: statement });
    return (await pool.query({ name, text: statement, values: [...parameters] })).rows;
  };
  return {
    rows: <Row>(statement: string, ...parameters: readonly unknown[]) =>
      ask(`${KEPT} ${numbered(statement)}`, parameters) as Promise<readonly Row[]>,
    $queryRaw: <Row>({ text, values }: Sql) => ask(text, values) as Promise<Row>,
    sent: () => sent,
    version: async () => {
      const [row] = (await ask("SHOW server_version", [])) as readonly { server_version: string }[];
      return `Postgres ${row?.server_version}`;
    },
    close: () => pool.end(),
  };
}

function numbered(statement: string): string {
  let at = 0;
  return statement.replace(/\?/g, () => {
    at += 1;
    return `$${at}`;
  });
}
