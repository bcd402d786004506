import { openStore } from "../database/open.ts";
import { demoOrganization } from "../demo/organization.ts";
import { applyOrganizationFile } from "../file/apply.ts";
import type { Progress } from "../file/terms/import-run.ts";
import type { Instant } from "../kernel/instant.ts";
import { auditKeysOf, type Settings } from "../settings/settings.ts";
import { upgrade } from "../store/core/audit/upgrade.ts";

/** The key of the demo organisation. */
export const DEMO_KEY = "acme";

/** The demo's support agent and its position, for the vendor's list (SA-02). */
export const DEMO_AGENT = { email: "agent@vendor.test", position: "Engineer" } as const;

/**
 * Loads the demo organisation into a database that has none yet; an organisation of its key is left as it is.
 *
 * @param onBegin is called before it is loaded, which takes a while.
 * @returns whether it was loaded now.
 */
export async function seedDemo(
  settings: Settings,
  now: Instant,
  { progress, onBegin }: { readonly progress: Progress; readonly onBegin: () => void },
): Promise<boolean> {
  const { url } = settings.database;
  const auditKeys = auditKeysOf(settings);
  await upgrade(url, auditKeys);
  const database = await openStore(url, { auditKeys });
  try {
    if ((await database.reader.organization.count({ where: { key: DEMO_KEY } })) > 0) return false;
    onBegin();
    const source = { text: demoOrganization(now), name: "demo" };
    await applyOrganizationFile(database, source, new Set([DEMO_AGENT.email]), { now, progress });
    return true;
  } finally {
    await database.close();
  }
}
