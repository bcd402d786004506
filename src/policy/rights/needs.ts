import type { Capability } from "../capability.ts";
import type { Action, Permission } from "../model/org.ts";

/** What somebody must have for a mutation or a sensitive query; everything that is named is needed (CA-01). */
export type Need = {
  /** A capability, whatever the record. */
  readonly capability?: Capability;
  /** A permission in the module that it is about. */
  readonly permission?: Permission;
  /** An action, on the very record that it is about. */
  readonly action?: Action;
  /** That one administers every application that it is about (UA-01). */
  readonly administration?: true;
};

/**
 * Which rows a mutation changes: records and what hangs on them, under a shared lock of the policy version; or the
 * policy itself, alone (EN-05).
 */
export type Changes = "RECORDS" | "POLICY";

/**
 * What is judged: the one thing that a mutation is about, each item of a list by itself, or whatever it finds, of which
 * it changes what the viewer may.
 */
export type Judged = "EACH_ITEM" | "WHAT_IS_FOUND";

/** What is shown in the place of a sign-in: a token that went by mail. */
export type Shown = "TOKEN";

type MutationRow = Need & {
  readonly changes: Changes;
  readonly judged?: Judged;
  readonly shown?: Shown;
  /** Whether records go, to which others may point. */
  readonly deletesRecords?: true;
  /** Whether it counts what the asker has begun: of two at once the second one sees the first. */
  readonly countsBegun?: true;
};

const MANAGES_SHARING = { capability: "MANAGE_DATA_SHARING", changes: "POLICY" } as const;
const MANAGES_ROLES = { capability: "MANAGE_ROLES", changes: "POLICY" } as const;
const MANAGES_GROUPS = { capability: "MANAGE_GROUPS", changes: "POLICY" } as const;
const MANAGES_PROFILES = { capability: "MANAGE_PROFILES", changes: "POLICY" } as const;
const ADMINISTERS = { capability: "MANAGE_ADMIN_PERMISSIONS", changes: "POLICY" } as const;
const MANAGES_MODULES = { capability: "MANAGE_MODULES", changes: "POLICY" } as const;

const MANAGES_SUPPORT = { capability: "MANAGE_SUPPORT_ACCESS", changes: "POLICY" } as const;
const ASSIGNS = { capability: "MANAGE_USERS", administration: true, changes: "POLICY" } as const;

/** Every mutation, and what it needs. A mutation without a row does not compile, a row without a test fails one. */
export const MUTATION_NEEDS = {
  createRecord: { permission: "CREATE", changes: "RECORDS" },
  updateRecord: { action: "UPDATE", changes: "RECORDS" },
  deleteRecord: { action: "DELETE", changes: "RECORDS", deletesRecords: true },
  massUpdateRecords: {
    permission: "MASS_UPDATE",
    action: "UPDATE",
    changes: "RECORDS",
    judged: "EACH_ITEM",
  },
  massDeleteRecords: {
    permission: "MASS_DELETE",
    action: "DELETE",
    changes: "RECORDS",
    judged: "EACH_ITEM",
    deletesRecords: true,
  },
  changeOwner: { action: "CHANGE_OWNER", changes: "RECORDS" },
  massChangeOwner: {
    action: "CHANGE_OWNER",
    changes: "RECORDS",
    judged: "WHAT_IS_FOUND",
    countsBegun: true,
  },
  shareRecord: { action: "SHARE", changes: "RECORDS" },
  unshareRecord: { action: "SHARE", changes: "RECORDS" },
  revokeShares: { action: "SHARE", changes: "RECORDS", judged: "WHAT_IS_FOUND" },
  setOrganizationDefaults: MANAGES_SHARING,
  createSharingRule: MANAGES_SHARING,
  updateSharingRule: MANAGES_SHARING,
  deleteSharingRule: MANAGES_SHARING,
  activateSharingRule: MANAGES_SHARING,
  deactivateSharingRule: MANAGES_SHARING,
  createRole: MANAGES_ROLES,
  updateRole: MANAGES_ROLES,
  moveRole: MANAGES_ROLES,
  deleteRole: MANAGES_ROLES,
  createGroup: MANAGES_GROUPS,
  updateGroup: MANAGES_GROUPS,
  addGroupMembers: MANAGES_GROUPS,
  removeGroupMembers: MANAGES_GROUPS,
  deleteGroup: MANAGES_GROUPS,
  createProfile: MANAGES_PROFILES,
  updateProfile: MANAGES_PROFILES,
  deleteProfile: MANAGES_PROFILES,
  cloneProfile: MANAGES_PROFILES,
  createModule: MANAGES_MODULES,
  updateModule: MANAGES_MODULES,
  deleteModule: MANAGES_MODULES,
  createField: MANAGES_MODULES,
  updateField: MANAGES_MODULES,
  deleteField: MANAGES_MODULES,
  grantSupportAccess: MANAGES_SUPPORT,
  updateSupportAccess: MANAGES_SUPPORT,
  revokeSupportAccess: MANAGES_SUPPORT,
  updateUser: { capability: "MANAGE_USERS", changes: "POLICY" },
  resendInvitation: { capability: "MANAGE_USERS", changes: "POLICY" },
  acceptInvitation: { changes: "POLICY", shown: "TOKEN" },
  /** One's own; for others' addresses it asks itself, since that depends on whose (UA-63). */
  changeUserEmail: { changes: "POLICY" },
  confirmUserEmail: { changes: "POLICY" },
  updateOrganization: { capability: "MANAGE_ORGANIZATION", changes: "POLICY" },
  inviteUser: ASSIGNS,
  inviteUsers: { ...ASSIGNS, judged: "EACH_ITEM" },
  addApplicationUsers: { ...ASSIGNS, judged: "EACH_ITEM" },
  assignApplications: { ...ASSIGNS, judged: "EACH_ITEM" },
  editApplicationAssignment: ASSIGNS,
  enableApplication: ASSIGNS,
  disableApplication: ASSIGNS,
  unassignApplication: ASSIGNS,
  configureApplication: { administration: true, changes: "POLICY" },
  setSeats: { capability: "MANAGE_SUBSCRIPTION", changes: "POLICY" },
  activateUser: { ...ADMINISTERS, administration: true },
  deactivateUser: ADMINISTERS,
  deactivateUsers: { ...ADMINISTERS, judged: "EACH_ITEM" },
  deleteUser: ADMINISTERS,
  addAdministrators: ADMINISTERS,
  revokeAdministrator: ADMINISTERS,
  moveUsers: { capability: "MANAGE_USERS", changes: "POLICY", judged: "EACH_ITEM" },
} as const satisfies Readonly<Record<string, MutationRow>>;

export type MutationName = keyof typeof MUTATION_NEEDS;

/** The mutations that judge each of several things by itself, in that way. */
export type JudgingEach<How extends Judged> = {
  [Name in MutationName]: (typeof MUTATION_NEEDS)[Name] extends { readonly judged: How } ? Name : never;
}[MutationName];

/** The mutations that a token opens, without a sign-in. */
export type ShowingToken = {
  [Name in MutationName]: (typeof MUTATION_NEEDS)[Name] extends { readonly shown: Shown } ? Name : never;
}[MutationName];

/** The row of a mutation. */
export function mutationNeed(name: MutationName): MutationRow {
  return MUTATION_NEEDS[name];
}

/** The queries and fields that not every active member may ask, and what they need (AP-23). */
export const QUERY_NEEDS = {
  "Query.invitationPreview": { capability: "MANAGE_USERS" },
  "Query.profiles": { capability: "MANAGE_PROFILES" },
  "Query.sharingRules": { capability: "MANAGE_DATA_SHARING" },
  "Organization.edition": { capability: "MANAGE_ORGANIZATION" },
  "Organization.hierarchy": { capability: "MANAGE_ORGANIZATION" },
  "Organization.language": { capability: "MANAGE_ORGANIZATION" },
  "Organization.seats": { capability: "MANAGE_ORGANIZATION" },
  "Organization.longestSupportDays": { capability: "MANAGE_SUPPORT_ACCESS" },
  "Organization.supportAccess": { capability: "MANAGE_SUPPORT_ACCESS" },
  "Organization.supportAccesses": { capability: "MANAGE_SUPPORT_ACCESS" },
  "Organization.supportAgents": { capability: "MANAGE_SUPPORT_ACCESS" },
  "Organization.superAdministrator": { capability: "MANAGE_ORGANIZATION" },
  "Organization.timeZone": { capability: "MANAGE_ORGANIZATION" },
  "Record.shares": { action: "SHARE" },
  "User.dependents": { capability: "MANAGE_ADMIN_PERMISSIONS" },
} as const satisfies Readonly<Record<string, Need>>;

/** A need as a sentence: `Needs MANAGE_ROLES.`, `Needs UPDATE on the record.` */
export function needSentence(need: Need & { readonly shown?: Shown }): string {
  if (need.shown === "TOKEN") return "Needs no sign-in, but the token.";
  const parts = [
    ...(need.capability === undefined ? [] : [`the capability \`${need.capability}\``]),
    ...(need.permission === undefined ? [] : [`the permission \`${need.permission}\` in the module`]),
    ...(need.action === undefined ? [] : [`\`${need.action}\` on the record`]),
    ...(need.administration === undefined ? [] : ["the administration of the application"]),
  ];
  return parts.length === 0 ? "Needs a sign-in." : `Needs ${parts.join(" and ")}.`;
}
