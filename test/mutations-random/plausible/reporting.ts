import type { OrganizationFile } from "../../oracle/file.ts";
import { findPerson, isAncestorRole } from "../../oracle/people.ts";

/** SH-25: who reports to somebody whose role is not above theirs afterwards, and did not before. */
export function misreports(before: OrganizationFile, after: OrganizationFile): readonly string[] {
  return Object.entries(after.users)
    .filter(([email, { reportsTo }]) => {
      if (reportsTo === undefined || !isMisreport(after, email)) return false;
      return before.users[email]?.reportsTo !== reportsTo || !isMisreport(before, email);
    })
    .map(([email]) => email);
}

function isMisreport(file: OrganizationFile, email: string): boolean {
  const person = findPerson(file, email);
  const manager = findPerson(file, person?.entry.reportsTo ?? "");
  if (person === undefined || manager === undefined) return false;
  return !isAbove(file, manager.entry.role, person.entry.role);
}

export function isAbove(file: OrganizationFile, upper: string, lower: string): boolean {
  return isAncestorRole(file, upper, lower);
}
