import { migrate } from "../../../database/migrate/migrate.ts";
import { openStore } from "../../../database/open.ts";
import type { AuditKeys } from "../../../kernel/audit-key.ts";
import { beginChains } from "./beginning.ts";

/** The migration from which on logs are chains. */
const CHAIN = /_audit_chain$/;

/**
 * Brings a database to the committed migrations. In the very run that teaches it chains, and never again, what its logs
 * have so far is signed as it is: later a log without signatures is one from which somebody has taken them (SA-21).
 *
 * @param keys null signs nothing: `sightline audit begin` does then.
 * @returns the names of the migrations that were applied.
 */
export async function upgrade(
  url: string,
  keys: AuditKeys | null,
  say?: (line: string) => void,
): Promise<readonly string[]> {
  const applied = await migrate(url, say);
  if (keys === null || !applied.some((name) => CHAIN.test(name))) return applied;
  const database = await openStore(url, { auditKeys: keys });
  try {
    await beginChains(database);
  } finally {
    await database.close();
  }
  return applied;
}
