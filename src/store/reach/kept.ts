import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Reach } from "../../policy/reach.ts";
import { KEPT } from "../database/statement-name.ts";
import { keysOf } from "./branches.ts";

/** A key that stands in a statement by itself is one more form: with more of them there are too many to keep. */
const SPELT = { page: 4, count: 8 } as const;

/**
 * The statement, to be kept prepared by a connection: its form depends on the kind of question and on the kinds of ways
 * into the reach, never on what a caller asks for. Not for filters and orders.
 */
export function kept(statement: Sql, reach: Reach | null = null, question: "page" | "count" = "page"): Sql {
  return reach?.kind === "SOME" && speltIn(reach, question) > SPELT[question]
    ? statement
    : sql`${raw(KEPT)} ${statement}`;
}

/** A page spells out the keys that are narrowed to owners; a count those with many grants too. */
function speltIn(reach: Extract<Reach, { kind: "SOME" }>, question: "page" | "count"): number {
  const { narrowed, broad } = keysOf(reach);
  return question === "page" ? narrowed.length : narrowed.length + broad.length;
}
