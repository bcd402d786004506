import { type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { Scalar } from "../../../policy/model/condition.ts";
import { isReached } from "../branches/predicate.ts";
import type { Operand, Reached } from "../query.ts";
import type { Dialect } from "../sql/dialect.ts";

/** What an operand is in SQL: its kind decides how it is compared, `null` never arises for a kind that says so. */
export type OperandSql =
  | { readonly kind: "TEXT" | "NUMBER" | "BOOLEAN" | "ID"; readonly value: Sql }
  | { readonly kind: "OPTIONS"; readonly key: string };

/** The operand of a comparison on the row. */
export function comparedSql(dialect: Dialect, operand: Operand, row: Sql): OperandSql {
  if (operand.kind === "FIELD") return fieldSql(dialect, operand, row);
  switch (operand.attribute) {
    case "id":
      return { kind: "ID", value: sql`${row}."id"` };
    case "owner":
      return { kind: "ID", value: sql`${row}."ownerId"` };
    case "createdBy":
      return { kind: "ID", value: sql`${row}."createdById"` };
    case "key":
      return { kind: "TEXT", value: dialect.textColumn(sql`${row}."key"`) };
    case "name":
      return { kind: "TEXT", value: dialect.textColumn(sql`${row}."name"`) };
    case "createdAt":
      return { kind: "NUMBER", value: dialect.instantColumn(sql`${row}."createdAt"`) };
    case "updatedAt":
      return { kind: "NUMBER", value: dialect.instantColumn(sql`${row}."updatedAt"`) };
  }
}

/** What a list is sorted by: people and targets of lookups by name, creation by id, whose time it is. */
export function sortedSql(
  dialect: Dialect,
  operand: Operand,
  row: Sql,
): Exclude<OperandSql, { kind: "OPTIONS" }> {
  return { kind: sortKind(operand), value: sortedValue(dialect, operand, row) };
}

/** What kind of value a list sorted by the operand has in its places. */
export function sortKind(operand: Operand): "TEXT" | "NUMBER" | "BOOLEAN" | "ID" {
  if (operand.kind === "FIELD") {
    const { type } = operand.field;
    return type === "NUMBER" || type === "BOOLEAN" ? type : "TEXT";
  }
  switch (operand.attribute) {
    case "id":
    case "createdAt":
      return "ID";
    case "updatedAt":
      return "NUMBER";
    case "key":
    case "name":
    case "owner":
    case "createdBy":
      return "TEXT";
  }
}

function sortedValue(dialect: Dialect, operand: Operand, row: Sql): Sql {
  if (operand.kind === "FIELD") {
    const { field, target } = operand;
    if (field.type === "USER") return userName(dialect, row, dialect.fieldId(row, field.key));
    if (field.type === "LOOKUP") return targetName(dialect, target, row, field.key);
  }
  if (operand.kind === "ATTRIBUTE") {
    if (operand.attribute === "owner") return userName(dialect, row, sql`${row}."ownerId"`);
    if (operand.attribute === "createdBy") return userName(dialect, row, sql`${row}."createdById"`);
    if (operand.attribute === "createdAt") return sql`${row}."id"`;
  }
  const compared = comparedSql(dialect, operand, row);
  return compared.kind === "OPTIONS" ? dialect.fieldOptions(row, compared.key) : compared.value;
}

type FieldOperand = Extract<Operand, { readonly kind: "FIELD" }>;

function fieldSql(dialect: Dialect, { field, target }: FieldOperand, row: Sql): OperandSql {
  switch (field.type) {
    case "TEXT":
    case "EMAIL":
    case "DATE":
    case "DATETIME":
    case "PICKLIST":
    // Ids are written in one way only, and telling whether each is one takes longer than comparing it.
    case "USER":
      return { kind: "TEXT", value: dialect.fieldText(row, field.key) };
    case "NUMBER":
      return { kind: "NUMBER", value: dialect.fieldNumber(row, field.key) };
    case "BOOLEAN":
      return { kind: "BOOLEAN", value: dialect.fieldBoolean(row, field.key) };
    case "MULTI_PICKLIST":
      return { kind: "OPTIONS", key: field.key };
    case "LOOKUP":
      return { kind: "ID", value: targetColumn(dialect, target, row, field.key, sql`target."id"`) };
  }
}

/** Whether the operand is a lookup, whose value is what the viewer sees of its target. */
export function isLookup(operand: Operand): operand is FieldOperand {
  return operand.kind === "FIELD" && operand.field.type === "LOOKUP";
}

/**
 * Whether a lookup points to one of the records, as far as they are in reach (SH-53). These are judged once, where
 * comparing the value would judge the target of every row.
 */
export function pointsToOneOf(
  dialect: Dialect,
  { field, target }: FieldOperand,
  row: Sql,
  ids: readonly Scalar[],
): Sql {
  if (target === null || ids.length === 0) return sql`1 = 0`;
  return sql`${dialect.fieldText(row, field.key)} IN (SELECT ${dialect.idText(sql`target."id"`)} FROM "Record" target
    WHERE ${isReached(dialect, target, sql`target`, "FEW")} AND ${dialect.isIdOneOf(sql`target."id"`, ids.map(String))})`;
}

/** A column of the record that a lookup points to; NULL when that is absent or out of the viewer's reach (SH-53). */
function targetColumn(dialect: Dialect, target: Reached | null, row: Sql, key: string, column: Sql): Sql {
  if (target === null) return sql`NULL`;
  return sql`(SELECT ${column} FROM "Record" target
    WHERE ${isReached(dialect, target, sql`target`)} AND target."id" = ${dialect.fieldId(row, key)})`;
}

function targetName(dialect: Dialect, target: Reached | null, row: Sql, key: string): Sql {
  return dialect.textColumn(targetColumn(dialect, target, row, key, sql`target."name"`));
}

function userName(dialect: Dialect, row: Sql, id: Sql): Sql {
  return dialect.textColumn(
    sql`(SELECT person."name" FROM "User" person WHERE person."orgId" = ${row}."orgId" AND person."id" = ${id})`,
  );
}
