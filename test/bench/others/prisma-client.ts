import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient as PostgresClient } from "../../../src/database/generated/postgres/client.ts";
import type { PrismaClient } from "../../../src/database/generated/sqlite/client.ts";
import { poolConfig } from "../../../src/database/postgres-pool.ts";
import type { Bench } from "../bench.ts";
import { TIMEOUT_MS } from "./timeout.ts";

/** A Prisma client for those who ask by one. */
export function prismaClientOf({ kind, url, database }: Bench): {
  readonly client: PrismaClient;
  readonly close: () => Promise<void>;
} {
  switch (kind) {
    case "sqlite":
      // What the store calls its reader is a whole client.
      return { client: database.reader as unknown as PrismaClient, close: async () => undefined };
    case "postgres": {
      const adapter = new PrismaPg({ ...poolConfig(url), max: 1, statement_timeout: TIMEOUT_MS });
      // Both clients come from the same tables.
      const client = new PostgresClient({ adapter }) as unknown as PrismaClient;
      return { client, close: () => client.$disconnect() };
    }
  }
}
