import type { Sql } from "@prisma/client/runtime/client";
import type { Instant } from "../../../kernel/instant.ts";
import type { SeqMask } from "../../../policy/model/owners.ts";
import type { BranchPage, SomeReached } from "../branches/branches.ts";
import type { RuleMatches } from "../query.ts";

/**
 * Where the two databases differ in the statements on records: fragments with one meaning.
 *
 * A `row` is the alias of a `Record` in the statement. A fragment of a field is NULL when the field has no value of
 * the type asked for, so that a stale value of another type meets nothing instead of raising an error (EN-07).
 */
export type Dialect = {
  /** Whether the owner of the row is in the mask; false for a user younger than the mask. */
  readonly isOwnerIn: (row: Sql, mask: SeqMask) => Sql;
  /** Whether the text is one of the texts, bound as one parameter. */
  readonly isOneOf: (text: Sql, texts: readonly string[]) => Sql;
  /** Whether the number, or the truth as 1 or 0, is one of the numbers, bound as one parameter. */
  readonly isNumberOneOf: (number: Sql, numbers: readonly number[]) => Sql;
  /** Whether the id is one of the ids, bound as one parameter. */
  readonly isIdOneOf: (id: Sql, ids: readonly string[]) => Sql;
  /** The ids as rows of one column `id`, bound as one parameter: what stands in a list of tables. */
  readonly idRows: (ids: readonly string[]) => Sql;
  /** An id, bound. */
  readonly id: (id: string) => Sql;
  /** An id column as text of the answer. */
  readonly idText: (id: Sql) => Sql;
  /** Text, bound. */
  readonly text: (text: string) => Sql;
  /** A double, bound. */
  readonly number: (value: number) => Sql;
  /** An instant as the integer that expiries are stored as, bound. */
  readonly instant: (at: Instant) => Sql;
  /** A column of text, for comparing and sorting by code point. */
  readonly textColumn: (column: Sql) => Sql;
  /** A column of an instant, as milliseconds since 1970. */
  readonly instantColumn: (column: Sql) => Sql;
  /** How many bytes the values of the row have together. */
  readonly valuesBytes: (row: Sql) => Sql;
  /** A field's text. */
  readonly fieldText: (row: Sql, key: string) => Sql;
  /** A field's number, as a double. */
  readonly fieldNumber: (row: Sql, key: string) => Sql;
  /** A field's truth, as 1 or 0. */
  readonly fieldBoolean: (row: Sql, key: string) => Sql;
  /** A field's list of options, in order, as one text for sorting. */
  readonly fieldOptions: (row: Sql, key: string) => Sql;
  /** Whether all of the options, each named once, are chosen in the field; NULL without a value. One parameter for all. */
  readonly hasOptions: (row: Sql, key: string, options: readonly string[]) => Sql;
  /** How many options are chosen in the field; NULL without a value. */
  readonly optionCount: (row: Sql, key: string) => Sql;
  /** A field's text as an id to compare with an id column; NULL when it is none. */
  readonly fieldId: (row: Sql, key: string) => Sql;
  /** Whether the text contains the part, letter for letter. */
  readonly contains: (text: Sql, part: string) => Sql;
  /** Whether the text begins with the part, letter for letter. */
  readonly startsWith: (text: Sql, part: string) => Sql;
  /** What is never true. */
  readonly isNever: Sql;
  /** Ends a question asked of each of a few rows, so that it is asked for each and not once for all rows there are. */
  readonly oneByOne: Sql;
  /**
   * The ids of a page from the ways into a reach, each in list order and cut at the page's size, as rows of `way` and
   * `id`. A way that gave fewer rows than `cut` has no more; rows of several ways may be the same.
   */
  readonly branchPage: (page: BranchPage) => { readonly statement: Sql; readonly cut: number };
  /** Every id of a reach, in one column, each once. */
  readonly branchIds: (reached: SomeReached) => Sql;
  /** How many records a reach grants whose owner is not in its mask, each once: a value in parentheses. */
  readonly grantedCount: (reached: SomeReached) => Sql;
  /** How many records each owner has, as rows of `moduleId` and `owners`, a JSON list of pairs. */
  readonly ownerCounts: (orgId: string) => Sql;
  /**
   * Among how many of its module's newest records the newest `matches` matches of each rule are, counted up to `most`, as
   * rows of `key` and `among`; 0 where there are fewer matches.
   */
  readonly matchesAmong: (
    rules: readonly RuleMatches[],
    bounds: { readonly matches: number; readonly most: number },
  ) => Sql;
  /** The same for statements that are kept prepared, with values by which nothing is planned: once planned, they stay so. */
  readonly unseen: () => Dialect;
  /** A JSON list of `[key, readUntil, updateUntil, deleteUntil, shareUntil]` over the grants `g` under the keys. */
  readonly grantList: (from: Sql, keys: readonly string[]) => Sql;
};
