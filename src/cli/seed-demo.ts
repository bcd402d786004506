import { applyOrganizationFile } from "../bundle/apply.ts";
import { demoOrganization } from "../demo/organization.ts";
import type { Instant } from "../kernel/instant.ts";
import { openStore } from "../store/database/open.ts";
import type { Progress } from "../store/import/run.ts";
import { migrate } from "../store/migrate/migrate.ts";

/** The key of the demo organisation. */
export const DEMO_KEY = "acme";

/** The demo's support agent and its position, for the vendor's list (SA-02). */
export const DEMO_AGENT = { email: "agent@vendor.test", position: "Engineer" } as const;

/**
 * Loads the demo organisation into a database that has none yet; an organisation of its key is left as it is.
 *
 * @returns whether it was loaded now.
 */
export async function seedDemo(url: string, now: Instant, progress: Progress): Promise<boolean> {
  await migrate(url);
  const database = await openStore(url);
  try {
    if ((await database.reader.organization.count({ where: { key: DEMO_KEY } })) > 0) return false;
    const source = { text: demoOrganization(now), name: "demo" };
    await applyOrganizationFile(database, source, new Set([DEMO_AGENT.email]), { now, progress });
    return true;
  } finally {
    await database.close();
  }
}
