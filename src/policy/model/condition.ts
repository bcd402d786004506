/** Comparisons between a field and a constant: exact, by code point, without wildcards. */
export const OPERATORS = [
  "EQ",
  "NE",
  "LT",
  "LTE",
  "GT",
  "GTE",
  "IN",
  "NOT_IN",
  "CONTAINS",
  "STARTS_WITH",
  "IS_NULL",
  "IS_NOT_NULL",
] as const;
export type Operator = (typeof OPERATORS)[number];

export type Scalar = string | number | boolean;

/** One comparison. `value` is absent exactly with `IS_NULL` and `IS_NOT_NULL`. */
export type Comparison = {
  readonly field: string;
  readonly op: Operator;
  readonly value?: Scalar | readonly Scalar[];
};

/** The closed condition tree of a sharing rule (SH-32): no negation of trees, nothing relative to time, owner or viewer. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | Comparison;
