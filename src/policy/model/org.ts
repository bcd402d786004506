import type {
  FieldId,
  GroupId,
  ModuleId,
  OrgId,
  ProfileId,
  RoleId,
  RuleId,
  SupportAccessId,
  UserId,
} from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Capability } from "../capability.ts";
import type { Application } from "./application.ts";
import type { Condition } from "./condition.ts";

/** What may be done with one record. `SHARE` and `CHANGE_OWNER` are admitted by the same grants (SH-46). */
export const ACTIONS = ["READ", "UPDATE", "DELETE", "SHARE", "CHANGE_OWNER"] as const;
export type Action = (typeof ACTIONS)[number];

/** What a profile may do in a module at all. Without `VIEW` the others count for nothing. */
export const PERMISSIONS = [
  "VIEW",
  "CREATE",
  "EDIT",
  "DELETE",
  "SHARE",
  "CHANGE_OWNER",
  "IMPORT",
  "EXPORT",
  "MASS_UPDATE",
  "MASS_DELETE",
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const USER_STATUSES = ["PENDING", "ACTIVE", "INACTIVE", "DELETED"] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

/** `SUPPORT` is the hidden user of the vendor's support agent (SA-06). */
export type License = "REGULAR" | "TEAM" | "SUPPORT";

export const TEAM_ROLES = ["ADMIN", "MANAGER", "MEMBER", "PARTICIPANT", "REQUESTER"] as const;
export type TeamRole = (typeof TEAM_ROLES)[number];

export const DEFAULT_ACCESSES = [
  "PRIVATE",
  "PUBLIC_READ_ONLY",
  "PUBLIC_READ_WRITE",
  "PUBLIC_READ_WRITE_DELETE",
] as const;
export type DefaultAccess = (typeof DEFAULT_ACCESSES)[number];

export const RULE_LEVELS = ["READ_ONLY", "READ_WRITE", "READ_WRITE_DELETE"] as const;
export type RuleLevel = (typeof RULE_LEVELS)[number];

export const SHARE_LEVELS = ["READ_ONLY", "READ_WRITE", "FULL"] as const;
export type ShareLevel = (typeof SHARE_LEVELS)[number];

/** What an organisation can have subscribed to (TU-04). */
export const EDITIONS = [
  "FREE",
  "STANDARD",
  "PROFESSIONAL",
  "ENTERPRISE",
  "ULTIMATE",
  "SUITE_PLUS",
  "ONE_FLEXIBLE",
  "ONE_ALL_EMPLOYEE",
] as const;
export type Edition = (typeof EDITIONS)[number];

/** What an organisation writes its mails in. */
export const LANGUAGES = ["EN", "DE", "JA", "ZH"] as const;
export type Language = (typeof LANGUAGES)[number];

export const FIELD_TYPES = [
  "TEXT",
  "NUMBER",
  "BOOLEAN",
  "DATE",
  "DATETIME",
  "PICKLIST",
  "MULTI_PICKLIST",
  "EMAIL",
  "LOOKUP",
  "USER",
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** The module key that is built in and always private (SH-09, SH-22). */
export const FORECASTS = "forecasts";

/** One end of a rule or share, and one member of a group (`EVERYONE` is never a member nor a share's recipient). */
export type Party =
  | { readonly kind: "USER"; readonly userId: UserId }
  | { readonly kind: "ROLE"; readonly roleId: RoleId }
  | { readonly kind: "ROLE_AND_SUBORDINATES"; readonly roleId: RoleId }
  | { readonly kind: "GROUP"; readonly groupId: GroupId }
  | { readonly kind: "EVERYONE" };

/**
 * An organisation's policy as rows, at one version: plain immutable data, no records.
 *
 * It names only what deciding needs; order of the lists carries no meaning (EN-09).
 */
export type Org = {
  readonly id: OrgId;
  readonly key: string;
  readonly name: string;
  readonly timeZone: string;
  readonly edition: Edition;
  /** Who stands above whom: the role tree, or "reports to" between users (SH-25). */
  readonly hierarchy: "ROLE" | "REPORTING";
  readonly superAdminId: UserId;
  readonly version: number;
  readonly roles: readonly Role[];
  readonly profiles: readonly Profile[];
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly modules: readonly Module[];
  /** In the organisation's order. */
  readonly applications: readonly Application[];
  readonly rules: readonly SharingRule[];
  readonly supportGrants: readonly SupportGrant[];
};

export type Role = {
  readonly id: RoleId;
  readonly key: string;
  readonly name: string;
  readonly parentId: RoleId | null;
  readonly shareDataWithPeers: boolean;
  readonly forecastManagerId: UserId | null;
};

export type ProfileKind = "ADMINISTRATOR" | "STANDARD" | "TEAM_USER" | "CUSTOM";

/** The profiles that every organisation has, by key. */
export const SYSTEM_PROFILES = {
  administrator: { kind: "ADMINISTRATOR", name: "Administrator" },
  standard: { kind: "STANDARD", name: "Standard" },
  "team-user": { kind: "TEAM_USER", name: "Team User" },
} as const satisfies { readonly [key: string]: { readonly kind: ProfileKind; readonly name: string } };

export function isSystemProfile(key: string): key is keyof typeof SYSTEM_PROFILES {
  return Object.hasOwn(SYSTEM_PROFILES, key);
}

export type Profile = {
  readonly id: ProfileId;
  readonly key: string;
  readonly name: string;
  readonly kind: ProfileKind;
  /** Replaces the capabilities of the kind; null leaves them (CA-02). */
  readonly capabilities: readonly Capability[] | null;
  /** Per module, replaces what the kind gives there. */
  readonly permissions: ReadonlyMap<ModuleId, ReadonlySet<Permission>>;
};

export type User = {
  readonly id: UserId;
  /** Dense per organisation, given once, never reused: the bit of this user in every owner mask. */
  readonly seq: number;
  /** Lower case; null for a tombstone. */
  readonly email: string | null;
  readonly name: string;
  readonly status: UserStatus;
  readonly license: License;
  /** Null for the support agent, which has no role (SA-08). */
  readonly roleId: RoleId | null;
  readonly profileId: ProfileId | null;
  readonly reportsToId: UserId | null;
  /** Suite administrator (UA-03). */
  readonly isAdministrator: boolean;
  /** Was deactivated before accepting an invitation: whoever brings them back invites them again (UA-43). */
  readonly neverAccepted: boolean;
  /** Lists find the records owned by the owner: not all of them stand under the role of now yet (SH-23). */
  readonly isPathBehind: boolean;
  /** Applications with an enabled assignment; record access needs `CRM` (UA-04). */
  readonly applications: ReadonlySet<string>;
  /** Of those, the ones in which the person's own values say that no seat is taken (UA-11). */
  readonly seatlessApplications: ReadonlySet<string>;
  readonly teamRoles: ReadonlyMap<ModuleId, TeamRole>;
  readonly createdAt: Instant;
  /** Since when the address is the person's; null: for as long as there is the account (UA-63). */
  readonly addressSince: Instant | null;
};

export type Group = {
  readonly id: GroupId;
  readonly key: string;
  readonly name: string;
  readonly members: readonly Party[];
};

export type Module = {
  readonly id: ModuleId;
  readonly key: string;
  readonly label: string;
  readonly kind: "ORGANIZATION" | "TEAM";
  readonly defaultAccess: DefaultAccess;
  /** Opened to team users by the Team User profile (TU-10). */
  readonly isOpenToTeam: boolean;
  readonly fields: readonly Field[];
};

export type Field = {
  readonly id: FieldId;
  readonly key: string;
  readonly label: string | null;
  readonly type: FieldType;
  readonly isRequired: boolean;
  /** The values offered by a PICKLIST or MULTI_PICKLIST; empty for other types. */
  readonly options: readonly string[];
  /** The module a LOOKUP points to; null for other types. */
  readonly lookupModuleId: ModuleId | null;
  /** Rises with every change of the field (SH-40). */
  readonly version: number;
};

export type SharingRule = {
  readonly id: RuleId;
  readonly key: string;
  readonly name: string;
  readonly moduleId: ModuleId;
  /** Owners whose records the rule covers; null when it goes by criteria alone. Never a USER. */
  readonly source: Party | null;
  /** What a record must match; null when it goes by source alone; `UNREADABLE` admits nothing (EN-07). */
  readonly criteria: Condition | "UNREADABLE" | null;
  readonly target: Party;
  readonly level: RuleLevel;
  readonly includeSuperiors: boolean;
  readonly status: "ACTIVE" | "APPLYING" | "INACTIVE";
  readonly expiresAt: Instant | null;
  /** The generation of matches that counts. */
  readonly generation: number;
};

/** One opening of the door for the support agent; not live before `grantedAt`, nor from `expiresAt` or `revokedAt` on. */
export type SupportGrant = {
  readonly id: SupportAccessId;
  readonly agentId: UserId;
  readonly grantedAt: Instant;
  readonly expiresAt: Instant;
  readonly revokedAt: Instant | null;
  readonly extraDenials: readonly Capability[];
};
