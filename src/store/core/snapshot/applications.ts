import type { Tx } from "../../../database/database.ts";
import { asId, type OrgId, type UserId } from "../../../kernel/id.ts";
import { compareText } from "../../../kernel/text.ts";
import {
  APPLICATION_ACTIONS,
  APPLICATION_FIELD_TYPES,
  type Application,
  type ApplicationAction,
  type ApplicationActions,
  type ApplicationField,
} from "../../../policy/model/application.ts";

/** The applications of an organisation, in its order. Two statements. */
export async function applicationsOf(tx: Tx, orgId: OrgId): Promise<readonly Application[]> {
  const rows = await tx.application.findMany({ where: { orgId } });
  const administrators = Map.groupBy(
    await tx.applicationAdministrator.findMany({ where: { orgId } }),
    (each) => each.applicationId,
  );
  rows.sort((a, b) => a.position - b.position || compareText(a.key, b.key));
  return rows.map((row) => ({
    id: asId(row.id),
    key: row.key,
    name: row.name,
    takesSeat: row.takesSeat,
    seatlessBy: row.seatlessBy,
    actions: actionsIn(row.actions),
    fields: fieldsIn(row.fields),
    administrators: new Set(administrators.get(row.id)?.map((each): UserId => asId(each.userId))),
  }));
}

/** What cannot be read allows nothing (EN-07). */
function actionsIn(json: unknown): ApplicationActions {
  const { PENDING, ACTIVE } = Object(json) as { readonly PENDING?: unknown; readonly ACTIVE?: unknown };
  return { PENDING: actionsListed(PENDING), ACTIVE: actionsListed(ACTIVE) };
}

function actionsListed(json: unknown): readonly ApplicationAction[] {
  return Array.isArray(json) ? APPLICATION_ACTIONS.filter((action) => json.includes(action)) : [];
}

function fieldsIn(json: unknown): readonly ApplicationField[] {
  return Array.isArray(json) ? json.flatMap((each: unknown) => fieldIn(each) ?? []) : [];
}

function fieldIn(json: unknown): ApplicationField | null {
  const { key, label, type, isRequired, options } = Object(json) as Readonly<Record<string, unknown>>;
  const known = APPLICATION_FIELD_TYPES.find((each) => each === type);
  if (typeof key !== "string" || typeof label !== "string" || known === undefined) return null;
  return {
    key,
    label,
    type: known,
    isRequired: isRequired === true,
    options: Array.isArray(options) ? options.filter((option) => typeof option === "string") : [],
  };
}
