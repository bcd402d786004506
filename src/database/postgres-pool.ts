import type { PoolConfig } from "pg";
import { parseIntoClientConfig } from "pg-connection-string";

/**
 * What every connection to a Postgres database has in common.
 *
 * The address is taken apart, because one that is handed on whole wins over everything beside it, such as the name of
 * a shadow database. The adapter reads a `timestamptz` as if it were in UTC whatever its offset says, so the session
 * has to be in UTC.
 */
export function poolConfig(url: string): PoolConfig {
  const { options, ...parts } = parseIntoClientConfig(url);
  return {
    application_name: "sightline",
    ...parts,
    options: [options, "-c TimeZone=UTC"].filter((option) => option !== undefined).join(" "),
  };
}
