import {
  CAPABILITIES,
  DENIED_TO_AGENT,
  HELD_BY_STANDARD,
  HELD_BY_TEAM_USER,
  NEED_NOT_BE_LISTED,
} from "./capabilities.ts";
import type { OrganizationFile } from "./file.ts";
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
  if (person.entry.license === "TEAM") return HELD_BY_TEAM_USER.includes(capability);
  if (person.entry.administrator === true && isOfSuiteAdministrators(capability)) return true;
  if (NEED_NOT_BE_LISTED.includes(capability)) return true;
  return profileHolds(file, person.entry.profile ?? "standard", capability);
}

/** SA-07: an administrator's rights less the denials, D01 to D32 and those of the grant, while the grant is live. */
function agentHolds(file: OrganizationFile, capability: string, now: number): boolean {
  if (!isSupportLive(file, now)) return false;
  if (file.supportAccess?.extraDenials?.includes(capability) === true) return false;
  return !DENIED_TO_AGENT.includes(capability);
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
