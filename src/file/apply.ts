import type { Database } from "../database/database.ts";
import { type Applied, type ApplyOptions, applyOrganization } from "./import/apply.ts";
import { FileConflicts } from "./import/conflict.ts";
import { faultsAt, parseOrganizationFile } from "./parse.ts";

/** Who may be a support agent at all; null does not ask (BU, `test`). */
export type VendorList = ReadonlySet<string> | null;

/** An organisation file as text, and its name for faults. */
export type FileText = { readonly text: string; readonly name: string };

/**
 * Reads, checks and applies an organisation file: the organisation becomes equal to it, or nothing changes (BU-01).
 *
 * @throws {InvalidPolicy} with every fault of the file at its place, those included that only the present state of the
 * organisation or the vendor's list shows.
 * @throws {InvalidInput} when removing people is not confirmed.
 */
export async function applyOrganizationFile(
  database: Database,
  source: FileText,
  vendorList: VendorList,
  options: ApplyOptions,
): Promise<Applied> {
  const file = parseOrganizationFile(source.text, source.name, (read, total) =>
    options.progress?.(read, total, "reading"),
  );
  refuseStranger(source, file.supportAccess?.agent ?? null, vendorList);
  return applyOrganization(database, file, options).catch((error: unknown) => {
    if (!(error instanceof FileConflicts)) throw error;
    const found = error.conflicts.map(({ path, ...conflict }) => [path, conflict] as const);
    throw faultsAt(source.text, source.name, found);
  });
}

function refuseStranger({ text, name }: FileText, agent: string | null, vendorList: VendorList): void {
  if (agent === null || vendorList === null || vendorList.has(agent)) return;
  const stranger = {
    message: `${agent} is not on the vendor's list of support agents`,
    expected: "an address that SIGHTLINE_SUPPORT_AGENTS names with a position that may come in",
    requirement: "SA-02",
  };
  throw faultsAt(text, name, [[["supportAccess", "agent"], stranger]]);
}
