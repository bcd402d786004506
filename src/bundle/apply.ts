import { InvalidPolicy } from "../kernel/fault.ts";
import type { OrganizationFile } from "../policy/organization-file.ts";
import type { Database } from "../store/database/database.ts";
import { type Applied, type ApplyOptions, applyOrganization } from "../store/import/apply.ts";
import { parseOrganizationFile } from "./parse.ts";

/** Who may be a support agent at all; null does not ask (BU, `test`). */
export type VendorList = ReadonlySet<string> | null;

/**
 * Reads, checks and applies an organisation file: the organisation becomes equal to it, or nothing changes (BU-01).
 *
 * @throws {InvalidPolicy} with every fault of the file.
 * @throws {InvalidInput} for what only the present state of the organisation shows to be wrong.
 */
export async function applyOrganizationFile(
  database: Database,
  source: { readonly text: string; readonly name: string },
  vendorList: VendorList,
  options: ApplyOptions,
): Promise<Applied> {
  const file = parseOrganizationFile(source.text, source.name);
  refuseStrangers(file, source.name, vendorList);
  return applyOrganization(database, file, options);
}

function refuseStrangers({ supportAccess }: OrganizationFile, name: string, vendorList: VendorList): void {
  if (supportAccess === null || vendorList === null || vendorList.has(supportAccess.agent)) return;
  throw new InvalidPolicy([
    {
      file: name,
      line: 1,
      column: 1,
      path: "supportAccess.agent",
      message: `${supportAccess.agent} is not on the vendor's list of support agents`,
      expected: "an address that SIGHTLINE_SUPPORT_AGENTS names with a position that may come in",
      code: "BAD_USER_INPUT",
      requirement: "SA-02",
    },
  ]);
}
