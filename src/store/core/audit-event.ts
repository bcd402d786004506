import type { ModuleId, OrgId, ProfileId, RecordId, RoleId, ShareId, UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Capability } from "../../policy/capability.ts";
import type { Application, AssignmentValues } from "../../policy/model/application.ts";
import type {
  DefaultAccess,
  Field,
  Group,
  Language,
  Module,
  Org,
  Profile,
  Role,
  ShareLevel,
  SharingRule,
  TeamRole,
  User,
} from "../../policy/model/org.ts";
import type { FieldValue, FieldValues } from "../../policy/model/values.ts";

/** A record as the log tells it. */
type RecordFacts = {
  readonly moduleId: ModuleId;
  readonly name: string;
  readonly ownerId: UserId;
  readonly values: FieldValues;
};

/** A share as the log tells it; it is told of the record. */
export type ShareFacts = {
  readonly shareId: ShareId;
  /** The recipient's grant key. */
  readonly party: string;
  readonly level: ShareLevel;
  /** In ISO 8601. */
  readonly expiresAt: string | null;
};

/** A sharing rule as the log tells it, its expiry in ISO 8601. */
export type RuleFacts = Omit<SharingRule, "id" | "generation" | "expiresAt"> & {
  readonly expiresAt: string | null;
};
type RuleStatus = Pick<SharingRule, "status">;
type RuleLife = Pick<SharingRule, "status" | "criteria"> & { readonly isBroken: boolean };

export type ModuleFacts = Omit<Module, "id" | "fields">;
/** A field as the log tells it; options and the module looked up only where there are some. */
export type FieldFacts = Omit<Field, "id" | "version" | "options" | "lookupModuleId"> &
  Partial<Pick<Field, "options" | "lookupModuleId">>;
/** The keys of those that were there before and are there after, where a file put them in another order. */
type Ordered = { readonly fieldOrder?: readonly string[] };
type InModule = { readonly moduleId: ModuleId };
type Filled = { readonly fillWith?: FieldValue };

/** What profiles and memberships said of a module, by the id of the profile and of the person. */
export type HeldInModule = {
  readonly profiles: Readonly<Record<ProfileId, readonly string[]>>;
  readonly members: Readonly<Record<UserId, TeamRole>>;
};

/** A profile as the log tells it, its permissions by the id of the module. */
export type ProfileFacts = Pick<Profile, "key" | "name" | "capabilities"> & {
  readonly permissions: Readonly<Record<ModuleId, readonly string[]>>;
};

/** A person as the log tells them: applications by key, roles in team modules by the id of the module. */
export type UserFacts = Omit<
  User,
  | "id"
  | "seq"
  | "createdAt"
  | "addressSince"
  | "isPathBehind"
  | "applications"
  | "seatlessApplications"
  | "teamRoles"
> & {
  readonly applications: readonly string[];
  readonly teamRoles: Readonly<Record<ModuleId, TeamRole>>;
};
/** The settings of an organisation as the log tells them. */
export type OrganizationFacts = Pick<
  Org,
  "key" | "name" | "timeZone" | "edition" | "hierarchy" | "superAdminId"
> &
  SeatFacts &
  Settings & { readonly longestSupportDays: number | null };
type StatusOfUser = Pick<User, "status">;
/** An application of a person, by its key; what CRM asks is told as the person's place. */
type AssignmentFacts = {
  readonly application: string;
  readonly isEnabled: boolean;
  readonly values: AssignmentValues;
};
type InvitedFacts = Pick<User, "name" | "email" | "license" | "roleId" | "profileId" | "reportsToId"> & {
  readonly teamRoles: Readonly<Record<ModuleId, TeamRole>>;
  readonly applications: readonly AssignmentFacts[];
};
type ApplicationFacts = Pick<Application, "name" | "fields"> &
  Partial<Pick<Application, "key" | "takesSeat" | "seatlessBy" | "actions">> & {
    readonly administrators: readonly UserId[];
  };
type SeatFacts = { readonly regular: number; readonly team: number };
type WorkOfUser = Pick<User, "status"> & { readonly applications: readonly string[] };
type AdministratorFlag = Pick<User, "isAdministrator">;
type RoleSettings = Pick<Role, "name" | "shareDataWithPeers" | "forecastManagerId">;
type Default = { readonly defaultAccess: DefaultAccess };
type Under = { readonly parentId: RoleId | null };

/** Everything that the log tells: of what, how it was before, and how it is after. Null is what was not there. */
type Told = {
  CREATE_RECORD: ["Record", null, RecordFacts];
  UPDATE_RECORD: ["Record", Partial<RecordFacts>, Partial<RecordFacts>];
  DELETE_RECORD: ["Record", RecordFacts & { readonly key: string }, null];
  CHANGE_OWNER: ["Record", OwnerFacts, OwnerFacts];
  /** That somebody's records begin to go to somebody else; each is told of when it goes. */
  TRANSFER_RECORDS: ["User", null, TransferFacts];
  SHARE_RECORD: ["Record", ShareFacts | null, ShareFacts];
  UNSHARE_RECORD: ["Record", ShareFacts, null];
  SET_ORGANIZATION_DEFAULT: ["Module", Default, Default];
  CREATE_SHARING_RULE: ["SharingRule", null, RuleFacts];
  UPDATE_SHARING_RULE: ["SharingRule", Partial<RuleFacts>, Partial<RuleFacts>];
  /** Of a rule that could not be read, the name is what is known. */
  DELETE_SHARING_RULE: ["SharingRule", RuleFacts | Pick<RuleFacts, "name">, null];
  ACTIVATE_SHARING_RULE: ["SharingRule", RuleStatus, RuleStatus];
  DEACTIVATE_SHARING_RULE: ["SharingRule", RuleStatus, RuleStatus];
  BREAK_SHARING_RULE: ["SharingRule", RuleLife, RuleLife];
  APPLY_SHARING_RULE: [
    "SharingRule",
    RuleStatus,
    RuleStatus & { readonly generation: number; readonly records: number; readonly isReadable: boolean },
  ];
  CREATE_ROLE: ["Role", null, Omit<Role, "id">];
  UPDATE_ROLE: ["Role", RoleSettings, RoleSettings];
  MOVE_ROLE: ["Role", Under, Under];
  DELETE_ROLE: ["Role", Omit<Role, "id">, null];
  CREATE_GROUP: ["Group", null, Omit<Group, "id">];
  UPDATE_GROUP: ["Group", Partial<Group>, Partial<Group>];
  /** Those that were none before, and those that are none any more. */
  ADD_GROUP_MEMBERS: ["Group", null, Pick<Group, "members">];
  REMOVE_GROUP_MEMBERS: ["Group", Pick<Group, "members">, null];
  DELETE_GROUP: ["Group", Omit<Group, "id">, null];
  CREATE_PROFILE: ["Profile", null, ProfileFacts];
  UPDATE_PROFILE: ["Profile", ProfileFacts, ProfileFacts];
  DELETE_PROFILE: ["Profile", ProfileFacts, null];
  CREATE_MODULE: ["Module", null, ModuleFacts];
  UPDATE_MODULE: ["Module", ModuleFacts & Ordered, ModuleFacts & Ordered];
  DELETE_MODULE: ["Module", ModuleFacts & HeldInModule & { readonly fields: readonly FieldFacts[] }, null];
  CREATE_FIELD: ["Field", null, FieldFacts & InModule & Filled];
  UPDATE_FIELD: ["Field", FieldFacts, FieldFacts & Filled];
  DELETE_FIELD: ["Field", FieldFacts & InModule, null];
  GRANT_SUPPORT_ACCESS: ["SupportAccess", null, SupportFacts];
  UPDATE_SUPPORT_ACCESS: [
    "SupportAccess",
    SupportWindow | Pick<SupportFacts, "reason">,
    SupportWindow | Pick<SupportFacts, "reason">,
  ];
  REVOKE_SUPPORT_ACCESS: ["SupportAccess", { readonly revokedAt: null }, { readonly revokedAt: string }];
  CREATE_USER: ["User", null, UserFacts];
  UPDATE_USER: ["User", Partial<UserFacts>, Partial<UserFacts>];
  RESEND_INVITATION: ["User", null, Address];
  ACCEPT_INVITATION: ["User", Status, Status];
  /** To a new address, which is the person's when they confirm it. */
  REQUEST_ADDRESS: ["User", Address, Address];
  CHANGE_ADDRESS: ["User", Address, Address];
  UPDATE_ORGANIZATION: ["Organization", Settings, Settings];
  /** A mail that nobody took, and for how many attempts. */
  GIVE_UP_MAIL: ["User", null, MailFacts];
  DELETE_USER: ["User", UserFacts, null];
  INVITE_USER: ["User", null, InvitedFacts];
  ASSIGN_APPLICATION: ["User", null, AssignmentFacts];
  EDIT_APPLICATION_ASSIGNMENT: ["User", AssignmentFacts, AssignmentFacts];
  ENABLE_APPLICATION: ["User", AssignmentFacts, AssignmentFacts];
  DISABLE_APPLICATION: ["User", AssignmentFacts, AssignmentFacts];
  UNASSIGN_APPLICATION: ["User", AssignmentFacts, null];
  ACTIVATE_USER: ["User", StatusOfUser, StatusOfUser];
  /** Only a file adds applications and takes them away. */
  CREATE_APPLICATION: ["Application", null, ApplicationFacts];
  DELETE_APPLICATION: ["Application", ApplicationFacts, null];
  CONFIGURE_APPLICATION: ["Application", ApplicationFacts, ApplicationFacts];
  SET_SEATS: ["Organization", SeatFacts, SeatFacts];
  /** Applications by key: those that were on. */
  DEACTIVATE_USER: ["User", WorkOfUser, WorkOfUser];
  ADD_ADMINISTRATOR: ["User", AdministratorFlag, AdministratorFlag];
  REVOKE_ADMINISTRATOR: ["User", AdministratorFlag, AdministratorFlag];
  /**
   * The settings, the version of the policy afterwards, and how many things of each kind the file added, changed and
   * removed; each of them has an event of its own before this one.
   */
  APPLY_ORGANIZATION_FILE: [
    "Organization",
    OrganizationFacts | null,
    OrganizationFacts & { readonly version: number },
  ];
  /** With a token that was not seen before. */
  SIGN_IN: ["User", null, null];
  /** By the support agent: the operation, and the records that were read for its answer (SA-09). */
  READ: ["User", null, ReadFacts];
  /** Of the same user, mutation and code within a minute: the first, and then how many followed. */
  REFUSE_MUTATION: [
    "User",
    null,
    (
      | { readonly mutation: string; readonly code: string; readonly field: string | null }
      | { readonly mutation: string; readonly code: string; readonly followed: number }
    ),
  ];
  /** Up to which event, and how many there were. */
  PRUNE_AUDIT_LOG: ["Organization", null, { readonly upTo: number; readonly events: number }];
};

/** The end of support access as the log tells it: the day, and the instant in ISO 8601. */
export type SupportWindow = { readonly expiresOn: string; readonly expiresAt: string };
type SupportFacts = SupportWindow & {
  readonly agentId: UserId;
  /** In ISO 8601, of what a file says; else it is when the event happened. */
  readonly grantedAt?: string;
  readonly reason: string | null;
  readonly extraDenials: readonly Capability[];
};

/** An operation by its name and the fields at its root; the records by their ids. */
type ReadFacts = {
  readonly operation: string | null;
  readonly rootFields: readonly string[];
  readonly records: readonly RecordId[];
};

type Address = Pick<User, "email">;
type Status = Pick<User, "status">;
type Settings = { readonly language: Language };

type MailFacts = {
  readonly kind: string;
  readonly address: string;
  readonly attempts: number;
  readonly reason: string;
};

type TransferFacts = {
  readonly toId: UserId;
  readonly modules: readonly ModuleId[];
  readonly scope: "EVERYTHING" | "ADMITTED";
};
type OwnerFacts = { readonly ownerId: UserId; readonly shares: readonly ShareFacts[] };

/** One thing that happened: what is told of it belongs together. Who did it is added where it is written. */
export type Happening = {
  [Action in keyof Told]: {
    readonly action: Action;
    readonly target: { readonly type: Told[Action][0]; readonly id: string };
    readonly before: Told[Action][1];
    readonly after: Told[Action][2];
  };
}[keyof Told];

/** What happened, when, and by whom (SA-20). */
export type AuditEntry = Happening & {
  readonly orgId: OrgId;
  readonly at: Instant;
  /** Null for the system itself. */
  readonly actorId: UserId | null;
  /** The account of the operating system, of what nobody signed in did on the command line. */
  readonly account?: string | null;
  /** Whether the actor is the vendor's support agent. */
  readonly isSupport?: boolean;
  readonly requestId?: string | null;
};
