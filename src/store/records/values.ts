import { toGlobalId } from "../../kernel/global-id.ts";
import { asId, type RecordId } from "../../kernel/id.ts";
import type { Field, User } from "../../policy/model/org.ts";
import type { FieldValue, FieldValues } from "../../policy/model/values.ts";
import { judgedRecords } from "../core/judged.ts";
import type { Viewer } from "../core/viewer.ts";
import { findUser } from "../directory/users.ts";
import { chargeShown } from "./budget.ts";
import { type RecordRow, recordRows } from "./row.ts";

/** What a value is for a reader; a reference is resolved under the reader's reach (SH-53). */
export type ShownValue =
  | { readonly kind: "PLAIN"; readonly value: FieldValue }
  | { readonly kind: "RECORD"; readonly record: RecordRow }
  | { readonly kind: "USER"; readonly user: User }
  /** A lookup whose target is out of reach: that something is linked, and nothing of it. */
  | { readonly kind: "HIDDEN" };

/**
 * The values of a record by field key, in the order of the module's fields; null where a field has none, and where
 * what it points to is gone. All lookups of a page are resolved together.
 */
export async function shownValues(
  viewer: Viewer,
  row: RecordRow,
): Promise<ReadonlyMap<string, ShownValue | null>> {
  const fields = viewer.policy.modules.get(row.moduleId)?.fields ?? [];
  const entries = fields.map(async (field) => [field.key, await shownValue(viewer, field, row)] as const);
  return new Map(await Promise.all(entries));
}

/**
 * The values as JSON: a lookup as `{ id, key, name }` or `{ hidden: true }`, a person as `{ id, name }`, ids global
 * (SH-53).
 */
export async function shownAsJson(
  viewer: Viewer,
  row: RecordRow,
): Promise<Readonly<Record<string, unknown>>> {
  const shown = await shownValues(viewer, row);
  chargeShown(
    viewer,
    shown.values().reduce((sum, value) => sum + sizeOf(value), 0),
  );
  return Object.fromEntries([...shown].map(([key, value]) => [key, value && asJson(value)]));
}

/** Characters, about. */
function sizeOf(shown: ShownValue | null): number {
  if (shown?.kind !== "PLAIN") return 50;
  const { value } = shown;
  return typeof value === "string" || Array.isArray(value) ? String(value).length : 10;
}

function asJson(shown: ShownValue): unknown {
  switch (shown.kind) {
    case "PLAIN":
      return shown.value;
    case "RECORD": {
      const { id, key, name } = shown.record;
      return { id: toGlobalId("Record", id), key, name };
    }
    case "USER":
      return { id: toGlobalId("User", shown.user.id), name: shown.user.name };
    case "HIDDEN":
      return { hidden: true };
  }
}

/** The value under a field's key; null when there is none. A key may be a name that every object knows. */
export function valueIn(values: FieldValues, key: string): FieldValue | null {
  return Object.hasOwn(values, key) ? (values[key] ?? null) : null;
}

async function shownValue(viewer: Viewer, field: Field, row: RecordRow): Promise<ShownValue | null> {
  const value = valueIn(row.values, field.key);
  if (value === null) return null;
  switch (field.type) {
    case "LOOKUP":
      return shownTarget(viewer, asId(String(value)));
    case "USER": {
      const user = findUser(viewer, asId(String(value)));
      return user ? { kind: "USER", user } : null;
    }
    case "TEXT":
    case "NUMBER":
    case "BOOLEAN":
    case "DATE":
    case "DATETIME":
    case "PICKLIST":
    case "MULTI_PICKLIST":
    case "EMAIL":
      return { kind: "PLAIN", value };
  }
}

async function shownTarget(viewer: Viewer, id: RecordId): Promise<ShownValue | null> {
  const [judged, record] = await Promise.all([judgedRecords(viewer).load(id), recordRows(viewer).load(id)]);
  if (record) return { kind: "RECORD", record };
  return judged ? { kind: "HIDDEN" } : null;
}
