import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { RowTest } from "../query.ts";
import type { Dialect } from "../sql/dialect.ts";
import { meets } from "./filter.ts";
import { priceOfTest } from "./price.ts";

/**
 * A filter up to this price may be asked of rows before it is known whether they are in reach, which is quicker where it
 * lets few rows through.
 */
const CHEAP = 8;

/**
 * Whether so much may be asked of a row that the time it takes would tell what is in it: of a row out of reach nothing is
 * asked then (SH-52). What stands behind a test that fails is never asked, so a dear one behind a question is an answer.
 */
export function isDear(filter: RowTest): boolean {
  return priceOfTest(filter) > CHEAP || (filter.kind !== "COMPARE" && looksIntoText(filter));
}

/** Texts may be long. A question by itself has nothing behind it that would tell how it was answered. */
function looksIntoText(test: RowTest): boolean {
  if (test.kind !== "COMPARE") return test.tests.some(looksIntoText);
  return test.op === "CONTAINS" || test.op === "STARTS_WITH";
}

/** A filter, asked only of rows in reach where it is dear: neither database keeps to the order of an AND. */
export function meetsBehind(dialect: Dialect, filter: RowTest, row: Sql, isReached: Sql): Sql {
  const isMet = meets(dialect, filter, row);
  return isDear(filter) ? sql`CASE WHEN ${isReached} THEN ${isMet} ELSE ${dialect.isNever} END` : isMet;
}
