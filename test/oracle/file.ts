/**
 * The organisation file of `spec/bundle.md` as a plain object: what a YAML parser gives, before anything checks it.
 *
 * The oracle and the random organisations speak this language only, so that they share no thought with the engine.
 */
export type OrganizationFile = {
  sightline: 1;
  organization: {
    key: string;
    name: string;
    timeZone: string;
    edition: string;
    seats: { regular: number; team: number };
    superAdmin: string;
    hierarchy?: "ROLE" | "REPORTING";
    language?: "EN" | "DE" | "JA" | "ZH";
  };
  roles: Record<string, RoleEntry>;
  profiles?: Record<string, ProfileEntry>;
  users: Record<string, UserEntry>;
  groups?: Record<string, GroupEntry>;
  modules?: Record<string, ModuleEntry>;
  teamUserModules?: string[];
  applications?: Record<string, ApplicationEntry>;
  sharingRules?: Record<string, RuleEntry>;
  records?: Record<string, Record<string, RecordEntry>>;
  shares?: ShareEntry[];
  supportAccess?: SupportEntry;
  expect?: ExpectEntry;
};

export type RoleEntry = {
  name: string;
  parent?: string;
  shareDataWithPeers?: boolean;
  /** An email. */
  forecastManager?: string;
};

export type Permission =
  | "VIEW"
  | "CREATE"
  | "EDIT"
  | "DELETE"
  | "SHARE"
  | "CHANGE_OWNER"
  | "IMPORT"
  | "EXPORT"
  | "MASS_UPDATE"
  | "MASS_DELETE";

export type ProfileEntry = {
  name?: string;
  modules?: Record<string, Permission[]>;
  capabilities?: string[];
  fields?: Record<string, Record<string, "HIDDEN" | "READ_ONLY" | "EDITABLE">>;
};

export type Status = "PENDING" | "ACTIVE" | "INACTIVE" | "DELETED";
export type TeamRole = "ADMIN" | "MANAGER" | "MEMBER" | "PARTICIPANT" | "REQUESTER";

export type UserEntry = {
  name: string;
  role: string;
  profile?: string;
  license?: "REGULAR" | "TEAM";
  status?: Status;
  /** An email. */
  reportsTo?: string;
  administrator?: boolean;
  /** Applications that are on, or each with whether it is; `[CRM]` unless said. */
  applications?: string[] | Record<string, { enabled?: boolean }>;
  teamModules?: Record<string, TeamRole>;
};

/** Who administers an application of the suite beside its administrators (UA-03). */
export type ApplicationEntry = { administrators?: string[] };

export type UserParty = { user: string };
export type RoleParty = { role: string };
export type SubtreeParty = { roleAndSubordinates: string };
export type GroupParty = { group: string };

export type Member = UserParty | RoleParty | SubtreeParty | GroupParty;
export type RuleSource = "everyone" | RoleParty | SubtreeParty | GroupParty;
export type RuleTarget = "everyone" | Member;

export type GroupEntry = { name: string; members: Member[] };

export type FieldType =
  | "TEXT"
  | "NUMBER"
  | "BOOLEAN"
  | "DATE"
  | "DATETIME"
  | "PICKLIST"
  | "MULTI_PICKLIST"
  | "EMAIL"
  | "LOOKUP"
  | "USER";

export type FieldEntry = { type: FieldType; required?: boolean; options?: string[]; module?: string };

export type DefaultAccess = "PRIVATE" | "PUBLIC_READ_ONLY" | "PUBLIC_READ_WRITE" | "PUBLIC_READ_WRITE_DELETE";

export type ModuleEntry = {
  label: string;
  kind?: "ORGANIZATION" | "TEAM";
  default?: DefaultAccess;
  fields?: Record<string, FieldEntry>;
};

export type Operator =
  | "EQ"
  | "NE"
  | "LT"
  | "LTE"
  | "GT"
  | "GTE"
  | "IN"
  | "NOT_IN"
  | "CONTAINS"
  | "STARTS_WITH"
  | "IS_NULL"
  | "IS_NOT_NULL";

export type Scalar = string | number | boolean;
/** A record's value, or a constant of a criterion. A LOOKUP is a record key, a USER an email. */
export type Value = Scalar | Scalar[] | null;
export type Comparison = { field: string; op: Operator; value?: Value };
export type Criteria = Comparison | { all: Criteria[] } | { any: Criteria[] };

export type RuleLevel = "READ_ONLY" | "READ_WRITE" | "READ_WRITE_DELETE";
export type ShareLevel = "READ_ONLY" | "READ_WRITE" | "FULL";

export type RuleEntry = {
  module: string;
  name?: string;
  from?: RuleSource;
  criteria?: Criteria;
  to: RuleTarget;
  access: RuleLevel;
  includeSuperiors?: boolean;
  active?: boolean;
  expiresAt?: string;
};

export type RecordEntry = {
  owner: string;
  name: string;
  values?: Record<string, Value>;
  createdAt?: string;
};

export type ShareEntry = {
  /** `module/key`. */
  record: string;
  to: Member;
  access: ShareLevel;
  expiresAt?: string;
  includeRelated?: boolean;
};

export type SupportEntry = {
  agent: string;
  grantedAt?: string;
  /** A date in the organisation's time zone. */
  expiresOn: string;
  /** Of no file: what the tables say of one that was revoked. */
  revokedAt?: string;
  extraDenials?: string[];
};

export type ExpectEntry = {
  at?: string;
  access?: {
    user: string;
    module: string;
    read?: string[];
    update?: string[];
    delete?: string[];
    share?: string[];
    changeOwner?: string[];
  }[];
  capabilities?: { user: string; allowed?: string[]; denied?: string[] }[];
};

export type Action = "READ" | "UPDATE" | "DELETE" | "SHARE" | "CHANGE_OWNER";
export const ACTIONS: readonly Action[] = ["READ", "UPDATE", "DELETE", "SHARE", "CHANGE_OWNER"];

/** One question: may this user do this with that record at this instant (milliseconds since 1970)? */
export type Question = {
  user: string;
  action: Action;
  module: string;
  recordKey: string;
  now: number;
};
