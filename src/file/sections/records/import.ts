import { v7 } from "uuid";
import { few, inParts, oneOf } from "../../../database/parts.ts";
import { asId, type Id, type RecordId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";
import type { FieldValue, FieldValues } from "../../../policy/model/values.ts";
import type { Happening } from "../../../store/core/audit-event.ts";
import { type Inserted, insertRecords } from "../../../store/reach/rows/insert.ts";
import { type Conflict, FileConflicts } from "../../terms/conflict.ts";
import { type ImportRun, idOfKey, idOfRecord, isSameRow } from "../../terms/import-run.ts";
import type { OrganizationFile } from "../section.ts";
import type { FileRecord, FileValue } from "./index.ts";

const BATCH = 500;

/**
 * Gives every record of the file its id before any is written, so that lookups and criteria may point anywhere. An id
 * carries the time of creation; records of one instant keep the order of the file.
 *
 * @throws {FileConflicts} for records that are there already and were created at another time.
 */
export async function identifyRecords(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId } = run;
  const conflicts: Conflict[] = [];
  let place = 0;
  for (const [module, records] of file.records ?? []) {
    const moduleId = idOfKey(run.modules, module);
    const ids = new Map<string, RecordId>();
    const hasRecords =
      (await tx.record.findFirst({ where: { orgId, moduleId }, select: { id: true } })) !== null;
    for (const batch of hasRecords ? inParts(records.keys(), BATCH) : []) {
      const rows = await tx.record.findMany({
        where: { orgId, moduleId, key: oneOf(batch) },
        select: { id: true, key: true, createdAt: true },
      });
      for (const row of rows) {
        conflicts.push(...movedCreation(module, row, records.get(row.key)?.createdAt ?? null));
        ids.set(row.key, asId(row.id));
        run.knownRecords.add(asId(row.id));
      }
    }
    for (const [key, record] of records) {
      if (ids.has(key)) continue;
      ids.set(key, asId(v7({ msecs: record.createdAt ?? run.now, seq: place })));
      place += 1;
    }
    run.records.set(module, ids);
  }
  if (conflicts.length > 0) throw new FileConflicts(conflicts);
}

function movedCreation(
  module: string,
  row: { readonly key: string; readonly createdAt: Date },
  wanted: Instant | null,
): readonly Conflict[] {
  if (wanted === null || wanted === row.createdAt.getTime()) return [];
  return [
    {
      path: ["records", module, row.key, "createdAt"],
      message: "the record is there already, and when it was created cannot change",
      expected: `${row.createdAt.toISOString()}, or nothing`,
      code: "CONFLICT",
    },
  ];
}

/** Writes the records of the file; what is there and equal is left alone. */
export async function importRecords(run: ImportRun, file: OrganizationFile): Promise<void> {
  const total = [...(file.records ?? [])].reduce((sum, [, records]) => sum + records.size, 0);
  let done = 0;
  for (const [module, records] of file.records ?? []) {
    const moduleId = idOfKey(run.modules, module);
    for (const batch of inParts(records, BATCH)) {
      await importBatch(run, module, moduleId, batch);
      done += batch.length;
      run.progress(done, total, "records");
    }
    if (run.prune) await removeMissing(run, file, module, moduleId);
  }
}

async function importBatch(
  run: ImportRun,
  module: string,
  moduleId: Id<"Module">,
  batch: readonly (readonly [string, FileRecord])[],
): Promise<void> {
  const { tx, orgId, tallies } = run;
  const happened: Happening[] = [];
  const ids = run.records.get(module) ?? new Map<string, RecordId>();
  const here = batch.map(([key]) => idOfKey(ids, key)).filter((id) => run.knownRecords.has(id));
  const rows = here.length === 0 ? [] : await tx.record.findMany({ where: { orgId, id: oneOf(few(here)) } });
  const found = new Map(rows.map((row) => [row.id, row]));
  const added: Inserted[] = [];

  for (const [key, record] of batch) {
    const id = idOfKey(ids, key);
    const owner = idOfKey(run.users, record.owner);
    const facts = {
      name: record.name,
      ownerId: owner.id,
      ownerSeq: owner.seq,
      values: Object.fromEntries(
        [...record.values].map(([field, value]) => [field, storedValue(run, value)]),
      ),
    };
    const known = found.get(id);
    // The role of an owner who moved follows in steps, and is no change of the record.
    if (known && isSameRow(facts, known)) continue;
    const columns = { ...facts, ownerRoleId: owner.roleId };
    run.dirtyRecords.add(id);
    if (known) {
      await tx.record.update({
        where: { orgId_id: { orgId, id } },
        data: { ...columns, updatedAt: new Date(run.now) },
      });
      tallies.records.changed += 1;
      happened.push(changedRecord(id, known, columns));
    } else {
      const createdAt = new Date(record.createdAt ?? run.now);
      added.push({ id, key, ...columns, createdById: owner.id, createdAt });
      tallies.records.added += 1;
      const { name, ownerId, values } = columns;
      happened.push({
        action: "CREATE_RECORD",
        target: { type: "Record", id },
        before: null,
        after: { moduleId, name, ownerId, values },
      });
    }
  }
  await insertRecords(run.kind, tx, { orgId, moduleId }, added);
  await run.tell(happened);
}

type Facts = { readonly name: string; readonly ownerId: string; readonly values: unknown };

/** What of a record the file changes, as the log tells it. */
function changedRecord(id: RecordId, before: Facts, after: Facts): Happening {
  const changed = (["name", "ownerId", "values"] as const).filter(
    (key) => !isSameRow({ [key]: after[key] }, before),
  );
  const only = (facts: Facts) => Object.fromEntries(changed.map((key) => [key, facts[key]]));
  return {
    action: "UPDATE_RECORD",
    target: { type: "Record", id },
    before: only(before),
    after: only(after),
  };
}

function storedValue(run: ImportRun, value: FileValue): FieldValue {
  if (typeof value !== "object" || !("kind" in value)) return value;
  switch (value.kind) {
    case "RECORD":
      return idOfRecord(run, value);
    case "USER":
      return idOfKey(run.users, value.email).id;
  }
}

function removedRecord(
  moduleId: Id<"Module">,
  { id, key, name, ownerId, values }: Facts & { readonly id: string; readonly key: string },
): Happening {
  return {
    action: "DELETE_RECORD",
    target: { type: "Record", id },
    before: { moduleId, key, name, ownerId: asId(ownerId), values: values as FieldValues },
    after: null,
  };
}

async function removeMissing(
  run: ImportRun,
  file: OrganizationFile,
  module: string,
  moduleId: Id<"Module">,
): Promise<void> {
  const { tx, orgId, tallies } = run;
  const kept = new Set<string>(run.records.get(module)?.values());
  const rows = await tx.record.findMany({ where: { orgId, moduleId }, select: { id: true } });
  const missing = rows.map((row) => row.id).filter((id) => !kept.has(id));
  for (const part of inParts(missing)) {
    const gone = await tx.record.findMany({ where: { orgId, id: oneOf(part) } });
    const { count } = await tx.record.deleteMany({ where: { orgId, id: oneOf(part) } });
    tallies.records.removed += count;
    await run.tell(gone.map((row) => removedRecord(moduleId, row)));
  }
  if (missing.length > 0) for (const id of pointingModules(run, file, module)) run.dirtyModules.add(id);
}

/** The modules with a lookup to one: what points to a record that is gone has no value for rules any more (SH-53). */
function pointingModules(run: ImportRun, file: OrganizationFile, module: string): readonly Id<"Module">[] {
  const pointing = [...file.modules].filter(([, { fields }]) =>
    [...fields.values()].some(({ lookupModule }) => lookupModule === module),
  );
  return pointing.map(([key]) => idOfKey(run.modules, key));
}
