import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { LRUCache } from "lru-cache";
import { CACHES } from "../kernel/caches.ts";

const { entries, charactersEach } = CACHES.statements;

/**
 * The same `prepare`, which gives a statement again that it gave before, if it is among those used last.
 *
 * One that is too long carries its values in the text and does not come again: it is not kept. One that cannot be prepared is not either, and no `PRAGMA` is: those may take effect when they are prepared.
 */
export function keeping<Statement extends object>(
  prepare: (sql: string) => Statement,
): (sql: string) => Statement {
  const kept = new LRUCache<string, Statement>({ max: entries });
  return (sql) => {
    if (sql.length > charactersEach || /^\s*PRAGMA\b/i.test(sql)) return prepare(sql);
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = prepare(sql);
    kept.set(sql, statement);
    return statement;
  };
}

/** A statement of the driver. */
type Statement = {
  readonly reader: boolean;
  raw(): Statement;
  columns(): readonly unknown[];
  all(parameters: readonly unknown[]): readonly unknown[];
  run(parameters: readonly unknown[]): unknown;
};

/** What the adapter asks of the driver's connection. */
type Connection = {
  prepare(sql: string): Statement;
  exec(script: string): unknown;
  close(): unknown;
};

/**
 * Has a connection of Prisma's adapter keep its statements prepared: it prepares each anew, which takes as long as a
 * short list does. For its rows it asks the connection in the field `client`, which is exchanged here.
 *
 * @throws when the adapter is not built like that, before anything is asked of it.
 */
export async function keepStatements(adapter: SqlDriverAdapter): Promise<void> {
  const holder = adapter as unknown as { client?: unknown };
  const connection = holder.client;
  if (!isConnection(connection)) throw otherAdapter();
  let prepared = 0;
  const prepare = keeping((sql) => {
    prepared += 1;
    const statement = connection.prepare(sql);
    return statement.reader ? statement.raw() : statement;
  });
  holder.client = {
    prepare: (sql: string) => new Question(prepare(sql), []),
    exec: (script: string) => connection.exec(script),
    close: () => connection.close(),
  };
  const { rows } = await adapter.queryRaw({
    sql: "SELECT ?",
    args: ["kept"],
    argTypes: [{ scalarType: "string", arity: "scalar" }],
  });
  if (prepared !== 1 || rows[0]?.[0] !== "kept") throw otherAdapter();
}

function isConnection(connection: unknown): connection is Connection {
  if (typeof connection !== "object" || connection === null) return false;
  return ["prepare", "exec", "close"].every(
    (method) => typeof Reflect.get(connection, method) === "function",
  );
}

function otherAdapter(): Error {
  return new Error("The SQLite adapter of Prisma does not ask its connection as expected; was it updated?");
}

/** One use of a statement, as the adapter makes it. The driver's own `bind` would be for ever. */
class Question {
  readonly #statement: Statement;
  readonly #parameters: readonly unknown[];
  #rows: readonly unknown[] | undefined;

  constructor(statement: Statement, parameters: readonly unknown[]) {
    this.#statement = statement;
    this.#parameters = parameters;
  }

  bind(parameters: readonly unknown[]): Question {
    return new Question(this.#statement, parameters);
  }

  get reader(): boolean {
    return this.#statement.reader;
  }

  /** Known for certain when the rows are: a kept statement sees only then that the tables have changed. */
  columns(): readonly unknown[] {
    this.#rows = this.#statement.all(this.#parameters);
    return this.#statement.columns();
  }

  /** Rows are lists already. */
  raw(): Question {
    return this;
  }

  all(): readonly unknown[] {
    return this.#rows ?? this.#statement.all(this.#parameters);
  }

  run(): unknown {
    return this.#statement.run(this.#parameters);
  }
}
