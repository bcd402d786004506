import type {
  Member,
  OrganizationFile,
  Permission,
  ProfileEntry,
  RoleEntry,
  TeamRole,
  UserEntry,
} from "../oracle/file.ts";
import { isAncestorRole } from "../oracle/people.ts";
import type { Dice } from "./dice.ts";
import { spelled } from "./values.ts";

/** Keys that are valid and trip code which looks a key up in a plain object, or ignores case. */
export const HOSTILE_KEYS = ["constructor", "toString", "valueOf", "hasOwnProperty"];

/** 3 to 12 roles with one to three roots; some share with their peers. */
export function randomRoles(dice: Dice): Record<string, RoleEntry> {
  const roles: Record<string, RoleEntry> = {};
  const keys: string[] = [];
  const size = dice.between(3, 12);
  const roots = dice.between(1, Math.min(3, size - 1));
  for (let index = 0; index < size; index++) {
    const key = index === 2 && dice.chance(0.1) ? dice.pick(HOSTILE_KEYS) : `role-${index}`;
    const role: RoleEntry = { name: `Role ${index}` };
    if (index >= roots) role.parent = dice.chance(0.5) ? dice.pick(keys.slice(-3)) : dice.pick(keys);
    if (dice.chance(0.35)) role.shareDataWithPeers = true;
    else if (dice.chance(0.2)) role.shareDataWithPeers = false;
    roles[key] = role;
    keys.push(key);
  }
  return roles;
}

const PERMISSIONS: readonly Permission[] = [
  ...(["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER"] as const),
  ...(["IMPORT", "EXPORT", "MASS_UPDATE", "MASS_DELETE"] as const),
];

/** Each permission of a module with its own probability: `VIEW` mostly, as the others are nothing without it. */
function randomPermissions(dice: Dice, view: number, others: number): Permission[] {
  return PERMISSIONS.filter((permission) => dice.chance(permission === "VIEW" ? view : others));
}

function permissionsFor(dice: Dice, modules: string[], listed: number, view: number, others: number) {
  const entries: Record<string, Permission[]> = {};
  for (const module of modules)
    if (dice.chance(listed)) entries[module] = randomPermissions(dice, view, others);
  return entries;
}

/** `standard` adjusted or not, and four profiles of one's own: seeing all, changing all, ordinary, narrow. */
export function randomProfiles(dice: Dice, modules: string[]): Record<string, ProfileEntry> {
  const profiles: Record<string, ProfileEntry> = {
    auditor: {
      name: "Auditor",
      modules: permissionsFor(dice, modules, 0.8, 0.9, 0.6),
      capabilities: ["VIEW_ALL_DATA", ...dice.sample(["EXPORT_DATA", "VIEW_AUDIT_LOG"], 1)],
    },
    powerful: {
      name: "Powerful",
      modules: permissionsFor(dice, modules, 0.85, 0.9, 0.7),
      capabilities: dice.pick([["MODIFY_ALL_DATA"], ["VIEW_ALL_DATA", "MODIFY_ALL_DATA"]]),
    },
    ordinary: {
      name: "Ordinary",
      modules: permissionsFor(dice, modules, 0.95, 0.97, 0.85),
      capabilities: dice.sample(["SEND_EMAIL", "MANAGE_DATA_SHARING", "MANAGE_USERS"], dice.between(0, 2)),
    },
    narrow: { name: "Narrow", modules: permissionsFor(dice, modules, 0.7, 0.6, 0.5), capabilities: [] },
  };
  if (dice.chance(0.5)) {
    profiles.standard = {};
    if (dice.chance(0.8)) profiles.standard.modules = permissionsFor(dice, modules, 0.4, 0.75, 0.6);
    if (dice.chance(0.3)) {
      profiles.standard.capabilities = dice.sample(
        ["SEND_EMAIL", "VIEW_ALL_DATA", "RUN_MACRO"],
        dice.between(0, 2),
      );
    }
    if (Object.keys(profiles.standard).length === 0) delete profiles.standard;
  }
  return profiles;
}

const TEAM_ROLES: readonly TeamRole[] = ["ADMIN", "MANAGER", "MEMBER", "PARTICIPANT", "REQUESTER"];

/** 8 to 25 users; the first is the super administrator, active and regular. */
export function randomUsers(dice: Dice, roles: string[], teamModules: string[]): Record<string, UserEntry> {
  const root: UserEntry = {
    name: "Root",
    role: dice.pick(roles),
    profile: dice.pick(["administrator", "administrator", "narrow"]),
  };
  if (dice.chance(0.05)) root.applications = [];
  const users: Record<string, UserEntry> = { "root@acme.test": root };
  const size = dice.between(7, 24);
  for (let index = 0; index < size; index++) {
    const [email, user] =
      dice.chance(0.2) && index > 2 ? teamUser(dice, index, roles) : regularUser(dice, index, roles);
    users[email] = user;
    if (user.status === "DELETED") continue;
    const applications = dice.weighted([
      [8, undefined],
      [0.3, []],
      [0.6, []],
      [1, ["CRM"]],
    ] as const);
    if (applications !== undefined) user.applications = [...applications];
    for (const module of teamModules) {
      if (dice.chance(user.license === "TEAM" ? 0.8 : 0.35)) {
        user.teamModules = { ...user.teamModules, [module]: dice.pick(TEAM_ROLES) };
      }
    }
  }
  return users;
}

function regularUser(dice: Dice, index: number, roles: string[]): [string, UserEntry] {
  const user: UserEntry = { name: `User ${index}`, role: dice.pick(roles) };
  const profile = dice.weighted([
    ...([
      [9, undefined],
      [1, "standard"],
      [1, "administrator"],
      [1.5, "auditor"],
      [1.5, "powerful"],
    ] as const),
    ...([
      [5, "ordinary"],
      [3, "narrow"],
    ] as const),
  ]);
  if (profile !== undefined) user.profile = profile;
  if (index > 1) {
    const status = dice.weighted([
      [10, undefined],
      [1, "ACTIVE"],
      [1, "PENDING"],
      [2.5, "INACTIVE"],
      [1, "DELETED"],
    ] as const);
    if (status !== undefined) user.status = status;
  }
  if (dice.chance(0.1) && (user.status ?? "ACTIVE") === "ACTIVE") user.administrator = true;
  return [dice.chance(0.05) ? `User-${index}@Acme.test` : `user-${index}@acme.test`, user];
}

function teamUser(dice: Dice, index: number, roles: string[]): [string, UserEntry] {
  const user: UserEntry = { name: `Team ${index}`, role: dice.pick(roles), license: "TEAM" };
  const status = dice.weighted([
    [8, undefined],
    [1, "INACTIVE"],
    [1, "PENDING"],
    [0.5, "DELETED"],
  ] as const);
  if (status !== undefined) user.status = status;
  return [`team-${index}@acme.test`, user];
}

/** SH-25: a manager's role is a strict ancestor of the user's role, so no cycle can be. No deleted user is a manager. */
export function setManagers(dice: Dice, file: OrganizationFile): void {
  const likelihood = file.organization.hierarchy === "REPORTING" ? 0.85 : 0.25;
  for (const user of Object.values(file.users)) {
    const candidates = livingUsers(file).filter((email) =>
      isAncestorRole(file, roleOf(file, email), user.role),
    );
    if (candidates.length > 0 && dice.chance(likelihood))
      user.reportsTo = spelled(dice, dice.pick(candidates));
  }
}

/** SH-22: now and then one of the users of the very role. */
export function setForecastManagers(dice: Dice, file: OrganizationFile): void {
  for (const [key, role] of Object.entries(file.roles)) {
    const holders = livingUsers(file).filter((email) => roleOf(file, email) === key);
    if (holders.length > 0 && dice.chance(0.5)) role.forecastManager = spelled(dice, dice.pick(holders));
  }
}

/** Up to six groups; a group contains only later ones, so no cycle can be. Some are empty. */
export function setGroups(dice: Dice, file: OrganizationFile): void {
  const size = dice.between(2, 6);
  const keys = Array.from({ length: size }, (_, index) =>
    index === 1 && dice.chance(0.1) ? "toString" : `group-${index}`,
  );
  file.groups = {};
  for (const [index, key] of keys.entries()) {
    const members = Array.from({ length: dice.between(0, 4) }, () =>
      randomMember(dice, file, keys.slice(index + 1)),
    );
    file.groups[key] = { name: `Group ${index}`, members: withoutTwins(members) };
  }
}

/** A user who is not deleted, a role, a role and its subordinates, or one of these groups. */
export function randomMember(dice: Dice, file: OrganizationFile, groups: string[]): Member {
  const kind = dice.pick(
    groups.length > 0 ? ["user", "role", "subtree", "group"] : ["user", "role", "subtree"],
  );
  if (kind === "user") return { user: spelled(dice, dice.pick(livingUsers(file))) };
  if (kind === "role") return { role: dice.pick(Object.keys(file.roles)) };
  if (kind === "subtree") return { roleAndSubordinates: dice.pick(Object.keys(file.roles)) };
  return { group: dice.pick(groups) };
}

function withoutTwins(members: Member[]): Member[] {
  const seen = new Map(members.map((member) => [partyKey(member), member]));
  return [...seen.values()];
}

/** The same for two spellings of one party. */
export function partyKey(party: "everyone" | Member): string {
  return party !== "everyone" && "user" in party ? `user ${party.user.toLowerCase()}` : JSON.stringify(party);
}

/** All but the tombstones. */
export function livingUsers(file: OrganizationFile): string[] {
  return Object.keys(file.users).filter((email) => file.users[email]?.status !== "DELETED");
}

function roleOf(file: OrganizationFile, email: string): string {
  return file.users[email]?.role ?? "";
}
