import type { Tx } from "../../../database/database.ts";
import { asId, type OrgId } from "../../../kernel/id.ts";
import { compareText } from "../../../kernel/text.ts";
import type { Field, Module } from "../../../policy/model/org.ts";

/** The modules of an organisation with their fields, in the order in which they were declared; deleted ones are none. */
export async function modulesOf(tx: Tx, orgId: OrgId): Promise<readonly Module[]> {
  const rows = await tx.module.findMany({ where: { orgId, isRemoved: false } });
  const fields = Map.groupBy(await tx.field.findMany({ where: { orgId } }), (field) => field.moduleId);
  return rows.sort(byPosition).map((row) => ({
    id: asId(row.id),
    key: row.key,
    label: row.label,
    kind: row.kind,
    defaultAccess: row.defaultAccess,
    isOpenToTeam: row.isOpenToTeam,
    fields: (fields.get(row.id) ?? []).sort(byPosition).map(fieldIn),
  }));
}

/** The fields of one module. One statement. */
export async function fieldsOf(tx: Tx, orgId: OrgId, moduleId: string): Promise<readonly Field[]> {
  const rows = await tx.field.findMany({ where: { orgId, moduleId } });
  return rows.sort(byPosition).map(fieldIn);
}

type FieldRow = Awaited<ReturnType<Tx["field"]["findMany"]>>[number];

function fieldIn(row: FieldRow): Field {
  return {
    id: asId(row.id),
    key: row.key,
    label: row.label,
    type: row.type,
    isRequired: row.isRequired,
    options: Array.isArray(row.options) ? row.options.filter((option) => typeof option === "string") : [],
    lookupModuleId: row.lookupModuleId === null ? null : asId(row.lookupModuleId),
    version: row.version,
  };
}

type Placed = { readonly position: number; readonly key: string };

function byPosition(a: Placed, b: Placed): number {
  return a.position - b.position || compareText(a.key, b.key);
}
