// Written by `npm run codegen`: change the operations, not this.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What `extensions.code` of an error can be, for programs to read. */
export const ERROR_CODES = [
  "ACTION_NOT_AVAILABLE",
  "ALREADY_VISIBLE",
  "BAD_USER_INPUT",
  "CONFIRMATION_REQUIRED",
  "CONFLICT",
  "CONVERSION_NOT_ALLOWED",
  "FORBIDDEN",
  "INTERNAL",
  "LAST_ADMINISTRATOR",
  "LIMIT_EXCEEDED",
  "NOT_FOUND",
  "NO_SEAT",
  "RULE_APPLYING",
  "TEAM_MODULE_LIMIT",
  "UNAUTHENTICATED",
] as const;
/** One of `ERROR_CODES`. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What must be true before any grant counts. */
export type AccessGate =
  /** The user has the CRM application. */
  | 'APPLICATION'
  /** The profile, or the team role, opens the module for the action. */
  | 'PROFILE'
  /** The user is active. */
  | 'STATUS'
  /** For the support agent: an open support grant, and no denial. */
  | 'SUPPORT'
  /** In organisation modules a team licence allows reading only. */
  | 'TEAM_LICENSE';

/** The kinds of access, in the order in which an explanation names them. */
export type AccessKind =
  /** The user holds `VIEW_ALL_DATA` or `MODIFY_ALL_DATA`. */
  | 'ADMINISTRATOR'
  /** The user is the forecast manager of the owner's role. */
  | 'FORECAST_MANAGER'
  /** The user is a superior of the owner. */
  | 'HIERARCHY'
  /** The organisation default allows it to everyone. */
  | 'ORGANIZATION_DEFAULT'
  /** The user owns the record. */
  | 'OWNERSHIP'
  /** The user and the owner have the same role, which shares with peers. */
  | 'PEERS'
  /** A share of the record gives access. */
  | 'RECORD_SHARE'
  /** A sharing rule gives access. */
  | 'SHARING_RULE'
  /** The user's role in the team module gives access. */
  | 'TEAM_ROLE';

/** A named power that is not about one record. Some guard nothing here: they are listed for other applications. */
export type Capability =
  /** Apply an organisation file. */
  | 'APPLY_POLICY'
  /** Review and approve records. */
  | 'APPROVE_RECORDS'
  /** Chat with the assistant. */
  | 'ASK_ASSISTANT'
  /** Be chosen by an assignment rule. */
  | 'ASSIGNMENT_TARGET'
  /** Automatic replies. */
  | 'AUTO_EMAIL'
  /** Export the organisation file. */
  | 'BACKUP_DATA'
  /** Appear in a user lookup. */
  | 'BE_LOOKED_UP'
  /** Offer calendar bookings. */
  | 'BOOK_CALENDAR'
  /** Use channels. */
  | 'CHANNELS'
  /** Write client scripts. */
  | 'CLIENT_SCRIPT'
  /** Use the conversational AI tab. */
  | 'CONVERSATIONAL_AI'
  /** Convert leads, quotes and sales orders. */
  | 'CONVERT_RECORD'
  /** Clone an organisation file into another organisation. */
  | 'COPY_CUSTOMIZATION'
  /** Create connections. */
  | 'CREATE_CONNECTIONS'
  /** Create online meetings. */
  | 'CREATE_MEETING'
  /** Choose a date range further than five years from now. */
  | 'DATE_RANGE_BEYOND_5_YEARS'
  /** Use the voice assistant in developer features. */
  | 'DEVELOPER_VOICE'
  /** Edit connections. */
  | 'EDIT_CONNECTIONS'
  /** Enrich records with outside facts. */
  | 'ENRICH_DATA'
  /** Export the audit log as CSV. */
  | 'EXPORT_AUDIT_LOG'
  /** Export records as CSV. */
  | 'EXPORT_DATA'
  /** Export reports. */
  | 'EXPORT_REPORTS'
  /** Use flow actions in workflows. */
  | 'FLOW_ACTIONS'
  /** Generate an API key. */
  | 'GENERATE_ZSC_KEY'
  /** Validate images. */
  | 'IMAGE_VALIDATION'
  /** Take part in gamification. */
  | 'JOIN_GAMIFICATION'
  /** Attach integration-made records to related lists. */
  | 'LINK_INTEGRATION_RECORDS'
  /** Merge records into letters. */
  | 'MAIL_MERGE'
  /** Change administrators and the Administrator profile. */
  | 'MANAGE_ADMIN_PERMISSIONS'
  /** Change assignment rules, workflows and wizards. */
  | 'MANAGE_AUTOMATION'
  /** Create, change and delete dashboards and reports. */
  | 'MANAGE_DASHBOARDS'
  /** Set organisation defaults and sharing rules; simulate a change of them. */
  | 'MANAGE_DATA_SHARING'
  /** Create, change and delete groups. */
  | 'MANAGE_GROUPS'
  /** Change integrations. */
  | 'MANAGE_INTEGRATIONS'
  /** Create, change and delete modules and fields. */
  | 'MANAGE_MODULES'
  /** See and change company settings. */
  | 'MANAGE_ORGANIZATION'
  /** Create, change and delete profiles, administrator profiles excepted. */
  | 'MANAGE_PROFILES'
  /** Create, move, rename and delete roles. */
  | 'MANAGE_ROLES'
  /** Change edition, seats and team licensing. */
  | 'MANAGE_SUBSCRIPTION'
  /** See, open, move and close support access. */
  | 'MANAGE_SUPPORT_ACCESS'
  /** Invite people, edit their details, assign them. */
  | 'MANAGE_USERS'
  /** Use the marketplace. */
  | 'MARKETPLACE'
  /** Send an email to many records at once. */
  | 'MASS_EMAIL'
  /** Find and merge duplicate records. */
  | 'MERGE_DUPLICATES'
  /** Everything with every record of the modules that the profile opens. */
  | 'MODIFY_ALL_DATA'
  /** Own records of organisation modules. */
  | 'OWN_ORGANIZATION_RECORDS'
  /** See lists for printing. */
  | 'PRINT_VIEW'
  /** Delete records, as far as a module's DELETE goes; exists so that a support grant can deny it. */
  | 'RECORD_DELETE'
  /** Run macros. */
  | 'RUN_MACRO'
  /** Mass email at a later time. */
  | 'SCHEDULED_MASS_EMAIL'
  /** Send an email to the address on a record. */
  | 'SEND_EMAIL'
  /** Share list views with others. */
  | 'SHARE_LIST_VIEWS'
  /** See lists as a sheet. */
  | 'SHEET_VIEW'
  /** Use social channels. */
  | 'SOCIAL'
  /** Start calls. */
  | 'START_CALL'
  /** Use surveys. */
  | 'SURVEY'
  /** Change tab groups. */
  | 'TAB_GROUPS'
  /** Change trusted domains. */
  | 'TRUSTED_DOMAINS'
  /** Talk in feeds. */
  | 'USE_FEEDS'
  /** Use the sandbox. */
  | 'USE_SANDBOX'
  /** Ask who may do what, about others. */
  | 'VIEW_ACCESS'
  /** Read every record of the modules that the profile opens. */
  | 'VIEW_ALL_DATA'
  /** Read the whole audit log. */
  | 'VIEW_AUDIT_LOG'
  /** See connections. */
  | 'VIEW_CONNECTIONS'
  /** See dashboards and reports. */
  | 'VIEW_DASHBOARDS'
  /** Read records made by integrations. */
  | 'VIEW_INTEGRATION_RECORDS'
  /** Read social posts and comments. */
  | 'VIEW_SOCIAL_POSTS'
  /** Use the voice assistant. */
  | 'VOICE_ASSISTANT'
  /** Use the voice of the customer. */
  | 'VOICE_OF_CUSTOMER'
  /** Email sent by a workflow. */
  | 'WORKFLOW_EMAIL';

/** Which record, to whom, and what happens to its shares. */
export type ChangeOwnerInput = {
  /** The record. */
  readonly id: string;
  /** Whether its shares stay. */
  readonly keepShares?: boolean | null | undefined;
  /** The user who is to own it. */
  readonly owner: string;
  /** What the previous owner keeps. A level needs `SHARE` on the record and each action of the level. Left out: the share that they have, if shares stay; in a team module a requester keeps at least `READ_ONLY`. */
  readonly previousOwnerKeeps?: PreviousOwnerKeeps | null | undefined;
};

/** How a field is compared with a constant: exactly, by code point, without wildcards. A field without a value matches `IS_NULL` only. */
export type ComparisonOp =
  /** A text with the constant in it, letter for letter: `lowen` is not in `Löwenthal`, nor `Lö` in `LÖWE`. For a `MULTI_PICKLIST`, the option is chosen. */
  | 'CONTAINS'
  /** The same; for a `MULTI_PICKLIST`, the same options in any order. */
  | 'EQ'
  /** After the constant. */
  | 'GT'
  /** After the constant, or the same. */
  | 'GTE'
  /** One of the constants. */
  | 'IN'
  /** Any value. */
  | 'IS_NOT_NULL'
  /** No value. */
  | 'IS_NULL'
  /** Before the constant. */
  | 'LT'
  /** Before the constant, or the same. */
  | 'LTE'
  /** Another value than the constant. */
  | 'NE'
  /** A value that is none of the constants. */
  | 'NOT_IN'
  /** A text that begins with the constant, letter for letter. */
  | 'STARTS_WITH';

/** A new record. */
export type CreateRecordInput = {
  /** The key of the module. */
  readonly module: string;
  /** What people call it: something to see, at most 255 characters. */
  readonly name: string;
  /** The user who is to own it; left out, the viewer. */
  readonly owner?: string | null | undefined;
  /** Values by field key, including all that the module requires; for a `LOOKUP` or a `USER` a global id. */
  readonly values?: unknown;
};

/** Which record. */
export type DeleteRecordInput = {
  /** The record. */
  readonly id: string;
};

/** A party: exactly one of these fields, with a global id. */
export type PartyInput =
  {   /** The members of one group, nested groups included. */
  readonly group: string; readonly role?: never; readonly roleAndSubordinates?: never; readonly user?: never; }
  |  { readonly group?: never;   /** The users of one role. */
  readonly role: string; readonly roleAndSubordinates?: never; readonly user?: never; }
  |  { readonly group?: never; readonly role?: never;   /** The users of one role and of every role below it. */
  readonly roleAndSubordinates: string; readonly user?: never; }
  |  { readonly group?: never; readonly role?: never; readonly roleAndSubordinates?: never;   /** One user. */
  readonly user: string; };

/** What the previous owner of a record keeps. */
export type PreviousOwnerKeeps =
  /** A share at `FULL`, without end. */
  | 'FULL'
  /** No share: one that they had is removed. */
  | 'NOTHING'
  /** A share at `READ_ONLY`, without end. */
  | 'READ_ONLY'
  /** A share at `READ_WRITE`, without end. */
  | 'READ_WRITE';

/** What may be done with one record. The same grants allow `SHARE` and `CHANGE_OWNER`. */
export type RecordAction =
  /** Hand it over to another owner. */
  | 'CHANGE_OWNER'
  /** Delete it. */
  | 'DELETE'
  /** See it. */
  | 'READ'
  /** Share it with others. */
  | 'SHARE'
  /** Change its values. */
  | 'UPDATE';

/** One comparison of a field, or of `id`, `key`, `name`, `owner`, `createdBy`, `createdAt` or `updatedAt`. */
export type RecordComparison = {
  /** The key of the field, or the name of the attribute. */
  readonly field: string;
  /** How it is compared. Which operators fit depends on the field's type. */
  readonly op: ComparisonOp;
  /** The constant, of the field's type; a list for `IN` and `NOT_IN`; left out for `IS_NULL` and `IS_NOT_NULL`. Records and users are named by global id. */
  readonly value?: unknown;
};

/** Which records: a tree of comparisons, exactly one of these fields at each level. The target of a lookup counts as missing when it is out of reach. What a filter costs is known before it runs: a comparison costs 1; of a number, or by `CONTAINS` or `STARTS_WITH`, 2; of a `MULTI_PICKLIST` 4; of a lookup 3 by `EQ` and `IN`, 25 by any other operator; and for a list 1 more, and 1 for every 200 constants in it. To order by a field costs as much, by a user 6, by a lookup 25. A list costs its filter twice, for the page and for `totalCount`, and its order once; each of `after` and `before` adds the filter once and the order five times. A filter that names records by `id` or `key` costs a twentieth. All lists of an operation may cost 600 together: beyond that a list is refused as `LIMIT_EXCEEDED` before it runs. */
export type RecordFilter =
  {   /** Every one of these; at least one. */
  readonly all: ReadonlyArray<RecordFilter>; readonly any?: never; readonly compare?: never; }
  |  { readonly all?: never;   /** One of these or more; at least one. */
  readonly any: ReadonlyArray<RecordFilter>; readonly compare?: never; }
  |  { readonly all?: never; readonly any?: never;   /** This comparison. */
  readonly compare: RecordComparison; };

/** A record named by module and key, as organisation files name it. */
export type RecordKey = {
  /** The key of the record in it. */
  readonly key: string;
  /** The key of the module. */
  readonly module: string;
};

/** One term of an order. Users and lookups are ordered by name, text by code point. */
export type RecordOrder = {
  /** Which end comes first. */
  readonly direction?: SortDirection | null | undefined;
  /** The key of the field, or the name of the attribute. */
  readonly field: string;
};

/** A single change that turns a refusal into a permission. */
export type RemedyChange =
  /** Open the module in the profile. */
  | 'OPEN_MODULE'
  /** Raise the organisation default. */
  | 'RAISE_DEFAULT'
  /** Share the record with the user. */
  | 'SHARE_RECORD';

/** What a share gives. */
export type ShareLevel =
  /** Read, change, delete, share, change the owner. */
  | 'FULL'
  /** Read. */
  | 'READ_ONLY'
  /** Read and change. */
  | 'READ_WRITE';

/** What is shared with whom, how far, and until when. */
export type ShareRecordInput = {
  /** From this instant on, which must be in the future, it gives no access. Left out, it does not end. */
  readonly expiresAt?: string | null | undefined;
  /** The record. */
  readonly id: string;
  /** What it gives: only actions that the viewer may do with the record, too. */
  readonly level: ShareLevel;
  /** With whom; not with everyone. */
  readonly with: PartyInput;
};

/** Which end comes first. Records without a value come last either way. */
export type SortDirection =
  /** The smallest first. */
  | 'ASC'
  /** The largest first. */
  | 'DESC';

/** Which share. */
export type UnshareRecordInput = {
  /** The share. */
  readonly share: string;
};

/** The changes to a record. What is left out stays as it is. */
export type UpdateRecordInput = {
  /** The `updatedAt` that was read. If the record was changed since then, the change is refused as `CONFLICT`, with the record as it is now in `extensions.record`. */
  readonly expectedUpdatedAt?: string | null | undefined;
  /** The record. */
  readonly id: string;
  /** The new name. */
  readonly name?: string | null | undefined;
  /** New values by field key; for a `LOOKUP` or a `USER` a global id. Null removes a value, and values that are not named stay as they are. */
  readonly values?: unknown;
};

export type ExplainAccessQueryVariables = Exact<{
  record: string;
  action: RecordAction;
  user?: string | null | undefined;
}>;


export type ExplainAccessQuery = { readonly explainAccess: { readonly allowed: boolean, readonly paths: ReadonlyArray<{ readonly kind: AccessKind, readonly sentence: string, readonly level: string | null, readonly rolePath: ReadonlyArray<string> }>, readonly refusals: ReadonlyArray<{ readonly gate: AccessGate, readonly sentence: string, readonly requirement: string | null }>, readonly absences: ReadonlyArray<{ readonly kind: AccessKind, readonly sentence: string }>, readonly remedy: { readonly change: RemedyChange, readonly sentence: string } | null } | null };

export type RecordLineFragment = { readonly id: string, readonly key: string, readonly name: string, readonly owner: { readonly id: string, readonly name: string } | null, readonly access: { readonly update: boolean, readonly delete: boolean, readonly share: boolean, readonly changeOwner: boolean } };

export type RecordsQueryVariables = Exact<{
  module: string;
  filter?: RecordFilter | null | undefined;
  orderBy?: ReadonlyArray<RecordOrder> | RecordOrder | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type RecordsQuery = { readonly records: { readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly edges: ReadonlyArray<{ readonly node: { readonly id: string, readonly key: string, readonly name: string, readonly owner: { readonly id: string, readonly name: string } | null, readonly access: { readonly update: boolean, readonly delete: boolean, readonly share: boolean, readonly changeOwner: boolean } } | null }> } | null };

export type CountRecordsQueryVariables = Exact<{
  module: string;
  filter?: RecordFilter | null | undefined;
}>;


export type CountRecordsQuery = { readonly records: { readonly totalCount: number, readonly totalIsLowerBound: boolean } | null };

export type RecordQueryVariables = Exact<{
  id?: string | null | undefined;
  key?: RecordKey | null | undefined;
}>;


export type RecordQuery = { readonly record: { readonly values: unknown, readonly createdAt: string, readonly updatedAt: string, readonly id: string, readonly key: string, readonly name: string, readonly owner: { readonly id: string, readonly name: string } | null, readonly access: { readonly update: boolean, readonly delete: boolean, readonly share: boolean, readonly changeOwner: boolean } } | null };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly isSupport: boolean, readonly capabilities: ReadonlyArray<Capability>, readonly user: { readonly id: string, readonly name: string, readonly email: string | null }, readonly organization: { readonly id: string, readonly name: string } } | null };

export type CreateRecordMutationVariables = Exact<{
  input: CreateRecordInput;
}>;


export type CreateRecordMutation = { readonly createRecord: { readonly id: string, readonly record: { readonly id: string, readonly key: string, readonly name: string, readonly owner: { readonly id: string, readonly name: string } | null, readonly access: { readonly update: boolean, readonly delete: boolean, readonly share: boolean, readonly changeOwner: boolean } } | null } | null };

export type UpdateRecordMutationVariables = Exact<{
  input: UpdateRecordInput;
}>;


export type UpdateRecordMutation = { readonly updateRecord: { readonly id: string, readonly record: { readonly id: string, readonly key: string, readonly name: string, readonly owner: { readonly id: string, readonly name: string } | null, readonly access: { readonly update: boolean, readonly delete: boolean, readonly share: boolean, readonly changeOwner: boolean } } | null } | null };

export type DeleteRecordMutationVariables = Exact<{
  input: DeleteRecordInput;
}>;


export type DeleteRecordMutation = { readonly deleteRecord: { readonly id: string } | null };

export type ShareRecordMutationVariables = Exact<{
  input: ShareRecordInput;
}>;


export type ShareRecordMutation = { readonly shareRecord: { readonly id: string, readonly share: { readonly id: string, readonly level: ShareLevel, readonly expiresAt: string | null } | null } | null };

export type UnshareRecordMutationVariables = Exact<{
  input: UnshareRecordInput;
}>;


export type UnshareRecordMutation = { readonly unshareRecord: { readonly id: string } | null };

export type ChangeOwnerMutationVariables = Exact<{
  input: ChangeOwnerInput;
}>;


export type ChangeOwnerMutation = { readonly changeOwner: { readonly id: string, readonly record: { readonly id: string, readonly key: string, readonly name: string, readonly owner: { readonly id: string, readonly name: string } | null, readonly access: { readonly update: boolean, readonly delete: boolean, readonly share: boolean, readonly changeOwner: boolean } } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RecordLineFragmentDoc = new TypedDocumentString(`
    fragment RecordLine on Record {
  id
  key
  name
  owner {
    id
    name
  }
  access {
    update
    delete
    share
    changeOwner
  }
}
    `, {"fragmentName":"RecordLine"}) as unknown as TypedDocumentString<RecordLineFragment, unknown>;
export const ExplainAccessDocument = new TypedDocumentString(`
    query ExplainAccess($record: ID!, $action: RecordAction!, $user: ID) {
  explainAccess(record: $record, action: $action, user: $user) {
    allowed
    paths {
      kind
      sentence
      level
      rolePath
    }
    refusals {
      gate
      sentence
      requirement
    }
    absences {
      kind
      sentence
    }
    remedy {
      change
      sentence
    }
  }
}
    `) as unknown as TypedDocumentString<ExplainAccessQuery, ExplainAccessQueryVariables>;
export const RecordsDocument = new TypedDocumentString(`
    query Records($module: String!, $filter: RecordFilter, $orderBy: [RecordOrder!], $first: Int, $after: String) {
  records(
    module: $module
    filter: $filter
    orderBy: $orderBy
    first: $first
    after: $after
  ) {
    pageInfo {
      hasNextPage
      endCursor
    }
    edges {
      node {
        ...RecordLine
      }
    }
  }
}
    fragment RecordLine on Record {
  id
  key
  name
  owner {
    id
    name
  }
  access {
    update
    delete
    share
    changeOwner
  }
}`) as unknown as TypedDocumentString<RecordsQuery, RecordsQueryVariables>;
export const CountRecordsDocument = new TypedDocumentString(`
    query CountRecords($module: String!, $filter: RecordFilter) {
  records(module: $module, filter: $filter) {
    totalCount
    totalIsLowerBound
  }
}
    `) as unknown as TypedDocumentString<CountRecordsQuery, CountRecordsQueryVariables>;
export const RecordDocument = new TypedDocumentString(`
    query Record($id: ID, $key: RecordKey) {
  record(id: $id, key: $key) {
    ...RecordLine
    values
    createdAt
    updatedAt
  }
}
    fragment RecordLine on Record {
  id
  key
  name
  owner {
    id
    name
  }
  access {
    update
    delete
    share
    changeOwner
  }
}`) as unknown as TypedDocumentString<RecordQuery, RecordQueryVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    isSupport
    capabilities
    user {
      id
      name
      email
    }
    organization {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const CreateRecordDocument = new TypedDocumentString(`
    mutation CreateRecord($input: CreateRecordInput!) {
  createRecord(input: $input) {
    id
    record {
      ...RecordLine
    }
  }
}
    fragment RecordLine on Record {
  id
  key
  name
  owner {
    id
    name
  }
  access {
    update
    delete
    share
    changeOwner
  }
}`) as unknown as TypedDocumentString<CreateRecordMutation, CreateRecordMutationVariables>;
export const UpdateRecordDocument = new TypedDocumentString(`
    mutation UpdateRecord($input: UpdateRecordInput!) {
  updateRecord(input: $input) {
    id
    record {
      ...RecordLine
    }
  }
}
    fragment RecordLine on Record {
  id
  key
  name
  owner {
    id
    name
  }
  access {
    update
    delete
    share
    changeOwner
  }
}`) as unknown as TypedDocumentString<UpdateRecordMutation, UpdateRecordMutationVariables>;
export const DeleteRecordDocument = new TypedDocumentString(`
    mutation DeleteRecord($input: DeleteRecordInput!) {
  deleteRecord(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<DeleteRecordMutation, DeleteRecordMutationVariables>;
export const ShareRecordDocument = new TypedDocumentString(`
    mutation ShareRecord($input: ShareRecordInput!) {
  shareRecord(input: $input) {
    id
    share {
      id
      level
      expiresAt
    }
  }
}
    `) as unknown as TypedDocumentString<ShareRecordMutation, ShareRecordMutationVariables>;
export const UnshareRecordDocument = new TypedDocumentString(`
    mutation UnshareRecord($input: UnshareRecordInput!) {
  unshareRecord(input: $input) {
    id
  }
}
    `) as unknown as TypedDocumentString<UnshareRecordMutation, UnshareRecordMutationVariables>;
export const ChangeOwnerDocument = new TypedDocumentString(`
    mutation ChangeOwner($input: ChangeOwnerInput!) {
  changeOwner(input: $input) {
    id
    record {
      ...RecordLine
    }
  }
}
    fragment RecordLine on Record {
  id
  key
  name
  owner {
    id
    name
  }
  access {
    update
    delete
    share
    changeOwner
  }
}`) as unknown as TypedDocumentString<ChangeOwnerMutation, ChangeOwnerMutationVariables>;
