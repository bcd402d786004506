import {
  CAPABILITIES,
  DENIED_TO_AGENT,
  HELD_BY_STANDARD,
  HELD_BY_TEAM_USER,
  NEED_NOT_BE_LISTED,
} from "./capabilities.ts";
import type { OrganizationFile, UserEntry } from "./file.ts";
import { isTeamModule } from "./gates.ts";
import { at, findPerson, sameEmail } from "./people.ts";
import { isAgent, isSupportLive } from "./support.ts";

/**
 * Has this user the capability at this instant (CA-02, SA-07, UA-03, SH-60)?
 *
 * @throws for a name that is not in the catalogue (CA-03).
 */
export function holds(file: OrganizationFile, email: string, capability: string, now: number): boolean {
  if (!CAPABILITIES.includes(capability)) throw new Error(`unknown capability: ${capability}`);
  if (isAgent(file, email)) return agentHolds(file, capability, now);
  const person = findPerson(file, email);
  if (person === undefined || (person.entry.status ?? "ACTIVE") !== "ACTIVE") return false;
  if (sameEmail(file.organization.superAdmin, email)) return true;
  if (person.entry.license === "TEAM") return teamUserHolds(file, person.entry, capability);
  if (person.entry.administrator === true && isOfSuiteAdministrators(capability)) return true;
  if (capability === "RECORD_DELETE") return mayDeleteSomewhere(file, person.entry);
  if (NEED_NOT_BE_LISTED.includes(capability)) return true;
  return profileHolds(file, person.entry.profile ?? "standard", capability);
}

/** SA-07: an administrator's rights less the denials, D01 to D32 and those of the grant, while the grant is live. */
function agentHolds(file: OrganizationFile, capability: string, now: number): boolean {
  if (!isSupportLive(file, now)) return false;
  if (file.supportAccess?.extraDenials?.includes(capability) === true) return false;
  return !DENIED_TO_AGENT.includes(capability);
}

/** "team modules": deleting, sending and exporting are held by who may do so in a team module as a member (TU-21). */
function teamUserHolds(file: OrganizationFile, entry: UserEntry, capability: string): boolean {
  if (!HELD_BY_TEAM_USER.includes(capability)) return false;
  const roles = Object.entries(entry.teamModules ?? {})
    .filter(([module]) => isTeamModule(file, module))
    .map(([, role]) => role);
  if (capability === "SEND_EMAIL") return roles.some((role) => ["ADMIN", "MANAGER", "MEMBER"].includes(role));
  if (["MASS_EMAIL", "MAIL_MERGE", "EXPORT_DATA"].includes(capability))
    return roles.some((role) => ["ADMIN", "MANAGER"].includes(role));
  if (capability === "RECORD_DELETE")
    return roles.some((role) => ["ADMIN", "MANAGER", "MEMBER"].includes(role));
  return true;
}

/** "by the module's DELETE": there is a module in which the profile, or a team role, lets this user delete. */
function mayDeleteSomewhere(file: OrganizationFile, entry: UserEntry): boolean {
  const key = entry.profile ?? "standard";
  if (key === "administrator") return true;
  const modules = [...Object.keys(file.modules ?? {}), "forecasts"];
  return modules.some((module) => {
    const role = at(entry.teamModules, module);
    if (isTeamModule(file, module))
      return role !== undefined && ["ADMIN", "MANAGER", "MEMBER"].includes(role);
    const listed = at(at(file.profiles, key)?.modules, module);
    if (listed === undefined) return key === "standard";
    return listed.includes("VIEW") && listed.includes("DELETE");
  });
}

/** UA-03: the flag gives these two. */
function isOfSuiteAdministrators(capability: string): boolean {
  return capability === "MANAGE_USERS" || capability === "MANAGE_ADMIN_PERMISSIONS";
}

/** CA-02: `administrator` holds all; a list replaces; a custom profile has exactly what it lists. */
function profileHolds(file: OrganizationFile, key: string, capability: string): boolean {
  if (key === "administrator") return true;
  const listed = at(file.profiles, key)?.capabilities;
  if (listed !== undefined) return listed.includes(capability);
  return key === "standard" && HELD_BY_STANDARD.includes(capability);
}
