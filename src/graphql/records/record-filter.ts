import type { Operator } from "../../policy/model/condition.ts";
import { MAX_COMPARISONS, PRICE } from "../../store/records/budget.ts";
import type { RecordFilter as FilterShape, RecordOrder as OrderShape } from "../../store/records/filter.ts";
import { builder, described } from "../core/builder.ts";

const ComparisonOp = builder.enumType("ComparisonOp", {
  description:
    "How a field is compared with a constant: exactly, by code point, without wildcards. A field without a value matches `IS_NULL` only.",
  values: described<Operator>({
    EQ: "The same; for a `MULTI_PICKLIST`, the same options in any order.",
    NE: "Another value than the constant.",
    LT: "Before the constant.",
    LTE: "Before the constant, or the same.",
    GT: "After the constant.",
    GTE: "After the constant, or the same.",
    IN: "One of the constants.",
    NOT_IN: "A value that is none of the constants.",
    CONTAINS:
      "A text with the constant in it, letter for letter: `lowen` is not in `Löwenthal`, nor `Lö` in `LÖWE`. For a `MULTI_PICKLIST`, the option is chosen.",
    STARTS_WITH: "A text that begins with the constant, letter for letter.",
    IS_NULL: "No value.",
    IS_NOT_NULL: "Any value.",
  }),
});

const RecordComparison = builder.inputType("RecordComparison", {
  description:
    "One comparison of a field, or of `id`, `key`, `name`, `owner`, `createdBy`, `createdAt` or `updatedAt`.",
  fields: (t) => ({
    field: t.string({ required: true, description: "The key of the field, or the name of the attribute." }),
    op: t.field({
      type: ComparisonOp,
      required: true,
      description: "How it is compared. Which operators fit depends on the field's type.",
    }),
    value: t.field({
      type: "JSON",
      description:
        "The constant, of the field's type; a list for `IN` and `NOT_IN`; left out for `IS_NULL` and `IS_NOT_NULL`. Records and users are named by global id.",
    }),
  }),
});

/** A filter on records: exactly one of its members. */
export const RecordFilter = builder.inputRef<FilterShape>("RecordFilter").implement({
  description: `Which records: a tree of comparisons, exactly one of these fields at each level. The target of a lookup counts as missing when it is out of reach. What a filter costs is known before it runs: a comparison costs ${PRICE.plain}; of a number, or by \`CONTAINS\` or \`STARTS_WITH\`, ${PRICE.number}; of a \`MULTI_PICKLIST\` ${PRICE.options}; of a lookup ${PRICE.pointer} by \`EQ\` and \`IN\`, ${PRICE.target} by any other operator; and for a list 1 more, and 1 for every ${PRICE.constants} constants in it. To order by a field costs as much, by a user ${PRICE.person}, by a lookup ${PRICE.target}. A list costs its filter twice, for the page and for \`totalCount\`, and its order once; each of \`after\` and \`before\` adds the filter once and the order five times. A filter that names records by \`id\` or \`key\` costs a twentieth. All lists of an operation may cost ${MAX_COMPARISONS} together: beyond that a list is refused as \`LIMIT_EXCEEDED\` before it runs.`,
  isOneOf: true,
  fields: (t) => ({
    all: t.field({ type: [RecordFilter], description: "Every one of these; at least one." }),
    any: t.field({ type: [RecordFilter], description: "One of these or more; at least one." }),
    compare: t.field({ type: RecordComparison, description: "This comparison." }),
  }),
});

const SortDirection = builder.enumType("SortDirection", {
  description: "Which end comes first. Records without a value come last either way.",
  values: described<"ASC" | "DESC">({ ASC: "The smallest first.", DESC: "The largest first." }),
});

/** One term of an order; earlier terms lead, and ties end newest first. */
export const RecordOrder = builder.inputRef<OrderShape>("RecordOrder").implement({
  description: "One term of an order. Users and lookups are ordered by name, text by code point.",
  fields: (t) => ({
    field: t.string({ required: true, description: "The key of the field, or the name of the attribute." }),
    direction: t.field({ type: SortDirection, defaultValue: "ASC", description: "Which end comes first." }),
  }),
});
