import type { OrganizationFile } from "../../oracle/file.ts";
import { holds } from "../../oracle/oracle.ts";
import { findPerson, sameEmail } from "../../oracle/people.ts";
import { addressOf, type Facts, type UserRow } from "../facts.ts";

/**
 * UA-31, SH-60: whoever moves people holds `MANAGE_USERS`; who moves themselves or the super administrator, or puts
 * somebody or some role above the latter, `MANAGE_ADMIN_PERMISSIONS` too. Tombstones are nobody.
 *
 * @param moved who gets another role, profile or manager.
 * @param then the file with the change.
 */
export function mayMove(
  { file, now }: Facts,
  as: string,
  moved: readonly UserRow[],
  then: OrganizationFile = file,
): boolean {
  const people = moved.filter(({ status }) => status !== "DELETED").map(addressOf);
  if (people.length > 0 && !holds(file, as, "MANAGE_USERS", now)) return false;
  if (holds(file, as, "MANAGE_ADMIN_PERMISSIONS", now)) return true;
  const isTouchy = (email: string) => sameEmail(email, as) || sameEmail(email, file.organization.superAdmin);
  if (people.some(isTouchy)) return false;
  const before = aboveSuper(file);
  return [...aboveSuper(then)].every((each) => before.has(each));
}

/** The roles above that of the super administrator, and the managers above them. */
function aboveSuper(file: OrganizationFile): ReadonlySet<string> {
  const above = new Set<string>();
  const climb = (first: string | undefined, next: (at: string) => string | undefined, kind: string) => {
    for (let at = first; at !== undefined && !above.has(`${kind} ${at}`); at = next(at))
      above.add(`${kind} ${at}`);
  };
  const managerOf = (email: string) => findPerson(file, email)?.entry.reportsTo;
  const { superAdmin } = file.organization;
  climb(managerOf(superAdmin), managerOf, "person");
  const role = findPerson(file, superAdmin)?.entry.role ?? "";
  climb(file.roles[role]?.parent, (key) => file.roles[key]?.parent, "role");
  return above;
}
