import { asId } from "../../../kernel/id.ts";
import type { Viewer } from "../../core/viewer.ts";
import type { AuditRow } from "../scope/row.ts";
import { mayKnow } from "./members.ts";
import { namesOf } from "./names.ts";
import { isTold, type Standing, standingOf } from "./target.ts";
import { shownRecords, shownReference } from "./values.ts";

/** One thing that an event changed, as it was and as it became; null is what was not there. */
export type AuditChange = {
  /** A path: `name`, `values.revenue`, `permissions.leads`. */
  readonly field: string;
  /** What people call it. */
  readonly label: string;
  readonly before: unknown;
  readonly after: unknown;
  /** The same for people: names for ids. */
  readonly beforeText: string | null;
  readonly afterText: string | null;
};

/** What an event is about, as far as the viewer may know it now. */
export type ShownTarget = { readonly type: string; readonly id: string; readonly name: string | null };

/** What an event is about; null when the viewer may not read that now, and of what is gone for all but holders. */
export async function targetOf(viewer: Viewer, row: AuditRow): Promise<ShownTarget | null> {
  const standing = await standingOf(viewer, row.targetType, row.targetId);
  if (row.targetType === null || row.targetId === null || !isTold(standing)) return null;
  const name = standing.kind === "READABLE" ? standing.name : (nameIn(row.after) ?? nameIn(row.before));
  return { type: row.targetType, id: row.targetId, name };
}

/** What an event changed, as far as the viewer may know it now; null when nothing of it may be known. */
export async function changesOf(viewer: Viewer, row: AuditRow): Promise<readonly AuditChange[] | null> {
  const standing = await standingOf(viewer, row.targetType, row.targetId);
  if (row.targetId === null || !isTold(standing)) return null;
  const about = { id: row.targetId, standing };
  const [before, after] = [objectOf(row.before), objectOf(row.after)];
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const shown = await Promise.all(
    members.map(async (member) => {
      if (!(await mayKnow(viewer, row.targetType, about, member))) return [];
      return spread(viewer, row, standing, member, own(before, member), own(after, member));
    }),
  );
  return shown.flat();
}

/** What is told under one name: several changes where it holds several things, none where nothing changed. */
async function spread(
  viewer: Viewer,
  row: AuditRow,
  standing: Standing,
  member: string,
  before: unknown,
  after: unknown,
): Promise<readonly AuditChange[]> {
  if (row.action === "READ" && member === "records")
    return change(viewer, member, member, null, await shownRecords(viewer, after));
  if (!isMap(before) && !isMap(after)) return change(viewer, member, member, before, after);
  const [was, is] = [objectOf(before), objectOf(after)];
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const parts = await Promise.all(
    keys.map(async (key) => {
      const [from, to] = [own(was, key), own(is, key)];
      if (member !== "values") return change(viewer, `${member}.${key}`, nameOfKey(viewer, key), from, to);
      if (isSame(from, to)) return [];
      const field = fieldOf(viewer, row, standing, key);
      // Of a record that is there, what its module has no field for any more is shown nowhere else either.
      if (field === undefined && standing.kind !== "GONE") return [];
      const [left, right] = await Promise.all(
        [from, to].map((value) => shownReference(viewer, field, value)),
      );
      return change(viewer, `values.${key}`, field?.label ?? key, left, right);
    }),
  );
  return parts.flat();
}

function change(
  viewer: Viewer,
  field: string,
  label: string,
  before: unknown,
  after: unknown,
): readonly AuditChange[] {
  if (isSame(before, after)) return [];
  return [
    {
      field,
      label,
      before: before ?? null,
      after: after ?? null,
      beforeText: namesOf(viewer, before),
      afterText: namesOf(viewer, after),
    },
  ];
}

/** The field of the record's module as it is now; of a record that is gone, where the event says which module it was. */
function fieldOf({ policy }: Viewer, row: AuditRow, standing: Standing, key: string) {
  const told = own(objectOf(row.after), "moduleId") ?? own(objectOf(row.before), "moduleId");
  const moduleId = standing.kind === "READABLE" ? standing.moduleId : told;
  if (typeof moduleId !== "string") return undefined;
  return policy.modules.get(asId(moduleId))?.fields.find((field) => field.key === key);
}

/** Permissions and the like stand under the ids of modules, profiles and people. */
function nameOfKey(viewer: Viewer, key: string): string {
  return namesOf(viewer, key) ?? key;
}

function nameIn(facts: unknown): string | null {
  const name = own(objectOf(facts), "name") ?? own(objectOf(facts), "label");
  return typeof name === "string" ? name : null;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("kind" in value);
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isMap(value) ? value : {};
}

function own(facts: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(facts, name) ? facts[name] : undefined;
}

function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before ?? null) === JSON.stringify(after ?? null);
}
