/** Identifiers of different nouns do not mix: each is a string with a brand that exists in types only. */
export type Id<Noun extends string> = string & { readonly __noun: Noun };

export type OrgId = Id<"Organization">;
export type UserId = Id<"User">;
export type RoleId = Id<"Role">;
export type ProfileId = Id<"Profile">;
export type GroupId = Id<"Group">;
export type ModuleId = Id<"Module">;
export type FieldId = Id<"Field">;
export type RecordId = Id<"Record">;
export type RuleId = Id<"SharingRule">;
export type ShareId = Id<"RecordShare">;
export type SupportAccessId = Id<"SupportAccess">;
export type ApplicationId = Id<"Application">;

/** Names a string that was parsed at the edge (a row, a global id) as an id of the noun. */
export function asId<Noun extends string>(text: string): Id<Noun> {
  return text as Id<Noun>;
}

/**
 * The id of no row. What a global id of another noun stands for is looked up by it like any other id, so that naming the
 * wrong thing and naming nothing are one answer.
 */
export const ABSENT_ID = "00000000-0000-0000-0000-000000000000";
