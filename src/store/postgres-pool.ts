import type { PoolConfig } from "pg";

/**
 * What every connection to a Postgres database has in common.
 *
 * The adapter reads a `timestamptz` as if it were in UTC whatever its offset says, so the session has to be in UTC.
 */
export function poolConfig(url: string): PoolConfig {
  return { connectionString: url, options: "-c TimeZone=UTC", application_name: "sightline" };
}
