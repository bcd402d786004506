import { join, raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { OrderTerm, Position } from "../query.ts";
import { allOf, anyOf } from "../sql/combined.ts";
import type { Dialect } from "../sql/dialect.ts";
import { bound } from "./filter.ts";
import { type OperandSql, sortedSql } from "./operand.ts";

type Term = Exclude<OperandSql, { kind: "OPTIONS" }> & { readonly isDescending: boolean };

/** An order in SQL: its terms, then the id, newest first. What has no value comes last, whichever the direction. */
export type OrderSql = readonly Term[];

export function orderSql(dialect: Dialect, order: readonly OrderTerm[], row: Sql): OrderSql {
  const terms = order.map(({ operand, isDescending }) => ({
    ...sortedSql(dialect, operand, row),
    isDescending,
  }));
  return [...terms, { kind: "ID", value: sql`${row}."id"`, isDescending: true }];
}

/** The `ORDER BY` list, forwards or from the end. */
export function sortList(order: OrderSql, isFromEnd: boolean): Sql {
  const direction = (isDescending: boolean): Sql => {
    if (isFromEnd) return isDescending ? raw("ASC NULLS FIRST") : raw("DESC NULLS FIRST");
    return isDescending ? raw("DESC NULLS LAST") : raw("ASC NULLS LAST");
  };
  // The id is never null, and a plain direction lets the index on it serve.
  const last = order.length - 1;
  return join(
    order.map(({ value, isDescending }, at) =>
      at === last
        ? sql`${value} ${raw(isDescending === isFromEnd ? "ASC" : "DESC")}`
        : sql`${value} ${direction(isDescending)}`,
    ),
  );
}

/** Whether the row comes strictly after (or before) the place: the keyset test, term by term. */
export function isBeyond(
  dialect: Dialect,
  order: OrderSql,
  position: Position,
  side: "AFTER" | "BEFORE",
): Sql {
  const places = [...position.values, position.id];
  const branches = order.flatMap((term, at) => {
    const past = isPast(dialect, term, places[at] ?? null, side);
    const same = order.slice(0, at).map((earlier, index) => isSame(dialect, earlier, places[index] ?? null));
    return past === null ? [] : [allOf([...same, past])];
  });
  return anyOf(branches);
}

function isSame(dialect: Dialect, { kind, value }: Term, place: string | number | null): Sql {
  return place === null ? sql`${value} IS NULL` : sql`${value} = ${bound(dialect, kind, place)}`;
}

/** Null for what no row can be: what has no value comes last. */
function isPast(
  dialect: Dialect,
  term: Term,
  place: string | number | null,
  side: "AFTER" | "BEFORE",
): Sql | null {
  const { kind, value, isDescending } = term;
  if (place === null) return side === "AFTER" ? null : sql`${value} IS NOT NULL`;
  const sign = raw((side === "AFTER") === isDescending ? "<" : ">");
  const isOnSide = sql`${value} ${sign} ${bound(dialect, kind, place)}`;
  // Only what is compared alone leads into an index; every record has an id.
  if (kind === "ID") return isOnSide;
  return side === "AFTER" ? anyOf([isOnSide, sql`${value} IS NULL`]) : isOnSide;
}
