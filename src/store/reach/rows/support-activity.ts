import { sqltag as sql } from "@prisma/client/runtime/client";
import type { Database } from "../../../database/database.ts";
import { asId, type OrgId, type SupportAccessId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";

/** What the agent did under one support access, and how often. */
export type SupportActivity = {
  readonly supportAccessId: SupportAccessId;
  readonly action: string;
  readonly times: number;
  readonly lastAt: Instant;
};

/**
 * Counts what agents did from the beginning to the end of some accesses, by action. One statement, which reads of the log
 * what these agents did in that time.
 */
export async function supportActivities(
  { kind, reader }: Pick<Database, "kind" | "reader">,
  orgId: OrgId,
  ids: readonly SupportAccessId[],
): Promise<readonly SupportActivity[]> {
  const statement =
    kind === "sqlite"
      ? sql`SELECT g."id", e."action", COUNT(*) AS "times", CAST(MAX(e."at") AS REAL) AS "lastAt"
          FROM "SupportGrant" g JOIN "AuditEvent" e ON e."orgId" = g."orgId" AND e."actorId" = g."agentId"
            AND e."at" >= g."grantedAt" AND e."at" < MIN(g."expiresAt", COALESCE(g."revokedAt", g."expiresAt"))
          WHERE g."orgId" = ${orgId} AND g."id" IN (SELECT value FROM json_each(${JSON.stringify(ids)}))
          GROUP BY g."id", e."action" ORDER BY g."id", e."action"`
      : sql`SELECT g."id"::text, e."action", COUNT(*)::int AS "times",
            (EXTRACT(EPOCH FROM MAX(e."at")) * 1000)::bigint AS "lastAt"
          FROM "SupportGrant" g JOIN "AuditEvent" e ON e."orgId" = g."orgId" AND e."actorId" = g."agentId"
            AND e."at" >= g."grantedAt" AND e."at" < LEAST(g."expiresAt", g."revokedAt")
          WHERE g."orgId" = ${orgId}::uuid AND g."id" = ANY(${[...ids]}::uuid[])
          GROUP BY g."id", e."action" ORDER BY g."id", e."action" COLLATE "C"`;
  const rows = await reader.$queryRaw<readonly ActivityRow[]>(statement);
  return rows.map(({ id, action, times, lastAt }) => ({
    supportAccessId: asId(id),
    action,
    times: Number(times),
    lastAt: Number(lastAt),
  }));
}

type ActivityRow = {
  readonly id: string;
  readonly action: string;
  readonly times: number | bigint;
  readonly lastAt: number | bigint;
};
