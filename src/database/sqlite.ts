import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from "@prisma/driver-adapter-utils";
import { breathing } from "./breathing.ts";
import { unlessBusy } from "./busy.ts";
import { type Database, type StoreOptions, TIMEOUT_MS, type Tx, WAIT_MS } from "./database.ts";
import { PrismaClient } from "./generated/sqlite/client.ts";
import { plain, sqliteConnection, sqliteFile, useWriteAheadLog, whileBusy } from "./sqlite-connection.ts";
import { heard, Statements } from "./statements.ts";
import { Turns } from "./turns.ts";

/**
 * Opens a SQLite file.
 *
 * A connection of the driver is one conversation: whatever is said on it while a transaction is open belongs to that
 * transaction, whoever said it. So there are three, and each has one use: the writer speaks only inside `write`, the
 * snapshot connection only inside `snapshot`, and the reader never opens a transaction. The latter two cannot write.
 *
 * Instants are stored as whole milliseconds, so that SQL compares them as numbers.
 *
 * @param url `file:` and a path, relative to the working directory, in a folder that is there.
 */
export async function openSqlite(url: string, options: StoreOptions): Promise<Database> {
  const path = await sqliteFile(url);

  const statements = new Statements();
  if (options.onStatement) statements.listen(options.onStatement);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const waitMs = options.waitMs ?? WAIT_MS;
  const busy = `PRAGMA busy_timeout = ${waitMs}`;
  const client = (factory: SqlDriverAdapterFactory) =>
    new PrismaClient({ adapter: heard(breathing(factory), statements) });

  const writer = client(
    immediate(
      sqliteConnection(path, [
        "PRAGMA busy_timeout = 0",
        `PRAGMA synchronous = ${options.isDurable === false ? "OFF" : "FULL"}`,
        "PRAGMA foreign_keys = ON",
      ]),
      waitMs,
    ),
  );
  await useWriteAheadLog(path, waitMs);
  const reader = client(sqliteConnection(path, [busy, "PRAGMA query_only = ON"]));
  const snapshots = client(sqliteConnection(path, [busy, "PRAGMA query_only = ON"]));

  const writing = new Turns("write");
  const snapping = new Turns("snapshot");
  const closing = new AbortController();
  const transaction = <T>(on: PrismaClient, work: (tx: Tx) => Promise<T>, timeout = timeoutMs): Promise<T> =>
    // The turn is already ours: what is still waited for is another process, and `immediate` bounds that itself.
    on.$transaction(work, { timeout, maxWait: waitMs + 5_000 });

  return {
    kind: "sqlite",
    auditKeys: options.auditKeys ?? null,
    reader,
    write: (work, { timeoutMs: timeout } = {}) =>
      writing.take(() => unlessBusy(() => transaction(writer, work, timeout), waitMs)),
    snapshot: (work, { timeoutMs: timeout } = {}) =>
      snapping.take(() => transaction(snapshots, work, timeout)),
    // Whoever writes is alone already.
    lockVersion: async (tx, id) => {
      const row = await tx.organization.findUnique({ where: { id }, select: { version: true } });
      return row?.version ?? null;
    },
    lockRecords: async () => {},
    lockRule: async () => {},
    closing: closing.signal,
    ping: async () => void (await reader.$queryRaw`SELECT 1`),
    statementsOf: (work) => statements.during(work),
    close: async () => {
      closing.abort();
      await Promise.all([writing.finish(), snapping.finish()]);
      await Promise.all([reader.$disconnect(), snapshots.$disconnect()]);
      // Last, so that closing it folds the log into the file.
      await writer.$disconnect();
    },
  };
}

/**
 * Transactions that hold the write lock from their first moment (`BEGIN IMMEDIATE`).
 *
 * The adapter says `BEGIN`, which takes the lock with the first write: a transaction that read before would then fail
 * when another process has written in between, after its decision was made on old rows.
 */
function immediate(factory: SqlDriverAdapterFactory, waitMs: number): SqlDriverAdapterFactory {
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
        startTransaction: async (isolationLevel) => {
          const transaction = await inner.startTransaction(isolationLevel);
          await beginAgain(transaction, waitMs);
          return transaction;
        },
      };
    },
  };
}

async function beginAgain(transaction: Transaction, waitMs: number): Promise<void> {
  try {
    await transaction.executeRaw(plain("ROLLBACK"));
    await whileBusy(() => transaction.executeRaw(plain("BEGIN IMMEDIATE")), waitMs);
  } catch (error) {
    await transaction.rollback();
    throw error;
  }
}
