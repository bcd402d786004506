import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQueryable,
  Transaction,
} from "@prisma/driver-adapter-utils";

export type Listener = (sql: string) => void;

/** Who hears the statements of one database. */
export class Statements {
  readonly #listeners = new Set<Listener>();

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  say(sql: string): void {
    for (const listener of this.#listeners) listener(sql);
  }

  /** The statements said while `work` ran. */
  async during<T>(work: () => Promise<T>): Promise<{ result: T; statements: readonly string[] }> {
    const statements: string[] = [];
    const leave = this.listen((sql) => statements.push(sql));
    try {
      return { result: await work(), statements };
    } finally {
      leave();
    }
  }
}

/** The same adapter, heard: every statement Prisma hands to the driver is said first. */
export function heard(factory: SqlDriverAdapterFactory, statements: Statements): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => heardAdapter(await factory.connect(), statements),
  };
}

function heardAdapter(inner: SqlDriverAdapter, statements: Statements): SqlDriverAdapter {
  return {
    ...heardQueries(inner, statements),
    executeScript: (script) => {
      statements.say(script);
      return inner.executeScript(script);
    },
    startTransaction: async (isolationLevel) => {
      statements.say(isolationLevel === undefined ? "BEGIN" : `BEGIN ISOLATION LEVEL ${isolationLevel}`);
      return heardTransaction(await inner.startTransaction(isolationLevel), statements);
    },
    ...(inner.getConnectionInfo && { getConnectionInfo: inner.getConnectionInfo.bind(inner) }),
    dispose: () => inner.dispose(),
  };
}

function heardTransaction(inner: Transaction, statements: Statements): Transaction {
  return {
    ...heardQueries(inner, statements),
    options: inner.options,
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
    ...(inner.createSavepoint && { createSavepoint: inner.createSavepoint.bind(inner) }),
    ...(inner.rollbackToSavepoint && { rollbackToSavepoint: inner.rollbackToSavepoint.bind(inner) }),
    ...(inner.releaseSavepoint && { releaseSavepoint: inner.releaseSavepoint.bind(inner) }),
  };
}

function heardQueries(inner: SqlQueryable, statements: Statements): SqlQueryable {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: (query) => {
      statements.say(query.sql);
      return inner.queryRaw(query);
    },
    executeRaw: (query) => {
      statements.say(query.sql);
      return inner.executeRaw(query);
    },
  };
}
