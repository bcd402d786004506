import { raw, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Operator, Scalar } from "../../../policy/model/condition.ts";
import type { RowTest } from "../query.ts";
import { allOf, anyOf } from "../sql/combined.ts";
import type { Dialect } from "../sql/dialect.ts";
import { comparedSql, isLookup, type OperandSql, pointsToOneOf } from "./operand.ts";

/**
 * A filter as SQL, with the meaning that `policy/criteria/criteria.ts` has in memory: what has no value meets `IS_NULL` only.
 *
 * No test is ever negated as a whole, so SQL's unknown and false come to the same.
 */
export function meets(dialect: Dialect, test: RowTest, row: Sql): Sql {
  switch (test.kind) {
    case "ALL":
    case "ANY": {
      const parts = test.tests.map((part) => meets(dialect, part, row));
      return test.kind === "ALL" ? allOf(parts) : anyOf(parts);
    }
    case "COMPARE": {
      if (isLookup(test.operand) && (test.op === "EQ" || test.op === "IN"))
        return pointsToOneOf(
          dialect,
          test.operand,
          row,
          test.op === "EQ" ? test.constants.slice(0, 1) : test.constants,
        );
      const operand = comparedSql(dialect, test.operand, row);
      return operand.kind === "OPTIONS"
        ? meetsOptions(dialect, row, operand.key, test.op, test.constants)
        : meetsScalar(dialect, operand, test.op, test.constants);
    }
  }
}

/** A constant of the operand's kind, bound. */
export function bound(dialect: Dialect, kind: Exclude<OperandSql["kind"], "OPTIONS">, constant: Scalar): Sql {
  switch (kind) {
    case "TEXT":
      return dialect.text(String(constant));
    case "NUMBER":
      return dialect.number(Number(constant));
    case "BOOLEAN":
      // A filter says true or false, a place in an order 1 or 0.
      return Number(constant) === 1 ? sql`1` : sql`0`;
    case "ID":
      return dialect.id(String(constant));
  }
}

function meetsScalar(
  dialect: Dialect,
  { kind, value }: Exclude<OperandSql, { kind: "OPTIONS" }>,
  op: Operator,
  constants: readonly Scalar[],
): Sql {
  if (op === "IS_NULL") return sql`${value} IS NULL`;
  if (op === "IS_NOT_NULL") return sql`${value} IS NOT NULL`;
  const [constant] = constants;
  if (constant === undefined) return sql`1 = 0`;
  switch (op) {
    case "EQ":
    case "NE":
    case "LT":
    case "LTE":
    case "GT":
    case "GTE":
      return sql`${value} ${raw(SIGN[op])} ${bound(dialect, kind, constant)}`;
    case "IN":
      return isOneOf(dialect, kind, value, constants);
    case "NOT_IN":
      return sql`NOT (${isOneOf(dialect, kind, value, constants)})`;
    case "CONTAINS":
      return dialect.contains(value, String(constant));
    case "STARTS_WITH":
      return dialect.startsWith(value, String(constant));
  }
}

/** A list is one parameter, however long it is: a statement has room for some ten thousand. */
function isOneOf(
  dialect: Dialect,
  kind: Exclude<OperandSql["kind"], "OPTIONS">,
  value: Sql,
  constants: readonly Scalar[],
): Sql {
  switch (kind) {
    case "TEXT":
      return dialect.isOneOf(value, constants.map(String));
    case "ID":
      return dialect.isIdOneOf(value, constants.map(String));
    case "NUMBER":
    case "BOOLEAN":
      return dialect.isNumberOneOf(value, constants.map(Number));
  }
}

const SIGN = { EQ: "=", NE: "<>", LT: "<", LTE: "<=", GT: ">", GTE: ">=" } as const;

/** Options chosen: `CONTAINS` one, `EQ` and `NE` the same set, whatever the order. */
function meetsOptions(
  dialect: Dialect,
  row: Sql,
  key: string,
  op: Operator,
  constants: readonly Scalar[],
): Sql {
  const count = dialect.optionCount(row, key);
  const wanted = [...new Set(constants.map(String))];
  const isSame = sql`(${count} = ${raw(String(wanted.length))} AND ${dialect.hasOptions(row, key, wanted)})`;
  switch (op) {
    case "IS_NULL":
      return sql`${count} IS NULL`;
    case "IS_NOT_NULL":
      return sql`${count} IS NOT NULL`;
    case "EQ":
      return isSame;
    case "NE":
      return sql`(${count} IS NOT NULL AND NOT ${isSame})`;
    case "CONTAINS":
      return dialect.hasOptions(row, key, wanted.slice(0, 1));
    case "LT":
    case "LTE":
    case "GT":
    case "GTE":
    case "IN":
    case "NOT_IN":
    case "STARTS_WITH":
      return sql`1 = 0`;
  }
}
