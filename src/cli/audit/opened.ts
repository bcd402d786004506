import type { Database } from "../../database/database.ts";
import type { AuditKeys } from "../../kernel/audit-key.ts";
import { NotFound } from "../../kernel/fault.ts";
import type { OrgId } from "../../kernel/id.ts";
import { auditKeysOf, type Purpose, type Settings } from "../../settings/settings.ts";
import { CommandFailed, type Terminal } from "../command.ts";
import { absenceOf } from "../reasons.ts";

/** The log of an organisation, and the database that it is in. */
export type OpenedLog = { readonly database: Database; readonly orgId: OrgId; readonly settings: Settings };

/** Opens the database of the settings for what is done with one log, and closes it afterwards. */
export async function withLog(
  terminal: Terminal,
  org: string,
  purpose: Purpose,
  work: (log: OpenedLog) => Promise<void>,
): Promise<void> {
  const settings = terminal.settings(purpose);
  const absence = absenceOf(settings);
  if (absence !== null) throw new CommandFailed(absence);
  const { openStore } = await import("../../database/open.ts");
  const { organizationOfLog } = await import("../../store/audit/log-of.ts");
  const { url } = settings.database;
  const database = await openStore(url, { auditKeys: auditKeysOf(settings) });
  try {
    await work({ database, settings, orgId: await organizationOfLog(database, org) });
  } catch (error) {
    throw error instanceof NotFound ? new CommandFailed(`There is no organisation ${org} in ${url}.`) : error;
  } finally {
    await database.close();
  }
}

/** The keys that a log is proven with. @throws {CommandFailed} when there is none. */
export function keysOf({ database }: OpenedLog): AuditKeys {
  if (database.auditKeys !== null) return database.auditKeys;
  throw new CommandFailed(
    "SIGHTLINE_AUDIT_KEYS: expected the keys that the log is signed with; or set SIGHTLINE_DEV=1 for development.",
  );
}
