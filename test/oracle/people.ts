import type { Member, OrganizationFile, RuleTarget, UserEntry } from "./file.ts";

/** A user of the file together with the email it is keyed by. */
export type Person = { email: string; entry: UserEntry };

/** UA-22: addresses compare case-insensitively. */
export function sameEmail(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

export function everyPerson(file: OrganizationFile): Person[] {
  return Object.entries(file.users).map(([email, entry]) => ({ email, entry }));
}

export function findPerson(file: OrganizationFile, email: string): Person | undefined {
  for (const key in file.users) {
    const entry = file.users[key];
    if (entry !== undefined && sameEmail(key, email)) return { email: key, entry };
  }
  return undefined;
}

/** Own properties only: `constructor` is a valid key (BU: keys). */
export function at<T>(entries: Record<string, T> | undefined, key: string): T | undefined {
  return entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : undefined;
}

/** Words: the superiors of a role are its ancestors, strictly (SH-20). */
export function isAncestorRole(file: OrganizationFile, upper: string, lower: string): boolean {
  const passed = new Set<string>();
  let role = at(file.roles, lower)?.parent;
  while (role !== undefined && !passed.has(role)) {
    if (role === upper) return true;
    passed.add(role);
    role = at(file.roles, role)?.parent;
  }
  return false;
}

/** SH-25: whoever stands above in the reports-to chain; nobody's status is asked, so inactive managers pass it on. */
export function isManager(file: OrganizationFile, upper: Person, lower: Person): boolean {
  const passed = new Set<string>();
  let email = lower.entry.reportsTo;
  while (email !== undefined && !passed.has(email.toLowerCase())) {
    if (sameEmail(email, upper.email)) return true;
    passed.add(email.toLowerCase());
    email = findPerson(file, email)?.entry.reportsTo;
  }
  return false;
}

/** SH-20 and SH-25: superior by the role tree, or by "reports to" when the organisation says REPORTING. */
export function isSuperior(file: OrganizationFile, upper: Person, lower: Person): boolean {
  if (file.organization.hierarchy === "REPORTING") return isManager(file, upper, lower);
  return isAncestorRole(file, upper.entry.role, lower.entry.role);
}

/** SH-31, SH-33, SH-40, SH-41: is this person in the party? Nested groups to any depth; nobody's status is asked. */
export function isIn(
  file: OrganizationFile,
  person: Person,
  party: RuleTarget,
  passedGroups: string[] = [],
): boolean {
  if (party === "everyone") return true;
  if ("user" in party) return sameEmail(party.user, person.email);
  if ("role" in party) return person.entry.role === party.role;
  if ("roleAndSubordinates" in party) {
    return (
      person.entry.role === party.roleAndSubordinates ||
      isAncestorRole(file, party.roleAndSubordinates, person.entry.role)
    );
  }
  if (passedGroups.includes(party.group)) return false;
  const members = at(file.groups, party.group)?.members ?? [];
  return members.some((member) => isIn(file, person, member, [...passedGroups, party.group]));
}

/** SH-35: is this person a superior of the target? `everyone` has none. */
export function isAboveTarget(file: OrganizationFile, person: Person, target: RuleTarget): boolean {
  if (target === "everyone") return false;
  if (file.organization.hierarchy === "REPORTING") return managesSomebodyIn(file, person, target);
  return standsAboveNamed(file, person, target, []);
}

/**
 * SH-25 on SH-35: the managers, all the way up, of the target's members; a role that nobody holds adds nobody.
 * A deleted user keeps its last role for the sake of its records only (UA-61): it is no member of a target.
 */
function managesSomebodyIn(file: OrganizationFile, person: Person, target: Member): boolean {
  for (const member of everyPerson(file)) {
    if (member.entry.status === "DELETED") continue;
    if (isIn(file, member, target) && isManager(file, person, member)) return true;
  }
  return false;
}

/** SH-35: the superiors of each role it names (also when nobody holds it), of each user it names, through nested groups. */
function standsAboveNamed(
  file: OrganizationFile,
  person: Person,
  target: Member,
  passedGroups: string[],
): boolean {
  if ("role" in target) return isAncestorRole(file, person.entry.role, target.role);
  if ("roleAndSubordinates" in target)
    return isAncestorRole(file, person.entry.role, target.roleAndSubordinates);
  if ("user" in target) {
    const named = findPerson(file, target.user);
    return named !== undefined && isAncestorRole(file, person.entry.role, named.entry.role);
  }
  if (passedGroups.includes(target.group)) return false;
  const members = at(file.groups, target.group)?.members ?? [];
  return members.some((member) => standsAboveNamed(file, person, member, [...passedGroups, target.group]));
}
