import { CRM } from "../../../policy/model/application.ts";
import { isSystemProfile, SYSTEM_PROFILES } from "../../../policy/model/org.ts";
import { compileForest, findCycle } from "../../../policy/model/tree.ts";
import { hasTeamUsers, isWorking } from "../../../policy/rights/seats.ts";
import { type Faults, shown, unknownName } from "../../reading/faults.ts";
import { cyclesOf, cycleText } from "../../terms/cycles.ts";
import { hasModule, hasRole, hasUser, moduleKind, userPath } from "../../terms/references.ts";
import { tombstoneNamed } from "../../terms/tombstone.ts";
import type { Draft } from "../section.ts";
import { checkAssignments } from "./assignments.ts";
import type { FileUser } from "./index.ts";

/** What a user refers to exists and fits the licence; "reports to" goes up the role tree. */
export function checkUsers(draft: Draft, faults: Faults): void {
  const isAbove = rolesAbove(draft);
  for (const [email, user] of draft.users.entries) {
    checkRole(draft, faults, email, user);
    checkProfile(draft, faults, email, user);
    checkReporting(draft, faults, isAbove, email, user);
    checkTeamRoles(draft, faults, email, user);
    checkAdministrator(draft, faults, email, user);
    checkAccepted(draft, faults, email, user);
    checkAssignments(draft, faults, email, user);
    checkTombstone(draft, faults, email, user);
  }
  checkFormerAddresses(draft, faults);
  const managers = (email: string) => {
    const manager = draft.users.entries.get(email)?.reportsTo ?? null;
    return manager === null ? [] : [manager];
  };
  for (const cycle of cyclesOf(draft.users.entries.keys(), managers)) {
    faults.add(userPath(draft, cycle.at(-1) ?? "", "reportsTo"), {
      message: `a user above themselves: ${cycleText(cycle)}`,
      expected: "a manager who does not report to the user",
      requirement: "SH-25",
    });
  }
}

/** UA-63: a person had another address before, which nobody else has now or had. */
function checkFormerAddresses(draft: Draft, faults: Faults): void {
  const holders = new Map<string, string>();
  for (const [email, { formerly }] of draft.users.entries) {
    if (formerly === null) continue;
    const path = userPath(draft, email, "formerly");
    const twin = holders.get(formerly);
    const expected = "the address that this person alone had, and nobody in the file has";
    const conflict = { expected, code: "CONFLICT", requirement: "UA-63" } as const;
    if (draft.users.entries.has(formerly))
      faults.add(path, { message: `${formerly} is an address in this file`, ...conflict });
    else if (twin !== undefined)
      faults.add(path, { message: `${formerly} is the former address of ${twin} too`, ...conflict });
    holders.set(formerly, email);
  }
}

function checkRole(draft: Draft, faults: Faults, email: string, user: FileUser): void {
  if (user.role !== null) {
    hasRole(draft, faults, userPath(draft, email, "role"), user.role);
  } else if (user.applications.get(CRM)?.isEnabled) {
    faults.add(userPath(draft, email), {
      message: '"role" is missing',
      expected: "a role, which CRM requires",
      part: "KEY",
      requirement: "UA-30",
    });
  }
}

function checkProfile(draft: Draft, faults: Faults, email: string, user: FileUser): void {
  const path = userPath(draft, email, "profile");
  // Without one somebody holds nothing, which no gate has anything against.
  if (user.profile === null) return;
  const isSystem = isSystemProfile(user.profile);
  if (!isSystem && !draft.profiles.keys.has(user.profile)) {
    const known = new Set([...Object.keys(SYSTEM_PROFILES), ...draft.profiles.keys]);
    faults.add(path, unknownName("profile", user.profile, known));
  } else if (user.license === "REGULAR" && user.profile === "team-user") {
    faults.add(path, {
      message: "the profile team-user is for team users",
      expected: "another profile, or license: TEAM",
      requirement: "TU-07",
    });
  } else if (user.license === "TEAM" && user.profile !== "team-user" && !keepsCopy(draft, user, isSystem)) {
    faults.add(path, {
      message: "every team user has the profile team-user",
      expected: "no profile",
      requirement: "TU-07",
    });
  }
}

/** The one exception to TU-07: team users made inactive by a change of edition keep a copy of their profile (TU-05). */
function keepsCopy(draft: Draft, user: FileUser, isSystem: boolean): boolean {
  return (
    !isSystem && !isWorking(user) && draft.organization !== null && !hasTeamUsers(draft.organization.edition)
  );
}

function checkReporting(
  draft: Draft,
  faults: Faults,
  isAbove: ReturnType<typeof rolesAbove>,
  email: string,
  user: FileUser,
): void {
  if (user.reportsTo === null) return;
  const path = userPath(draft, email, "reportsTo");
  if (!hasUser(draft, faults, path, user.reportsTo)) return;
  const manager = draft.users.entries.get(user.reportsTo);
  if (manager === undefined || user.role === null || manager.role === null) return;
  if (isAbove(manager.role, user.role)) return;
  faults.add(path, {
    message: `${shown(manager.role)}, the role of ${user.reportsTo}, is not above ${shown(user.role)}`,
    expected:
      "a manager in a role above the user's; else no reportsTo, or a role for the user below the manager's",
    requirement: "SH-25",
  });
}

/**
 * Whether a role is strictly above another. True when a role on the way is malformed or missing, or under itself: that is
 * a fault of its own.
 */
function rolesAbove({ roles }: Draft): (above: string, below: string) => boolean {
  const parents = new Map([...roles.entries].map(([key, { parent }]) => [key, parent]));
  const missing = new Set([...parents.values()].filter((key) => key !== null && !parents.has(key)));
  for (const key of missing) if (key !== null) parents.set(key, null);
  if (findCycle(parents) !== null) return () => true;
  const tree = compileForest(parents);
  const unknown = new Set([...missing].flatMap((key) => (key === null ? [] : tree.descendants(key))));
  return (above, below) => unknown.has(below) || !parents.has(below) || tree.isAbove(above, below);
}

function checkTeamRoles(draft: Draft, faults: Faults, email: string, user: FileUser): void {
  for (const module of user.teamRoles.keys()) {
    const path = userPath(draft, email, "teamModules", module);
    if (!hasModule(draft, faults, path, module) || moduleKind(draft, module) !== "ORGANIZATION") continue;
    faults.add(path, {
      message: `${shown(module)} is an organisation module`,
      expected: "a module of kind TEAM",
      part: "KEY",
      requirement: "TU-20",
    });
  }
}

function checkAdministrator(draft: Draft, faults: Faults, email: string, user: FileUser): void {
  if (!user.isAdministrator) return;
  const path = userPath(draft, email, "administrator");
  if (user.license === "TEAM") {
    faults.add(path, {
      message: "a team user administers nothing",
      expected: "false",
      requirement: "TU-12p",
    });
  } else if (user.status === "PENDING" || user.status === "DELETED") {
    faults.add(path, {
      message: `a user who is ${user.status} is no administrator`,
      expected: "an active user",
      requirement: "UA-51",
    });
  }
}

function checkAccepted(draft: Draft, faults: Faults, email: string, { status, accepted }: FileUser): void {
  if (accepted === null || status === "INACTIVE") return;
  faults.add(userPath(draft, email, "accepted"), {
    message: `a user who is ${status} has ${status === "PENDING" ? "not accepted, and needs no word of it" : "no invitation"}`,
    expected: "an inactive user",
    requirement: "UA-43",
  });
}

function checkTombstone(draft: Draft, faults: Faults, email: string, { status }: FileUser): void {
  if (tombstoneNamed(email) === null || status === "DELETED") return;
  faults.add(userPath(draft, email, "status"), {
    message: `${shown(email)} names somebody who was deleted for good`,
    expected: "DELETED, or an address of a new user",
    requirement: "UA-61",
  });
}
