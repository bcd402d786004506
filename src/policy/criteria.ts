/** Comparisons between a field and a constant (bundle.md): exact, by code point, without wildcards. */
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

/** The closed condition tree of a sharing rule (SH-32). */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly field: string; readonly op: Operator; readonly value?: Scalar | readonly Scalar[] };
