import { PrismaPg } from "@prisma/adapter-pg";
import { raw } from "@prisma/client/runtime/client";
import type { PoolConfig } from "pg";
import { unlessBusy } from "./busy.ts";
import { CONNECTIONS, type Database, type StoreOptions, TIMEOUT_MS, type Tx, WAIT_MS } from "./database.ts";
import { PrismaClient as PostgresClient } from "./generated/postgres/client.ts";
import type { PrismaClient } from "./generated/sqlite/client.ts";
import { poolConfig } from "./postgres-pool.ts";
import { statementName } from "./statement-name.ts";
import { heard, Statements } from "./statements.ts";
import { Crowd } from "./turns.ts";

/**
 * Opens a Postgres database: one pool to read from and one to write with, so that whoever waits for a lock while writing
 * takes no connection from those who read.
 */
export async function openPostgres(url: string, options: StoreOptions): Promise<Database> {
  const statements = new Statements();
  if (options.onStatement) statements.listen(options.onStatement);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const maxWait = options.waitMs ?? WAIT_MS;
  const connections = options.connections ?? CONNECTIONS;
  const writers = Math.ceil(connections / 2);
  const readers = Math.max(1, connections - writers);

  // Both clients come from the same tables; Postgres only offers more (such as `mode: "insensitive"`).
  const clientOf = (max: number, more: PoolConfig = {}) => {
    const pool: PoolConfig = { ...poolConfig(url), ...more, max };
    const adapter = heard(new PrismaPg(pool, { statementNameGenerator: statementName }), statements);
    return new PostgresClient({ adapter }) as unknown as PrismaClient;
  };
  // Nobody stops a statement that was sent, and one that goes on for ever keeps its connection from the others.
  const reader = clientOf(readers, options.readMs === undefined ? {} : { statement_timeout: options.readMs });
  const writer = clientOf(writers);

  const writing = new Crowd("write");
  const snapping = new Crowd("snapshot");
  const closing = new AbortController();

  return {
    kind: "postgres",
    auditKeys: options.auditKeys ?? null,
    reader,
    write: (work, { timeoutMs: timeout = timeoutMs } = {}) =>
      writing.take(() => unlessBusy(() => writer.$transaction(work, { timeout, maxWait }), maxWait)),
    snapshot: (work, { timeoutMs: timeout = timeoutMs } = {}) =>
      snapping.take(() =>
        reader.$transaction(
          async (tx: Tx) => {
            await tx.$executeRaw`SET TRANSACTION READ ONLY`;
            return work(tx);
          },
          { timeout, maxWait, isolationLevel: REPEATABLE_READ },
        ),
      ),
    lockVersion: async (tx, id, mode) => {
      // Whoever waits for a row is overtaken by all who share its lock. Advisory locks are given out in the order of
      // asking; the row, which is read as it is after the wait, is then locked at once.
      const [take, lock] = mode === "SHARE" ? [TAKE_SHARED, FOR_SHARE] : [TAKE_ALONE, FOR_UPDATE];
      const rows = await tx.$queryRaw<{ version: number }[]>`
        WITH "turn" AS MATERIALIZED (SELECT ${take}(hashtextextended(${id}, 0)))
        SELECT o."version" FROM "turn", "Organization" o WHERE o."id" = ${id}::uuid ${lock} OF o`;
      return rows[0]?.version ?? null;
    },
    lockRecords: async (tx, orgId, ids) => {
      // Who writes what points to one of these holds that it is there (`FOR KEY SHARE`), and two whose records point to
      // each other would wait for each other. Deleting one waits for them by itself.
      await tx.$queryRaw`
        SELECT 1 FROM "Record" WHERE "orgId" = ${orgId}::uuid AND "id" = ANY(${[...ids]}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;
    },
    lockRule: async (tx, orgId, ruleId) => {
      await tx.$queryRaw`
        SELECT 1 FROM "SharingRule" WHERE "orgId" = ${orgId}::uuid AND "id" = ${ruleId}::uuid FOR UPDATE`;
    },
    closing: closing.signal,
    ping: async () => void (await reader.$queryRaw`SELECT 1`),
    statementsOf: (work) => statements.during(work),
    close: async () => {
      closing.abort();
      await Promise.all([writing.finish(), snapping.finish()]);
      await Promise.all([reader.$disconnect(), writer.$disconnect()]);
    },
  };
}

const TAKE_SHARED = raw("pg_advisory_xact_lock_shared");
const TAKE_ALONE = raw("pg_advisory_xact_lock");
const FOR_SHARE = raw("FOR SHARE");
const FOR_UPDATE = raw("FOR UPDATE");

/** SQLite's client does not know this level by type; the Postgres client it is cast from does. */
const REPEATABLE_READ = "RepeatableRead" as "Serializable";
