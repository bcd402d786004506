import pg from "pg";
import { poolConfig } from "../../../src/database/postgres-pool.ts";
import type { Bench } from "../bench.ts";
import { lineOf } from "../data-set/party.ts";
import type { Contender } from "./contender.ts";
import { type Rights, rightsOf } from "./rights.ts";
import { TIMEOUT_MS } from "./timeout.ts";

const SCHEMA = "bench_rls";

/**
 * Row-level security of Postgres: policies on the table, the user in settings of the transaction, the role tree as a
 * closure table, the owners that rules open as a table too. Settings are read in sub-selects, once for a statement.
 *
 * The policies are for a role of their own. The owner of the table, as whom everybody else asks, is not subject to them;
 * role, tables and policies are gone when the bench closes, and what a killed run left is removed by the next.
 */
export const rowLevelSecurity: Contender = {
  name: "Postgres RLS",
  isFor: ({ kind }) => kind === "postgres",
  isBare: true,
  async open(bench) {
    const pool = new pg.Pool({ ...poolConfig(bench.url), max: 1, statement_timeout: TIMEOUT_MS });
    const role = pg.escapeIdentifier(await roleName(pool));
    try {
      await pool.query(removing(role));
      await pool.query(making(role));
      await fill(pool, bench);
    } catch (error) {
      await pool.query(removing(role)).finally(() => pool.end());
      throw error;
    }
    return {
      as: async (rights) => askedOf(pool, role, bench, rights),
      async close() {
        await pool.query(removing(role)).finally(() => pool.end());
      },
    };
  },
};

/** Roles belong to the whole server, so its name tells the database. */
async function roleName(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT '${SCHEMA}_' || md5(current_database()) AS "name"`,
  );
  return rows[0]?.name ?? SCHEMA;
}

function removing(role: string): string {
  return `
    DROP POLICY IF EXISTS bench_all ON "Record";
    DROP POLICY IF EXISTS bench_owner ON "Record";
    DROP POLICY IF EXISTS bench_role ON "Record";
    DROP POLICY IF EXISTS bench_rule ON "Record";
    DROP POLICY IF EXISTS bench_grant ON "Record";
    DROP POLICY IF EXISTS bench_narrowed ON "Record";
    ALTER TABLE "Record" DISABLE ROW LEVEL SECURITY;
    DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE;
    DO $$ BEGIN
      IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role.slice(1, -1)}') THEN
        DROP OWNED BY ${role};
        DROP ROLE ${role};
      END IF;
    END $$;`;
}

function making(role: string): string {
  const user = "(SELECT current_setting('app.user')::uuid)";
  const now = "(SELECT current_setting('app.now')::bigint)";
  const policy = (name: string, condition: string) =>
    `CREATE POLICY bench_${name} ON "Record" FOR SELECT TO ${role} USING (${condition});`;
  return `
    CREATE ROLE ${role} NOLOGIN;
    CREATE SCHEMA ${SCHEMA};
    CREATE TABLE ${SCHEMA}.below (above uuid, role uuid, PRIMARY KEY (above, role));
    CREATE TABLE ${SCHEMA}.opened (viewer uuid, owner uuid, PRIMARY KEY (viewer, owner));
    CREATE TABLE ${SCHEMA}.narrowed (viewer uuid, key text, owner uuid, PRIMARY KEY (viewer, key, owner));
    GRANT USAGE ON SCHEMA public, ${SCHEMA} TO ${role};
    GRANT SELECT ON "Record", "RecordGrant" TO ${role};
    GRANT SELECT ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${role};
    ${policy("all", "(SELECT current_setting('app.all')::boolean)")}
    ${policy("owner", `"ownerId" = ${user}`)}
    ${policy("role", `"ownerRoleId" IN (SELECT b.role FROM ${SCHEMA}.below b WHERE b.above = (SELECT current_setting('app.role')::uuid))`)}
    ${policy("rule", `"ownerId" IN (SELECT o.owner FROM ${SCHEMA}.opened o WHERE o.viewer = ${user})`)}
    ${policy(
      "grant",
      `EXISTS (SELECT 1 FROM "RecordGrant" g
        WHERE g."orgId" = "Record"."orgId" AND g."recordId" = "Record"."id" AND g."readUntil" > ${now}
          AND g."key" = ANY ((SELECT string_to_array(current_setting('app.keys'), ','))::text[]))`,
    )}
    ${policy(
      "narrowed",
      `EXISTS (SELECT 1 FROM "RecordGrant" g JOIN ${SCHEMA}.narrowed n ON n.key = g."key"
        WHERE n.viewer = ${user} AND n.owner = "Record"."ownerId"
          AND g."orgId" = "Record"."orgId" AND g."recordId" = "Record"."id" AND g."readUntil" > ${now})`,
    )}
    ALTER TABLE "Record" ENABLE ROW LEVEL SECURITY;`;
}

/** The whole role tree; what rules open, for those who are measured. */
async function fill(pool: pg.Pool, bench: Bench): Promise<void> {
  const { dataSet, known } = bench;
  const { roles } = dataSet.staff;
  const closure = [...roles.keys()].flatMap((role) =>
    lineOf(roles, role)
      .slice(1)
      .map((above) => [known.roleIds[above], known.roleIds[role]]),
  );
  const everybody = bench.viewers.map((viewer) => rightsOf(bench, viewer));
  const opened = everybody.flatMap(({ userId, ruleOwnerIds }) =>
    ruleOwnerIds.map((owner) => [userId, owner]),
  );
  const narrowed = everybody.flatMap(({ userId, narrowed: rules }) =>
    rules.flatMap(({ key, ownerIds }) => ownerIds.map((owner) => [userId, key, owner])),
  );
  const insert = (table: string, types: readonly string[], rows: readonly (string | undefined)[][]) =>
    pool.query(
      `INSERT INTO ${SCHEMA}.${table} SELECT * FROM unnest(${types.map((type, at) => `$${at + 1}::${type}[]`)})`,
      types.map((_, at) => rows.map((row) => row[at])),
    );
  await insert("below", ["uuid", "uuid"], closure);
  await insert("opened", ["uuid", "uuid"], opened);
  await insert("narrowed", ["uuid", "text", "uuid"], narrowed);
  await pool.query(`ANALYZE ${SCHEMA}.below, ${SCHEMA}.opened, ${SCHEMA}.narrowed`);
}

function askedOf(pool: pg.Pool, role: string, { known }: Bench, rights: Rights) {
  const settings = {
    role: role.slice(1, -1),
    "app.user": rights.userId,
    "app.role": rights.roleId,
    "app.all": String(rights.isAll),
    "app.keys": rights.keys.join(","),
    "app.now": String(rights.now),
  };
  const names = Object.keys(settings);
  const set = `SELECT ${names.map((name, at) => `set_config('${name}', $${at + 1}, true)`).join(", ")}`;
  /** One transaction, as a request has it: who asks, what is asked. */
  const ask = async <Row extends pg.QueryResultRow>(sql: string, parameters: readonly unknown[]) => {
    const client = await pool.connect();
    try {
      await client.query("BEGIN");
      await client.query(set, Object.values(settings));
      const { rows } = await client.query<Row>(sql, [...parameters]);
      await client.query("COMMIT");
      return rows;
    } catch (error) {
      await client.query("ROLLBACK");
      throw error;
    } finally {
      client.release();
    }
  };
  return {
    page: async (limit: number) => {
      const rows = await ask<{ id: string }>(
        `SELECT "id"::text AS "id" FROM "Record" WHERE "moduleId" = $1 ORDER BY "Record"."id" DESC LIMIT ${limit}`,
        [known.moduleIds[0]],
      );
      return rows.map(({ id }) => id);
    },
    total: async () => {
      const [row] = await ask<{ n: string }>(`SELECT count(*) AS "n" FROM "Record" WHERE "moduleId" = $1`, [
        known.moduleIds[0],
      ]);
      return Number(row?.n);
    },
    check: async (id: string) => {
      const rows = await ask(`SELECT 1 FROM "Record" WHERE "orgId" = $1 AND "id" = $2`, [known.orgId, id]);
      return rows.length > 0;
    },
  };
}
