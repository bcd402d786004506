import type { Database, Tx } from "../database/database.ts";
import { NotFound } from "../kernel/fault.ts";
import { asId } from "../kernel/id.ts";
import { readOrg } from "../store/core/snapshot/snapshot.ts";
import { ofEachInTurn } from "./sections/index.ts";
import type { OrganizationFile } from "./sections/section.ts";
import { newExportRun } from "./terms/export-run.ts";

/** A whole organisation takes its time to read. */
const TIMEOUT_MS = 10 * 60 * 1000;

/**
 * Reads an organisation as the file that would make it (BU-02), in one consistent snapshot.
 *
 * Deleted users stay, as the owners of their records; shares and support grants that are over stay too, since a share
 * that has expired is void without being gone.
 *
 * @throws {NotFound} when there is no such organisation.
 * @throws {InvalidInput} `CONFLICT` naming the sharing rules whose criteria cannot be read.
 */
export function exportOrganization(database: Database, key: string): Promise<OrganizationFile> {
  return database.snapshot((tx) => read(tx, key), { timeoutMs: TIMEOUT_MS });
}

async function read(tx: Tx, key: string): Promise<OrganizationFile> {
  const row = await tx.organization.findUnique({ where: { key } });
  const org = row && (await readOrg(tx, asId(row.id)));
  if (!row || !org) throw new NotFound("organization");
  const run = newExportRun(tx, row, org);
  return ofEachInTurn<OrganizationFile>((section) => section.export(run));
}
