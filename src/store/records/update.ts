import { InvalidInput } from "../../kernel/fault.ts";
import { toGlobalId } from "../../kernel/global-id.ts";
import { asId, type RecordId } from "../../kernel/id.ts";
import { type Instant, LAST_INSTANT } from "../../kernel/instant.ts";
import type { Module } from "../../policy/model/org.ts";
import type { Happening } from "../core/audit-event.ts";
import { judgedRecords } from "../core/judged.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { readNewName } from "../directory/input.ts";
import { deriveGrants, matchingRules } from "../grants/derive.ts";
import { rewriteRecords } from "../reach/rows/rewrite.ts";
import { readValues, requireValues } from "./input.ts";
import { reachedRecord } from "./locked.ts";
import { moduleOf } from "./relations.ts";
import type { RecordRow } from "./row.ts";
import { shownAsJson, valueIn } from "./values.ts";

export type RecordChange = {
  readonly recordId: RecordId;
  /** Undefined leaves it. */
  readonly name?: string | null | undefined;
  /** Those named replace the present ones; null takes one away. */
  readonly values?: unknown;
  /** When the asker last saw it changed (AP-06); null for whatever it is. */
  readonly expectedUpdatedAt?: Instant | null | undefined;
};

/** Changes a record's name and values. @throws {InvalidInput} `CONFLICT` with the record when it is newer (AP-06). */
export function updateRecord(viewer: Viewer, change: RecordChange): Promise<{ readonly recordId: RecordId }> {
  return write(viewer, "updateRecord", {
    read: async (writing) => {
      checkShape("input", change);
      const record = await reachedRecord(writing, "input.id", change.recordId);
      return readUpdate(writing, "input", record, change);
    },
    change: async (writing, update) => {
      await requireExpected(writing.viewer, "input", update);
      return { result: { recordId: update.record.id }, happened: await applyUpdates(writing, [update]) };
    },
  });
}

/** What a record is to become. */
export type RecordUpdate = {
  readonly record: RecordRow;
  readonly module: Module;
  readonly name: string;
  readonly values: RecordRow["values"];
  readonly change: RecordChange;
};

/** What is wrong with a change whatever the record. @throws {InvalidInput} naming the place in the input. */
export function checkShape(place: string, { name, values }: RecordChange): void {
  readNewName(`${place}.name`, name);
  requireValues(`${place}.values`, values);
}

/** Reads what a record in reach is to become. @throws {InvalidInput} and {NotFound} naming the place in the input. */
export async function readUpdate(
  { viewer }: Writing,
  place: string,
  record: RecordRow,
  change: RecordChange,
): Promise<RecordUpdate> {
  const module = moduleOf(viewer, record);
  const name = readNewName(`${place}.name`, change.name) ?? record.name;
  const values = await readValues(viewer, module, `${place}.values`, change.values, record.values);
  await requireTargets(viewer, module, `${place}.values`, values);
  return { record, module, name, values, change };
}

/**
 * A required lookup is null once its target is deleted, until the record is written next: that has to say another
 * (SH-53). A target out of reach is there; nothing is said of it.
 */
async function requireTargets(
  viewer: Viewer,
  module: Module,
  place: string,
  values: RecordRow["values"],
): Promise<void> {
  await Promise.all(
    module.fields.map(async ({ key, type, isRequired }) => {
      if (type !== "LOOKUP" || !isRequired) return;
      const target = valueIn(values, key);
      if (target !== null && (await judgedRecords(viewer).load(asId(String(target)))) !== null) return;
      throw new InvalidInput(
        `${place}.${key}`,
        `${module.label} requires a value for ${key}, and what it pointed to was deleted: say another.`,
        { requirement: "SH-53" },
      );
    }),
  );
}

/** @throws {InvalidInput} `CONFLICT` when the record was changed since the asker saw it (AP-06). */
export async function requireExpected(
  viewer: Viewer,
  place: string,
  { record, change: { expectedUpdatedAt } }: RecordUpdate,
): Promise<void> {
  if (expectedUpdatedAt == null || expectedUpdatedAt === record.updatedAt) return;
  throw new InvalidInput(`${place}.expectedUpdatedAt`, "The record was changed since then.", {
    code: "CONFLICT",
    requirement: "AP-06",
    details: {
      record: {
        id: toGlobalId("Record", record.id),
        name: record.name,
        updatedAt: new Date(record.updatedAt).toISOString(),
        values: await shownAsJson(viewer, record),
      },
    },
  });
}

/** Writes changes that were admitted, with the matches that follow from them: as many statements for many as for one. */
export async function applyUpdates(
  { tx, viewer }: Writing,
  updates: readonly RecordUpdate[],
): Promise<readonly Happening[]> {
  if (updates.length === 0) return [];
  const { store, orgId, now, policy } = viewer;
  const written = updates.map(({ record, name, values }) => ({
    id: record.id,
    name,
    values,
    updatedAt: nextUpdatedAt(record, now),
  }));
  await rewriteRecords(store.database.kind, tx, orgId, written);
  const modules = new Set(updates.map(({ module }) => module.id));
  const rules = matchingRules(
    [...modules].flatMap((id) => policy.rulesOfModule.get(id) ?? []),
    policy.modules,
    now,
  );
  const matched = updates.filter(({ module }) => rules.has(module.id)).map(({ record }) => record.id);
  if (matched.length > 0) await deriveGrants(store.database.kind, tx, orgId, matched, rules);
  return updates.map(({ record, name, values }) => ({
    action: "UPDATE_RECORD",
    target: { type: "Record", id: record.id },
    ...differenceOf({ name: record.name, values: record.values }, { name, values }),
  }));
}

/**
 * Later than the last change, so that two changes in one millisecond are told apart (AP-06). After one at the last
 * instant of all, which an organisation file may have said, it is the present.
 */
export function nextUpdatedAt(record: Pick<RecordRow, "updatedAt">, now: Instant): Date {
  const next = Math.max(now, record.updatedAt + 1);
  return new Date(next <= LAST_INSTANT ? next : now);
}

type Content = Pick<RecordRow, "name" | "values">;

/** Of two contents, what differs. */
function differenceOf(before: Content, after: Content): { readonly before: object; readonly after: object } {
  const keys = [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])].filter(
    (key) => JSON.stringify(valueIn(before.values, key)) !== JSON.stringify(valueIn(after.values, key)),
  );
  const cut = (content: Content) => ({
    ...(before.name === after.name ? {} : { name: content.name }),
    values: Object.fromEntries(keys.map((key) => [key, valueIn(content.values, key)])),
  });
  return { before: cut(before), after: cut(after) };
}
