import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";

/** Several tests as one, which may stand wherever a test may: in parentheses, unless it is a single one. */
export function allOf(tests: readonly Sql[]): Sql {
  return combined(tests, " AND ");
}

/** The same where one of them is enough. */
export function anyOf(tests: readonly Sql[]): Sql {
  return combined(tests, " OR ");
}

/**
 * Many tests stand in parentheses of a few, these in parentheses, and so on: both databases read `a OR b OR c` as a tree as
 * deep as it is long, and SQLite refuses an expression of more than 1,000 levels.
 */
function combined(tests: readonly Sql[], word: string): Sql {
  const [first, ...others] = tests;
  if (first !== undefined && others.length === 0) return first;
  if (tests.length <= SIDE_BY_SIDE) return sql`(${join(tests, word)})`;
  const middle = Math.ceil(tests.length / 2);
  return sql`(${combined(tests.slice(0, middle), word)}${raw(word)}${combined(tests.slice(middle), word)})`;
}

const SIDE_BY_SIDE = 8;
