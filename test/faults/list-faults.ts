// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources are quoted here

import { type Fault, onDatabases } from "./fault.ts";

const FILTERS = onDatabases(
  ["store/reach/filter.test.ts"],
  "two viewers|random trees|operator on (text|number|target)",
);
const ORDERS = onDatabases(
  ["store/reach/order.test.ts"],
  "for rep.* by (newest|text|name|number|picklist ASC, number)",
);

/** In comparing, and in statements on records. */
export const LIST_FAULTS: readonly Fault[] = [
  // Limits
  {
    name: "a filter is as deep as it is long",
    file: "store/reach/sql/combined.ts",
    find: "if (tests.length <= SIDE_BY_SIDE)",
    replace: "if (tests.length > 0)",
    ...onDatabases(["store/reach/limits.test.ts"], "sqlite.*999 times"),
  },
  {
    name: "what lists cost is never charged",
    file: "store/records/budget.ts",
    find: "if (actual > MAX_COMPARISONS)",
    replace: "if (actual > Number.MAX_SAFE_INTEGER)",
    ...onDatabases(["store/reach/limits.test.ts"], "sqlite.*(costs what|refused list)"),
  },
  {
    name: "a dear filter is asked of rows out of reach",
    file: "store/reach/condition/behind.ts",
    find: "return priceOfTest(filter) > CHEAP ||",
    replace: "return priceOfTest(filter) > 1000 ||",
    ...onDatabases(["store/reach/behind.test.ts"], "no record out of reach"),
  },
  {
    name: "what stands behind a look into a text is asked of rows out of reach",
    file: "store/reach/condition/behind.ts",
    find: "looksIntoText(filter));",
    replace: "looksIntoText({ ...filter, tests: [] }));",
    ...onDatabases(["store/reach/behind.test.ts"], "a look into a text"),
  },
  {
    name: "counting costs nothing",
    file: "store/records/budget.ts",
    find: "ofFilter * (2 + cursors)",
    replace: "ofFilter * (1 + cursors)",
    ...onDatabases(["store/reach/limits.test.ts"], "sqlite.*costs what"),
  },
  {
    name: "lists that lead back are not counted",
    file: "graphql/core/list-work.ts",
    find: "if (work.listed <= MAX_LISTED)",
    replace: "if (work.listed >= 0)",
    ...onDatabases(["graphql/lists.test.ts"], "sqlite.*lead back"),
  },
  {
    name: "an operation in memory takes no turns",
    file: "graphql/core/turns.ts",
    find: "if (!turns.isOver())",
    replace: "if (turns !== null)",
    ...onDatabases(["graphql/lists.test.ts"], "sqlite.*have a turn"),
  },
  {
    name: "people are sorted again for each list of them",
    file: "store/directory/sorted.ts",
    find: "  if (known !== undefined) return known;\n",
    replace: "",
    tests: ["store/directory/sorted.test.ts"],
  },
  {
    name: "absent records are not asked for",
    file: "store/reach/page/find.ts",
    find: "asked LEFT JOIN",
    replace: "asked JOIN",
    ...onDatabases(["graphql/node.test.ts"], "sqlite.*many hidden"),
  },

  // Searching people
  {
    name: "a search is by the beginning",
    file: "store/directory/search.ts",
    find: "place.includes(word)",
    replace: "place.startsWith(word)",
    ...onDatabases(["graphql/people/search.test.ts"], "sqlite"),
  },
  {
    name: "a search minds accents",
    file: "kernel/search-text.ts",
    find: '.replace(ACCENTS, "")',
    replace: "",
    tests: ["kernel/search-text.test.ts"],
  },
  {
    name: "an explanation names who reports to whom",
    file: "store/sharing/explain.ts",
    find: "managerOf(viewer, below) !== null",
    replace: "true",
    ...onDatabases(["graphql/sharing/reporting-explained.test.ts"], "sqlite"),
  },

  // Masks
  {
    name: "a mask is off by one",
    file: "policy/model/owners.ts",
    find: "((byte >> (seq & 7)) & 1) === 1",
    replace: "((byte >> ((seq + 1) & 7)) & 1) === 1",
    tests: ["policy/model/owners.test.ts"],
  },
  {
    name: "a mask is off by one in SQLite",
    file: "store/reach/sqlite.ts",
    find: '"ownerSeq" + 1, 1)',
    replace: '"ownerSeq" + 2, 1)',
    ...onDatabases(["cases.test.ts"], "sqlite.*sh-0[123]"),
  },
  {
    name: "a mask is off by one in Postgres",
    file: "store/reach/postgres.ts",
    find: '::bytea, ${row}."ownerSeq")',
    replace: '::bytea, greatest(${row}."ownerSeq" - 1, 0))',
    ...onDatabases(["cases.test.ts"], "postgres.*sh-0[123]"),
  },

  // Comparing
  {
    name: "NE matches what is missing, in memory",
    file: "policy/criteria/criteria.ts",
    find: "if (value === null) return false;",
    replace: 'if (value === null) return op === "NE";',
    tests: ["policy/criteria/criteria.test.ts"],
  },
  {
    name: "NOT_IN is IN, in memory",
    file: "policy/criteria/criteria.ts",
    find: "return !constants.includes(value);",
    replace: "return constants.includes(value);",
    tests: ["policy/criteria/criteria.test.ts"],
  },
  {
    name: "NOT_IN matches what is missing, in lists",
    file: "store/reach/condition/filter.ts",
    find: "return sql`NOT (${isOneOf(dialect, kind, value, constants)})`;",
    replace: "return sql`(${value} IS NULL OR NOT (${isOneOf(dialect, kind, value, constants)}))`;",
    ...FILTERS,
  },
  {
    name: "CONTAINS is LIKE",
    file: "store/reach/sqlite.ts",
    find: "sql`instr(${text}, ${part}) > 0`",
    replace: "sql`${text} LIKE '%' || ${part} || '%'`",
    ...FILTERS,
  },
  {
    name: "text is compared by UTF-16 unit",
    file: "kernel/text.ts",
    find: "lifted(left) - lifted(right)",
    replace: "left - right",
    tests: ["kernel/text.test.ts", "policy/criteria/criteria.test.ts"],
  },
  {
    name: "Postgres compares text by language",
    file: "store/reach/postgres.ts",
    find: 'textColumn: (column) => sql`(${column} COLLATE "C")`',
    replace: "textColumn: (column) => sql`(${column})`",
    ...ORDERS,
  },

  // Lists
  {
    name: "an administrator's list crosses modules and organisations",
    file: "store/reach/branches/predicate.ts",
    find: "return isThere;",
    replace: "return sql`1 = 1`;",
    ...FILTERS,
  },
  {
    name: "the count does not ask the reach",
    file: "store/reach/page/counts.ts",
    find: 'const isInReach = isReached(dialect, reached, row, isLed ? "LED" : "ALL");',
    replace: "const isInReach = sql`1 = 1`;",
    ...FILTERS,
  },
  {
    name: "a lookup tells of targets out of reach",
    file: "store/reach/condition/operand.ts",
    find: "WHERE ${isReached(dialect, target, sql`target`)} AND target",
    replace: "WHERE target",
    ...FILTERS,
  },
  {
    name: "a filter that names a record finds what points to it out of reach",
    file: "store/reach/condition/operand.ts",
    find: 'WHERE ${isReached(dialect, target, sql`target`, "FEW")} AND',
    replace: "WHERE",
    ...FILTERS,
  },
  {
    name: "a page begins with the row of its cursor",
    file: "store/reach/condition/order.ts",
    find: '"<" : ">"',
    replace: '"<=" : ">="',
    ...ORDERS,
  },
  {
    name: "what has no value comes first",
    file: "store/reach/condition/order.ts",
    find: '"DESC NULLS LAST"',
    replace: '"DESC NULLS FIRST"',
    ...ORDERS,
  },
  {
    name: "a page is one row short of knowing whether there is another",
    file: "store/records/list.ts",
    find: "const hasMore = found.length > query.limit;",
    replace: "const hasMore = found.length >= query.limit;",
    ...ORDERS,
  },
];
