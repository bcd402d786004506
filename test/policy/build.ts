import { asId, type UserId } from "../../src/kernel/id.ts";
import { FOREVER, type Instant, NEVER } from "../../src/kernel/instant.ts";
import { abilityFrom, may, type RecordAbility, reachesOf } from "../../src/policy/ask/ability.ts";
import { type GrantRow, type JudgedRecord, judgedRecord } from "../../src/policy/ask/reach.ts";
import type { Capability } from "../../src/policy/capability.ts";
import { type Application, FIRST_APPLICATIONS } from "../../src/policy/model/application.ts";
import {
  type Action,
  type Field,
  type Group,
  isSystemProfile,
  type Module,
  type Org,
  type Party,
  type Permission,
  type Profile,
  type Role,
  type RuleLevel,
  type ShareLevel,
  type SharingRule,
  SYSTEM_PROFILES,
  type TeamRole,
  type User,
} from "../../src/policy/model/org.ts";
import { compile, type Policy, type Question, questionsOf } from "../../src/policy/model/policy.ts";

/** The instant at which the tests look. */
export const NOW: Instant = Date.parse("2026-12-01T12:00:00Z");

/** `everyone`, `user:ray`, `role:rep`, `tree:head` (a role and its subordinates) or `group:emea`. */
export type PartyText = "everyone" | `${"user" | "role" | "tree" | "group"}:${string}`;

/** An organisation in few words; every noun's id is its key. What is not said is as in a new organisation. */
export type Rows = {
  readonly hierarchy?: Org["hierarchy"];
  /** Each role with its parent, or with more. */
  readonly roles?: {
    readonly [key: string]:
      | string
      | null
      | { readonly parent?: string; readonly peers?: boolean; readonly forecastManager?: string };
  };
  readonly profiles?: {
    readonly [key: string]: {
      readonly kind?: Profile["kind"];
      readonly capabilities?: readonly Capability[];
      readonly modules?: { readonly [key: string]: readonly Permission[] };
    };
  };
  /** Each user with its role, or with more. `root`, the super administrator, has no role and is the first of all. */
  readonly users?: { readonly [key: string]: string | UserRow };
  readonly groups?: { readonly [key: string]: readonly PartyText[] };
  /** Each module with its default, `TEAM` for a team module, or with more. */
  readonly modules?: {
    readonly [key: string]: Module["defaultAccess"] | "TEAM" | Partial<Omit<Module, "id" | "key">>;
  };
  /** The catalogue that every organisation begins with, unless said otherwise. */
  readonly applications?: readonly Application[];
  readonly rules?: { readonly [key: string]: RuleRow };
  readonly supportGrants?: readonly {
    readonly agent: string;
    readonly from: Instant;
    readonly until: Instant;
    readonly revokedAt?: Instant;
    readonly denials?: readonly Capability[];
  }[];
};

export type UserRow = {
  readonly role?: string;
  readonly profile?: string;
  readonly reportsTo?: string;
  readonly team?: { readonly [module: string]: TeamRole };
} & Partial<
  Pick<
    User,
    | "seq"
    | "status"
    | "license"
    | "isAdministrator"
    | "neverAccepted"
    | "isPathBehind"
    | "applications"
    | "seatlessApplications"
  >
>;

export type RuleRow = {
  readonly module?: string;
  readonly from?: PartyText;
  readonly to: PartyText;
  readonly level?: RuleLevel;
  readonly superiors?: boolean;
} & Partial<Pick<SharingRule, "criteria" | "status" | "expiresAt" | "generation">>;

/** What every organisation begins with; nobody is named for any of them. */
export const CATALOGUE: readonly Application[] = [...FIRST_APPLICATIONS].map(([key, settings]) => ({
  id: asId(key),
  key,
  ...settings,
  administrators: new Set(),
}));

/** The rows of a snapshot. */
export function orgOf(rows: Rows): Org {
  const users = Object.entries({ root: { profile: "administrator" }, ...rows.users });
  return {
    id: asId("acme"),
    key: "acme",
    name: "Acme",
    timeZone: "UTC",
    edition: "ENTERPRISE",
    hierarchy: rows.hierarchy ?? "ROLE",
    superAdminId: asId("root"),
    version: 1,
    roles: Object.entries(rows.roles ?? {}).map(([key, row]) => roleOf(key, row)),
    profiles: Object.entries({ administrator: {}, standard: {}, "team-user": {}, ...rows.profiles }).map(
      ([key, row]) => profileOf(key, row),
    ),
    users: users.map(([key, row], seq) => userOf(key, seq, typeof row === "string" ? { role: row } : row)),
    groups: Object.entries(rows.groups ?? {}).map(
      ([key, members]): Group => ({ id: asId(key), key, name: titled(key), members: members.map(partyOf) }),
    ),
    applications: rows.applications ?? CATALOGUE,
    modules: Object.entries(rows.modules ?? { leads: "PRIVATE" }).map(([key, row]) => moduleOf(key, row)),
    rules: Object.entries(rows.rules ?? {}).map(([key, row]) => ruleOf(key, row)),
    supportGrants: (rows.supportGrants ?? []).map(({ agent, from, until, revokedAt, denials }, at) => ({
      id: asId(`grant-${at}`),
      agentId: asId(agent),
      grantedAt: from,
      expiresAt: until,
      revokedAt: revokedAt ?? null,
      extraDenials: denials ?? [],
    })),
  };
}

export function policyOf(rows: Rows): Policy {
  return compile(orgOf(rows));
}

export function partyOf(text: PartyText): Party {
  const [kind, key = ""] = text.split(":");
  switch (kind) {
    case "user":
      return { kind: "USER", userId: asId(key) };
    case "role":
      return { kind: "ROLE", roleId: asId(key) };
    case "tree":
      return { kind: "ROLE_AND_SUBORDINATES", roleId: asId(key) };
    case "group":
      return { kind: "GROUP", groupId: asId(key) };
    case "everyone":
      return { kind: "EVERYONE" };
    default:
      throw new Error(`no party: ${text}`);
  }
}

/** The question of a user about a module. */
export function ask(
  policy: Policy,
  user: string,
  action: Action = "READ",
  module = "leads",
  now = NOW,
): Question {
  const asked = policy.modules.get(asId(module));
  if (!asked) throw new Error(`no module ${module}`);
  return questionsOf(policy, userIn(policy, user), now)(asked, action);
}

export function abilityOf(policy: Policy, user: string, now = NOW): RecordAbility {
  return abilityFrom(reachesOf(policy, userIn(policy, user), now), now);
}

/** Whether the user may: by the ability that enforces. */
export function allows(
  policy: Policy,
  user: string,
  action: Action,
  record: JudgedRecord,
  now = NOW,
): boolean {
  return may(abilityOf(policy, user, now), action, record);
}

/** A record of an owner (a user, or the bare number of one that the snapshot does not know) with its grant rows by key. */
export function recordOf(
  policy: Policy,
  owner: string | number,
  module = "leads",
  grants: { readonly [key: string]: GrantRow } = {},
): JudgedRecord {
  const ownerSeq = typeof owner === "number" ? owner : userIn(policy, owner).seq;
  return judgedRecord({ moduleId: asId(module), ownerSeq, grants: new Map(Object.entries(grants)) });
}

/** The grant row of a share at a level, until an instant. */
export function shareRow(level: ShareLevel, until: Instant = FOREVER): GrantRow {
  return {
    readUntil: until,
    updateUntil: level === "READ_ONLY" ? NEVER : until,
    deleteUntil: level === "FULL" ? until : NEVER,
    shareUntil: level === "FULL" ? until : NEVER,
  };
}

/** The row of a criteria match: the level is not in it. */
export const MATCH: GrantRow = shareRow("FULL");

export function userIn(policy: Policy, key: string): User {
  const user = policy.users.get(asId(key));
  if (!user) throw new Error(`no user ${key}`);
  return user;
}

/** The users of a mask by key, in the order of their numbers. */
export function namesIn(policy: Policy, isIn: (user: User) => boolean): readonly string[] {
  return policy.usersBySeq.flatMap((user) => (user && isIn(user) ? [user.id] : []));
}

function roleOf(key: string, row: NonNullable<Rows["roles"]>[string]): Role {
  const more = typeof row === "object" && row !== null ? row : { parent: row ?? undefined };
  return {
    id: asId(key),
    key,
    name: titled(key),
    parentId: more.parent === undefined ? null : asId(more.parent),
    shareDataWithPeers: "peers" in more && more.peers === true,
    forecastManagerId:
      "forecastManager" in more && more.forecastManager !== undefined ? asId(more.forecastManager) : null,
  };
}

function profileOf(key: string, row: NonNullable<Rows["profiles"]>[string]): Profile {
  const kind = row.kind ?? (isSystemProfile(key) ? SYSTEM_PROFILES[key].kind : "CUSTOM");
  return {
    id: asId(key),
    key,
    name: titled(key),
    kind,
    capabilities: row.capabilities ?? (kind === "CUSTOM" ? [] : null),
    permissions: new Map(
      Object.entries(row.modules ?? {}).map(([module, list]) => [asId(module), new Set(list)]),
    ),
  };
}

function userOf(key: string, seq: number, row: UserRow): User {
  const license = row.license ?? "REGULAR";
  const profile =
    row.profile ?? (license === "TEAM" ? "team-user" : license === "SUPPORT" ? null : "standard");
  return {
    id: asId<"User">(key) satisfies UserId,
    seq: row.seq ?? seq,
    email: row.status === "DELETED" ? null : `${key}@acme.test`,
    name: titled(key),
    status: row.status ?? "ACTIVE",
    license,
    roleId: row.role === undefined ? null : asId(row.role),
    profileId: profile === null ? null : asId(profile),
    reportsToId: row.reportsTo === undefined ? null : asId(row.reportsTo),
    isAdministrator: row.isAdministrator ?? false,
    neverAccepted: row.neverAccepted ?? false,
    isPathBehind: row.isPathBehind ?? false,
    applications: row.applications ?? new Set(license === "SUPPORT" ? [] : ["CRM"]),
    seatlessApplications: row.seatlessApplications ?? new Set(),
    teamRoles: new Map(Object.entries(row.team ?? {}).map(([module, role]) => [asId(module), role])),
    createdAt: 0,
    addressSince: null,
  };
}

function moduleOf(key: string, row: NonNullable<Rows["modules"]>[string]): Module {
  const said =
    row === "TEAM" ? { kind: "TEAM" as const } : typeof row === "string" ? { defaultAccess: row } : row;
  const fields: readonly Field[] = [];
  return {
    id: asId(key),
    key,
    label: titled(key),
    kind: "ORGANIZATION",
    defaultAccess: "PRIVATE",
    isOpenToTeam: false,
    fields,
    ...said,
  };
}

function ruleOf(key: string, row: RuleRow): SharingRule {
  return {
    id: asId(key),
    key,
    name: key,
    moduleId: asId(row.module ?? "leads"),
    source: row.from === undefined ? null : partyOf(row.from),
    criteria: row.criteria ?? null,
    target: partyOf(row.to),
    level: row.level ?? "READ_ONLY",
    includeSuperiors: row.superiors ?? false,
    status: row.status ?? "ACTIVE",
    expiresAt: row.expiresAt ?? null,
    generation: row.generation ?? 1,
  };
}

function titled(key: string): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
