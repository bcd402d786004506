import { ZenStackClient } from "@zenstackhq/orm";
import { PostgresDialect } from "@zenstackhq/orm/dialects/postgres";
import { SqliteDialect } from "@zenstackhq/orm/dialects/sqlite";
import { PolicyPlugin } from "@zenstackhq/plugin-policy";
import Sqlite from "better-sqlite3";
import pg from "pg";
import { poolConfig } from "../../../../src/database/postgres-pool.ts";
import type { Bench } from "../../bench.ts";
import type { Contender } from "../contender.ts";
import type { Rights } from "../rights.ts";
import { TIMEOUT_MS } from "../timeout.ts";
import { schema } from "./schema.ts";

/**
 * ZenStack's access policies (schema.zmodel). They say owner, role tree, shares and matches by what the application
 * knows of the viewer: a policy cannot walk a tree or groups of any depth, nor a criterion that is kept as a row.
 */
export const zenstack: Contender = {
  name: "ZenStack",
  isFor: () => true,
  isBare: false,
  async open(bench) {
    const client = clientOf(bench);
    const policed = client.$use(new PolicyPlugin());
    const moduleId = bench.known.moduleIds[0] ?? "";
    return {
      async as(rights) {
        const db = policed.$setAuth(authOf(rights, bench));
        return {
          async page(limit) {
            const rows = await db.record.findMany({
              where: { moduleId },
              orderBy: { id: "desc" },
              take: limit,
              select: { id: true },
            });
            return rows.map(({ id }) => id);
          },
          total: () => db.record.count({ where: { moduleId } }),
          check: async (id) =>
            (await db.record.findUnique({
              where: { orgId_id: { orgId: bench.known.orgId, id } },
              select: { id: true },
            })) !== null,
        };
      },
      close: () => client.$disconnect(),
    };
  },
};

function clientOf({ kind, url }: Bench) {
  switch (kind) {
    case "sqlite": {
      const database = new Sqlite(url.slice("file:".length), { readonly: true });
      // Generated for one provider; the models are the same for the other, which knows no native types.
      const forSqlite = { ...schema, provider: { type: "sqlite" } } as unknown as typeof schema;
      return new ZenStackClient(forSqlite, { dialect: new SqliteDialect({ database }) });
    }
    case "postgres": {
      const pool = new pg.Pool({ ...poolConfig(url), max: 1, statement_timeout: TIMEOUT_MS });
      return new ZenStackClient(schema, { dialect: new PostgresDialect({ pool }) });
    }
  }
}

/** What `auth()` is in the policies. */
function authOf({ userId, isAll, ownerIds, keys, narrowed, now }: Rights, { known }: Bench) {
  // A policy has no lists of lists: two of these would open to each other.
  if (narrowed.length > 1) throw new Error("more than one narrowed rule cannot be said to ZenStack");
  const seqs = new Map(known.userIds.map((id, seq): [string, number] => [id, seq]));
  const seqsOf = (ids: readonly string[]) => ids.map((id) => seqs.get(id) ?? -1);
  return {
    id: userId,
    isAll,
    ownerSeqs: seqsOf(ownerIds),
    keys: [...keys],
    narrowKeys: narrowed.map(({ key }) => key),
    narrowOwnerSeqs: seqsOf(narrowed.flatMap((each) => each.ownerIds)),
    now: BigInt(now),
  };
}
