import { join, type Sql, sqltag as sql } from "@prisma/client/runtime/client";

/** Several tests as one, which may stand wherever a test may: in parentheses, unless it is a single one. */
export function allOf(tests: readonly Sql[]): Sql {
  return combined(tests, " AND ");
}

/** The same where one of them is enough. */
export function anyOf(tests: readonly Sql[]): Sql {
  return combined(tests, " OR ");
}

function combined(tests: readonly Sql[], word: string): Sql {
  const [first, ...others] = tests;
  return first !== undefined && others.length === 0 ? first : sql`(${join(tests, word)})`;
}
