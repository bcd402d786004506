import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import { KEPT } from "../../../database/statement-name.ts";
import { keysOf } from "../branches/branches.ts";
import type { Reached } from "../query.ts";

/** A key that stands in a statement by itself is one more form: with more of them there are too many to keep. */
const SPELT = { page: 4, count: 8 } as const;

/** A size stands in the statement of a page; these are the usual ones, with the row that tells whether there is more. */
const SIZES: ReadonlySet<number> = new Set([10, 20, 25, 50, 100].flatMap((size) => [size, size + 1]));

/**
 * The statement, to be kept prepared by a connection: its form depends on the kind of question and on the kinds of ways
 * into the reach, never on what a caller asks for. Not for filters and orders.
 */
export function kept(statement: Sql): Sql {
  return sql`${raw(KEPT)} ${statement}`;
}

/** The statement of a page without filter and order, to be kept where there are few of its form. */
export function keptPage(statement: Sql, { reach }: Reached, limit: number): Sql {
  const isUsual = SIZES.has(limit) && (reach.kind !== "SOME" || keysOf(reach).narrowed.length <= SPELT.page);
  return isUsual ? kept(statement) : statement;
}

/** The same of a count, which spells out the keys with many grants too. */
export function keptCount(statement: Sql, { reach }: Reached): Sql {
  if (reach.kind !== "SOME") return kept(statement);
  const { narrowed, broad } = keysOf(reach);
  return narrowed.length + broad.length <= SPELT.count ? kept(statement) : statement;
}
