import { PrismaPg } from "@prisma/adapter-pg";
import { raw } from "@prisma/client/runtime/client";
import type { PoolConfig } from "pg";
import { CONNECTIONS, type Database, type StoreOptions, TIMEOUT_MS, type Tx, WAIT_MS } from "./database.ts";
import { PrismaClient as PostgresClient } from "./generated/postgres/client.ts";
import type { PrismaClient } from "./generated/sqlite/client.ts";
import { poolConfig } from "./postgres-pool.ts";
import { statementName } from "./statement-name.ts";
import { heard, Statements } from "./statements.ts";
import { Crowd } from "./turns.ts";

/** Opens a Postgres database: one pool for everything. */
export async function openPostgres(url: string, options: StoreOptions): Promise<Database> {
  const statements = new Statements();
  if (options.onStatement) statements.listen(options.onStatement);
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const maxWait = options.waitMs ?? WAIT_MS;
  const pool: PoolConfig = { ...poolConfig(url), max: options.connections ?? CONNECTIONS };

  // Both clients come from the same tables; Postgres only offers more (such as `mode: "insensitive"`).
  const client = new PostgresClient({
    adapter: heard(new PrismaPg(pool, { statementNameGenerator: statementName }), statements),
  }) as unknown as PrismaClient;

  const writing = new Crowd("write");
  const snapping = new Crowd("snapshot");
  const closing = new AbortController();

  return {
    kind: "postgres",
    reader: client,
    write: (work, { timeoutMs: timeout = timeoutMs } = {}) =>
      writing.take(() => client.$transaction(work, { timeout, maxWait })),
    snapshot: (work, { timeoutMs: timeout = timeoutMs } = {}) =>
      snapping.take(() =>
        client.$transaction(
          async (tx: Tx) => {
            await tx.$executeRaw`SET TRANSACTION READ ONLY`;
            return work(tx);
          },
          { timeout, maxWait, isolationLevel: REPEATABLE_READ },
        ),
      ),
    lockVersion: async (tx, id, mode) => {
      const rows = await tx.$queryRaw<
        { version: number }[]
      >`SELECT "version" FROM "Organization" WHERE "id" = ${id}::uuid ${mode === "SHARE" ? FOR_SHARE : FOR_UPDATE}`;
      return rows[0]?.version ?? null;
    },
    lockRecords: async (tx, orgId, ids) => {
      await tx.$queryRaw`
        SELECT 1 FROM "Record" WHERE "orgId" = ${orgId}::uuid AND "id" = ANY(${[...ids]}::uuid[]) ORDER BY "id" FOR UPDATE`;
    },
    lockRule: async (tx, orgId, ruleId) => {
      await tx.$queryRaw`
        SELECT 1 FROM "SharingRule" WHERE "orgId" = ${orgId}::uuid AND "id" = ${ruleId}::uuid FOR UPDATE`;
    },
    closing: closing.signal,
    ping: async () => void (await client.$queryRaw`SELECT 1`),
    statementsOf: (work) => statements.during(work),
    close: async () => {
      closing.abort();
      await Promise.all([writing.finish(), snapping.finish()]);
      await client.$disconnect();
    },
  };
}

const FOR_SHARE = raw("FOR SHARE");
const FOR_UPDATE = raw("FOR UPDATE");

/** SQLite's client does not know this level by type; the Postgres client it is cast from does. */
const REPEATABLE_READ = "RepeatableRead" as "Serializable";
