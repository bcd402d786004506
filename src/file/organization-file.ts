import type { Instant } from "../kernel/instant.ts";
import type { Capability } from "../policy/capability.ts";
import type { Condition } from "../policy/model/condition.ts";
import type {
  Action,
  DefaultAccess,
  Edition,
  FieldType,
  Permission,
  RuleLevel,
  ShareLevel,
  TeamRole,
  UserStatus,
} from "../policy/model/org.ts";
import type { FieldValue } from "../policy/model/values.ts";

/**
 * An organisation file as read: whole, checked, every default filled in (bundle.md).
 *
 * Maps are keyed as the file is (roles by role key, users by address in lower case …) and keep its order. Every
 * reference points to something in the same file.
 */
export type OrganizationFile = {
  readonly organization: FileOrganization;
  readonly roles: ReadonlyMap<string, FileRole>;
  /** Custom profiles, and `standard` when the file adjusts it; the other system profiles cannot be adjusted. */
  readonly profiles: ReadonlyMap<string, FileProfile>;
  readonly users: ReadonlyMap<string, FileUser>;
  readonly groups: ReadonlyMap<string, FileGroup>;
  /** Always with the built-in `forecasts`, at the end unless the file places it. */
  readonly modules: ReadonlyMap<string, FileModule>;
  readonly sharingRules: ReadonlyMap<string, FileRule>;
  /** By module key, then record key; null when the file says nothing about records. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, FileRecord>> | null;
  /** By record, then party; null when the file says nothing about shares. */
  readonly shares: readonly FileShare[] | null;
  readonly supportAccess: FileSupportAccess | null;
  readonly expect: FileExpectations | null;
};

export type FileOrganization = {
  readonly key: string;
  readonly name: string;
  readonly timeZone: string;
  readonly edition: Edition;
  readonly seats: { readonly regular: number; readonly team: number };
  /** Address of one of `users`. */
  readonly superAdmin: string;
  readonly hierarchy: "ROLE" | "REPORTING";
};

export type FileRole = {
  readonly name: string;
  readonly parent: string | null;
  readonly shareDataWithPeers: boolean;
  readonly forecastManager: string | null;
};

export const SYSTEM_PROFILES = ["administrator", "standard", "team-user"] as const;

export type FileProfile = {
  readonly kind: "STANDARD" | "CUSTOM";
  readonly name: string;
  /** By module key, in the order of `PERMISSIONS`; replaces what the profile's kind gives there. */
  readonly permissions: ReadonlyMap<string, readonly Permission[]>;
  /** In the order of the catalogue; null leaves what the kind gives, which a custom profile never does. */
  readonly capabilities: readonly Capability[] | null;
};

export type FileUser = {
  readonly name: string;
  /** Null only without the CRM application, which requires it (UA-30). */
  readonly role: string | null;
  /** A key of `profiles` or of a system profile. */
  readonly profile: string;
  readonly license: "REGULAR" | "TEAM";
  readonly status: UserStatus;
  readonly reportsTo: string | null;
  readonly isAdministrator: boolean;
  readonly applications: readonly string[];
  /** By key of a team module. */
  readonly teamRoles: ReadonlyMap<string, TeamRole>;
};

/** One end of a rule or share, or a member of a group, by the keys of the file. */
export type FileParty =
  | { readonly kind: "USER"; readonly email: string }
  | { readonly kind: "ROLE"; readonly role: string }
  | { readonly kind: "ROLE_AND_SUBORDINATES"; readonly role: string }
  | { readonly kind: "GROUP"; readonly group: string }
  | { readonly kind: "EVERYONE" };

export type FileGroup = { readonly name: string; readonly members: readonly FileParty[] };

export type FileModule = {
  readonly label: string;
  readonly kind: "ORGANIZATION" | "TEAM";
  readonly defaultAccess: DefaultAccess;
  /** One of `teamUserModules` (TU-10). */
  readonly isOpenToTeam: boolean;
  readonly fields: ReadonlyMap<string, FileField>;
};

export type FileField = {
  readonly label: string | null;
  readonly type: FieldType;
  readonly isRequired: boolean;
  /** Of a PICKLIST or MULTI_PICKLIST; empty for other types. */
  readonly options: readonly string[];
  /** The key of the module that a LOOKUP points to; null for other types. */
  readonly lookupModule: string | null;
};

export type FileRule = {
  /** The key unless said; unique in the module (SH-30). */
  readonly name: string;
  readonly module: string;
  /** Never a USER. At least one of `source` and `criteria` is not null. */
  readonly source: FileParty | null;
  /** In stored form, but for constants of LOOKUP (a record key) and USER (an address): `mapConstants` makes ids of them. */
  readonly criteria: Condition | null;
  readonly target: FileParty;
  readonly level: RuleLevel;
  readonly includeSuperiors: boolean;
  readonly isActive: boolean;
  readonly expiresAt: Instant | null;
};

/** A record by the keys of the file. */
export type RecordReference = { readonly module: string; readonly key: string };

/** A value in stored form, but for LOOKUP and USER, which name what they point to. */
export type FileValue =
  | FieldValue
  | ({ readonly kind: "RECORD" } & RecordReference)
  | { readonly kind: "USER"; readonly email: string };

export type FileRecord = {
  /** Address of a user, or of the agent of `supportAccess` (SA-08). */
  readonly owner: string;
  readonly name: string;
  /** By field key; null values are absent. */
  readonly values: ReadonlyMap<string, FileValue>;
  /** Null: the instant of loading. */
  readonly createdAt: Instant | null;
};

export type FileShare = {
  readonly record: RecordReference;
  /** Never EVERYONE (SH-41). */
  readonly target: FileParty;
  readonly level: ShareLevel;
  readonly expiresAt: Instant | null;
};

export type FileSupportAccess = {
  readonly agent: string;
  /** Null: the clock of loading. */
  readonly grantedAt: Instant | null;
  /** The last day, `YYYY-MM-DD` in the organisation's time zone. */
  readonly expiresOn: string;
  /** In the order of the catalogue. */
  readonly extraDenials: readonly Capability[];
};

export type FileExpectations = {
  /** The clock of the block; null: the clock of the test. */
  readonly at: Instant | null;
  readonly access: readonly ExpectedAccess[];
  readonly capabilities: readonly ExpectedCapabilities[];
};

/** Per action named, exactly the keys of the module's records that the user may do it with. */
export type ExpectedAccess = {
  readonly user: string;
  readonly module: string;
  readonly records: ReadonlyMap<Action, readonly string[]>;
};

export type ExpectedCapabilities = {
  readonly user: string;
  readonly allowed: readonly Capability[];
  readonly denied: readonly Capability[];
};
