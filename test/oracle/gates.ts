import type { Action, OrganizationFile, Permission, Question } from "./file.ts";
import { holds } from "./holds.ts";
import { at, findPerson, type Person, sameEmail } from "./people.ts";
import { isAgent, isSupportLive } from "./support.ts";

/** The key that is built in: an organisation module without a default (SH-09). */
export const FORECASTS = "forecasts";

export function isTeamModule(file: OrganizationFile, module: string): boolean {
  return at(file.modules, module)?.kind === "TEAM";
}

function isOrganizationModule(file: OrganizationFile, module: string): boolean {
  if (module === FORECASTS) return true;
  const entry = at(file.modules, module);
  return entry !== undefined && entry.kind !== "TEAM";
}

/** Gates only narrow: status, licence, CRM application, profile permission, denials. */
export function mayInGates(file: OrganizationFile, question: Question): boolean {
  const { user, module, action, now } = question;
  if (!isTeamModule(file, module) && !isOrganizationModule(file, module)) return false;
  if (isAgent(file, user)) return isSupportLive(file, now) && isDeleteUndenied(file, question);
  const person = findPerson(file, user);
  if (person === undefined) return false;
  return (
    isActive(person) &&
    hasCrm(person) &&
    (isTeamModule(file, module)
      ? isAdmittedToTeamModule(file, person, question)
      : isLicensed(file, person, module, action) && isInProfile(file, person, module, action))
  );
}

/** UA-50: only an active user may sign in at all. */
function isActive(person: Person): boolean {
  return (person.entry.status ?? "ACTIVE") === "ACTIVE";
}

/** UA-04: without an enabled CRM assignment a user has no record access; the file's default is CRM (BU). */
export function hasCrm(person: Pick<Person, "entry">): boolean {
  const { applications = ["CRM"] } = person.entry;
  if (Array.isArray(applications)) return applications.includes("CRM");
  const crm = applications["CRM"];
  return crm !== undefined && crm.enabled !== false;
}

/** SA-08: deleting is denied by a support grant with the extra denial `RECORD_DELETE`. */
function isDeleteUndenied(file: OrganizationFile, { user, action, now }: Question): boolean {
  return action !== "DELETE" || holds(file, user, "RECORD_DELETE", now);
}

/** TU-11, TU-12: in organisation modules a team user reads, in the modules that are opened, and does nothing else. */
function isLicensed(file: OrganizationFile, person: Person, module: string, action: Action): boolean {
  if (person.entry.license !== "TEAM") return true;
  return action === "READ" && (file.teamUserModules ?? []).includes(module);
}

/** BU: without `VIEW` the other permissions of a module count for nothing. */
function isInProfile(file: OrganizationFile, person: Person, module: string, action: Action): boolean {
  if (sameEmail(file.organization.superAdmin, person.email)) return true;
  if (person.entry.license === "TEAM") return true;
  const profile = person.entry.profile ?? "standard";
  return (
    isPermitted(file, profile, module, "VIEW") && isPermitted(file, profile, module, permissionFor(action))
  );
}

/** BU: `administrator` everything; `standard` everything unless the module is listed; a custom profile what it lists. */
function isPermitted(
  file: OrganizationFile,
  profile: string,
  module: string,
  permission: Permission,
): boolean {
  if (profile === "administrator") return true;
  const listed = at(at(file.profiles, profile)?.modules, module);
  if (listed !== undefined) return listed.includes(permission);
  return profile === "standard";
}

function permissionFor(action: Action): Permission {
  switch (action) {
    case "READ":
      return "VIEW";
    case "UPDATE":
      return "EDIT";
    case "DELETE":
      return "DELETE";
    case "SHARE":
      return "SHARE";
    case "CHANGE_OWNER":
      return "CHANGE_OWNER";
  }
}

/** TU-21: no member, no access; holders of `VIEW_ALL_DATA` (to read) and `MODIFY_ALL_DATA` (for all) excepted. */
function isAdmittedToTeamModule(
  file: OrganizationFile,
  person: Person,
  { module, action, now }: Question,
): boolean {
  if (holds(file, person.email, "MODIFY_ALL_DATA", now)) return true;
  if (action === "READ" && holds(file, person.email, "VIEW_ALL_DATA", now)) return true;
  return at(person.entry.teamModules, module) !== undefined;
}
