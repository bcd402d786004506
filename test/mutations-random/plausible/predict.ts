import type { Action, OrganizationFile, Permission, ShareLevel } from "../../oracle/file.ts";
import { hasCrm, isTeamModule } from "../../oracle/gates.ts";
import { holds, may } from "../../oracle/oracle.ts";
import { at, findPerson, sameEmail } from "../../oracle/people.ts";
import { isAgent, isSupportLive } from "../../oracle/support.ts";
import type { Dice } from "../../random/dice.ts";
import { addressOf, type Facts, moduleKeyOf, peopleOf, type RecordRow } from "../facts.ts";
import type { Outcome } from "../step.ts";

/** Whether the oracle lets a user do something with a record now. */
export function mayOn({ rows, file, now }: Facts, user: string, action: Action, record: RecordRow): boolean {
  return may(file, { user, action, module: moduleKeyOf(rows, record), recordKey: record.key, now });
}

/** Whether the user may sign in at all. */
export function mayAsk({ file, now }: Facts, email: string): boolean {
  if (isAgent(file, email)) return isSupportLive(file, now);
  return (findPerson(file, email)?.entry.status ?? "ACTIVE") === "ACTIVE";
}

/**
 * Whether a user may do something in a module that is no action on one record, by the text of the specification:
 * profiles (BU), TU-12 and TU-21, SA-08.
 */
export function permits(facts: Facts, email: string, module: string, permission: Permission): boolean {
  const { file } = facts;
  if (!mayAsk(facts, email)) return false;
  if (isAgent(file, email)) {
    if (permission === "IMPORT" || permission === "EXPORT") return false;
    return !isTeamModule(file, module) || isAdmittedAnyway(facts, email, permission);
  }
  const person = findPerson(file, email);
  if (person === undefined || !hasCrm(person)) return false;
  if (isTeamModule(file, module)) {
    if (isAdmittedAnyway(facts, email, permission)) return true;
    return teamRolePermits(at(person.entry.teamModules, module), permission);
  }
  if (person.entry.license === "TEAM") return false;
  if (sameEmail(file.organization.superAdmin, email)) return true;
  const profile = person.entry.profile ?? "standard";
  return profilePermits(file, profile, module, "VIEW") && profilePermits(file, profile, module, permission);
}

/** TU-21: who needs no membership of a team module. */
function isAdmittedAnyway({ file, now }: Facts, email: string, permission: Permission): boolean {
  if (holds(file, email, "MODIFY_ALL_DATA", now)) return true;
  return permission === "VIEW" && holds(file, email, "VIEW_ALL_DATA", now);
}

function profilePermits(
  file: OrganizationFile,
  key: string,
  module: string,
  permission: Permission,
): boolean {
  if (key === "administrator") return true;
  const listed = at(at(file.profiles, key)?.modules, module);
  return listed === undefined ? key === "standard" : listed.includes(permission);
}

function teamRolePermits(role: string | undefined, permission: Permission): boolean {
  if (role === undefined) return false;
  switch (permission) {
    case "VIEW":
    case "CREATE":
    case "EDIT":
      return true;
    case "DELETE":
    case "SHARE":
    case "CHANGE_OWNER":
    case "MASS_UPDATE":
    case "MASS_DELETE":
      return ["ADMIN", "MANAGER", "MEMBER"].includes(role);
    case "IMPORT":
    case "EXPORT":
      return ["ADMIN", "MANAGER"].includes(role);
  }
}

/** TU-33: may this user be made the owner of records of the module? */
export function isEligible(facts: Facts, email: string, module: string): boolean {
  const { file } = facts;
  if (isAgent(file, email)) return isSupportLive(file, facts.now);
  const person = findPerson(file, email);
  if (person === undefined || !mayAsk(facts, email)) return false;
  if (!hasCrm(person)) return false;
  if (isTeamModule(file, module)) return at(person.entry.teamModules, module) !== undefined;
  return person.entry.license !== "TEAM" && permits(facts, email, module, "VIEW");
}

/** AP-04: in this order, whatever is not so. The first that fails decides; null holds. */
export function firstOf(...refusals: readonly (Outcome | null)[]): readonly Outcome[] {
  return [refusals.find((refusal) => refusal !== null) ?? "DONE"];
}

/** The refusal when something does not hold. */
export function unless(isSo: boolean, refusal: Outcome): Outcome | null {
  return isSo ? null : refusal;
}

/** Somebody who may sign in; as often as said, one for whom the claim holds, when there is one. */
export function somebody(
  facts: Facts,
  dice: Dice,
  holdsFor: (email: string) => boolean = () => true,
  often = 0.7,
): string {
  const people = peopleOf(facts).filter((email) => mayAsk(facts, email));
  const fitting = people.filter(holdsFor);
  return dice.pick(fitting.length > 0 && dice.chance(often) ? fitting : people);
}

/** Somebody, mostly a holder of the capability. */
export function somebodyWith(facts: Facts, dice: Dice, capability: string): string {
  return somebody(facts, dice, (email) => holds(facts.file, email, capability, facts.now), 0.85);
}

/** Somebody and a record; mostly one on which that user has the action, otherwise any that is read, or any at all. */
export function somebodyAndRecord(
  facts: Facts,
  dice: Dice,
  action: Action,
): { readonly as: string; readonly record: RecordRow } | null {
  if (facts.rows.records.length === 0) return null;
  const wanted = dice.weighted([
    [6, action],
    [2, "READ"],
    [1, null],
  ] as const);
  for (let attempt = 0; attempt < 40; attempt++) {
    const as = somebody(facts, dice);
    const record = dice.pick(facts.rows.records);
    if (wanted === null || mayOn(facts, as, wanted, record)) return { as, record };
  }
  return null;
}

/** Every regular user and team user by address, whatever the status. */
export function members(facts: Facts): readonly string[] {
  return facts.rows.users.filter(({ license }) => license !== "SUPPORT").map(addressOf);
}

/** SH-41: what a share of the level gives. */
export function actionsOf(level: ShareLevel): readonly Action[] {
  switch (level) {
    case "READ_ONLY":
      return ["READ"];
    case "READ_WRITE":
      return ["READ", "UPDATE"];
    case "FULL":
      return ["READ", "UPDATE", "DELETE", "SHARE", "CHANGE_OWNER"];
  }
}
