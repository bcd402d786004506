import type { Instant } from "../../kernel/instant.ts";
import type { SharingRule, User } from "../model/org.ts";
import type { Owners } from "../model/owners.ts";
import type { Question } from "../model/policy.ts";

/** The kinds of access, in the order in which an explanation names them (`index.ts` holds the list). */
export type KindName =
  | "OWNERSHIP"
  | "ADMINISTRATOR"
  | "ORGANIZATION_DEFAULT"
  | "HIERARCHY"
  | "PEERS"
  | "FORECAST_MANAGER"
  | "SHARING_RULE"
  | "RECORD_SHARE"
  | "TEAM_ROLE";

/**
 * The records that a grant admits: all of the module, those of some owners, or those with a live grant row under a
 * key (and, when `within` is given, of those owners only).
 */
export type Scope =
  | { readonly records: "ALL" }
  | { readonly records: "OWNED"; readonly owners: Owners }
  | { readonly records: "KEYED"; readonly key: string; readonly within: Owners | null };

/** What one source of access adds for one question: these records, until then, because of this. */
export type Grant = {
  readonly kind: KindName;
  readonly scope: Scope;
  /** The instant from which the grant is void; null when it does not end by itself. */
  readonly until: Instant | null;
  /** The rule behind it, for the kind `SHARING_RULE`. */
  readonly rule?: SharingRule;
};

/** The record that an explanation is about, as far as a sentence may speak of it. */
export type Explained = {
  readonly ownerSeq: number;
  readonly name: string;
};

/** One path that admits: its sentence, and the names of the roles or people it climbs, viewer's end first. */
export type Path = {
  readonly kind: KindName;
  readonly sentence: string;
  readonly level: string | null;
  readonly rule: SharingRule | null;
  /** The grant key, for paths through shares and criteria. */
  readonly key: string | null;
  readonly rolePath: readonly string[];
  /** Who stands behind the names of `rolePath` where these are people: not everybody may be told who reports to whom. */
  readonly chain?: readonly User[];
};

/**
 * One kind of access: a value that adds grants and can say its own sentence (EN-03).
 *
 * `grants` is the only source of truth: enforcing merges its grants into a reach, explaining asks `path` to describe
 * those that admit one record. Grants only widen.
 */
export type Kind = {
  readonly name: KindName;
  readonly grants: (question: Question) => Iterable<Grant>;
  /** Describes a grant of this kind that admits the record. */
  readonly path: (question: Question, grant: Grant, record: Explained) => Omit<Path, "kind" | "rule" | "key">;
  /** One sentence on why this kind adds nothing for the record; null when it has nothing to do with the module. */
  readonly absence: (question: Question, record: Explained) => string | null;
};
