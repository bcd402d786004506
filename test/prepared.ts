import type { DatabaseKind } from "../src/database/database.ts";
import { openStore } from "../src/database/open.ts";
import { applyOrganizationFile } from "../src/file/apply.ts";
import { AUDIT_KEYS } from "./audit-keys.ts";
import { type NewDatabase, newTestDatabase } from "./database.ts";

/** A database with an organisation in it that nobody has open: what tests change are copies of it, ids included. */
export async function preparedDatabase(
  kind: DatabaseKind,
  { text, now }: { readonly text: string; readonly now: number },
): Promise<NewDatabase> {
  const prepared = await newTestDatabase(kind);
  const database = await openStore(prepared.url, { isDurable: false, connections: 1, auditKeys: AUDIT_KEYS });
  await applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now });
  await database.close();
  return prepared;
}
