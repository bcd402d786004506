import type {
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQueryable,
  Transaction,
} from "@prisma/driver-adapter-utils";
import { Turns } from "../kernel/turns.ts";

/**
 * The same adapter, whose transactions let others have a turn. SQLite's statements run on the thread that answers
 * everybody, and a promise that is settled already is no turn: a transaction of thousands of short statements would hold
 * up every request, and the clock that ends it too (EN-32).
 */
export function breathing(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const inner: SqlDriverAdapter = await factory.connect();
      return {
        provider: inner.provider,
        adapterName: inner.adapterName,
        queryRaw: (query) => inner.queryRaw(query),
        executeRaw: (query) => inner.executeRaw(query),
        executeScript: (script) => inner.executeScript(script),
        dispose: () => inner.dispose(),
        startTransaction: async (isolationLevel) =>
          breathingTransaction(await inner.startTransaction(isolationLevel)),
      };
    },
  };
}

function breathingTransaction(inner: Transaction): Transaction {
  const turns = new Turns();
  const queryable: SqlQueryable = {
    provider: inner.provider,
    adapterName: inner.adapterName,
    queryRaw: async (query) => {
      await turns.taken();
      return inner.queryRaw(query);
    },
    executeRaw: async (query) => {
      await turns.taken();
      return inner.executeRaw(query);
    },
  };
  return {
    ...queryable,
    options: inner.options,
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
    ...(inner.createSavepoint && { createSavepoint: inner.createSavepoint.bind(inner) }),
    ...(inner.rollbackToSavepoint && { rollbackToSavepoint: inner.rollbackToSavepoint.bind(inner) }),
    ...(inner.releaseSavepoint && { releaseSavepoint: inner.releaseSavepoint.bind(inner) }),
  };
}
