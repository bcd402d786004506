import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Reach } from "../../policy/reach.ts";
import { KEPT } from "../database/statement-name.ts";

/** Every key that is narrowed to owners is spelt out: with more of them a statement has too many forms to keep. */
const NARROWED = 4;

/**
 * The statement, to be kept prepared by a connection: its form depends on the kind of question and on the kinds of ways
 * into the reach, never on what a caller asks for. Not for filters and orders.
 */
export function kept(statement: Sql, reach: Reach | null = null): Sql {
  const narrowed = reach?.kind === "SOME" ? [...reach.keys.values()].filter((within) => within !== null) : [];
  return narrowed.length > NARROWED ? statement : sql`${raw(KEPT)} ${statement}`;
}
