import type { ModuleId, OrgId, RecordId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { GrantRow, Reach } from "../../policy/ask/reach.ts";
import type { Operator, Scalar } from "../../policy/model/condition.ts";
import type { Action, Field } from "../../policy/model/org.ts";

/** A reach with the action and the instant that it answers for: what every statement on records carries. */
export type Reached = {
  readonly orgId: OrgId;
  readonly moduleId: ModuleId;
  readonly reach: Reach;
  readonly action: Action;
  readonly now: Instant;
};

/** What every record has besides the fields of its module. */
export const ATTRIBUTES = ["id", "key", "name", "owner", "createdBy", "createdAt", "updatedAt"] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/**
 * What a filter compares or an order sorts by: an attribute, or a field. A LOOKUP comes with the reach on the module
 * it points to: a target out of reach is treated as one that does not exist (SH-53).
 */
export type Operand =
  | { readonly kind: "ATTRIBUTE"; readonly attribute: Attribute }
  | { readonly kind: "FIELD"; readonly field: Field; readonly target: Reached | null };

/** A filter whose names were resolved and whose values were checked at the edge. */
export type RowTest =
  | { readonly kind: "ALL" | "ANY"; readonly tests: readonly RowTest[] }
  | {
      readonly kind: "COMPARE";
      readonly operand: Operand;
      readonly op: Operator;
      /** One constant, several for `IN`, `NOT_IN` and sets of options, none for `IS_NULL` and `IS_NOT_NULL`. */
      readonly constants: readonly Scalar[];
    };

/** One term of an order. What has no value comes last, whichever the direction. */
export type OrderTerm = { readonly operand: Operand; readonly isDescending: boolean };

/** A place in an order: the value of each term (null for none) and the id, which settles ties, newest first. */
export type Position = { readonly values: readonly (string | number | null)[]; readonly id: RecordId };

export type PageQuery = {
  readonly reached: Reached;
  readonly filter: RowTest | null;
  /** Empty is newest first: by id alone, whose time is `createdAt`. */
  readonly order: readonly OrderTerm[];
  /** Rows strictly after this place … */
  readonly after: Position | null;
  /** … and strictly before this one. */
  readonly before: Position | null;
  /** How many rows at most. */
  readonly limit: number;
  /** Whether the rows wanted are the last ones; they come in list order all the same. */
  readonly isFromEnd: boolean;
};

/** A record with the grant rows that the viewer's keys find on it; not yet judged. */
export type FoundRecord = {
  readonly id: RecordId;
  readonly moduleId: ModuleId;
  readonly ownerSeq: number;
  readonly grants: ReadonlyMap<string, GrantRow>;
};

/** How many records of a module each owner has, by `User.seq`. */
export type OwnerCounts = {
  readonly moduleId: ModuleId;
  readonly owners: readonly (readonly [ownerSeq: number, n: number])[];
};

/** The matches of a rule: the key that they are stored under. */
export type RuleMatches = { readonly moduleId: ModuleId; readonly key: string };

/** Which share of the newest records of its module a rule matches, 0 to 1. */
export type MatchShare = { readonly key: string; readonly share: number };

/** The statements on records that need raw SQL: one implementation per database, one meaning. */
export type ReachQueries = {
  /** The places of the rows of a page, in list order. One statement. */
  readonly page: (query: PageQuery) => Promise<readonly Position[]>;
  /** How many rows the reach and the filter admit, exactly. One statement. */
  readonly count: (reached: Reached, filter: RowTest | null) => Promise<number>;
  /**
   * The records among `ids` that exist in the organisation, with their grants under `keys`. One statement, whatever is
   * found: judging happens in memory, so that absent and out of reach cost the same (AP-03).
   */
  readonly find: (
    orgId: OrgId,
    ids: readonly RecordId[],
    keys: readonly string[],
  ) => Promise<readonly FoundRecord[]>;
  /**
   * Of how many records of its module, the newest first, the first matches of each rule are: how frequent they are. One
   * statement. Rules that match few are left out. For choosing plans, never shown.
   */
  readonly frequentMatches: (rules: readonly RuleMatches[]) => Promise<readonly MatchShare[]>;
  /** How many records each owner has, module by module. One statement. For choosing plans, never shown. */
  readonly ownerCounts: (orgId: OrgId) => Promise<readonly OwnerCounts[]>;
};
