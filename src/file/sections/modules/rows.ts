import { jsonOrNull } from "../../../database/json.ts";
import { few, inParts, oneOf, rowsOf } from "../../../database/parts.ts";
import { asId, type Id, type ModuleId } from "../../../kernel/id.ts";
import type { Field } from "../../../policy/model/org.ts";
import { sweepNow } from "../../../store/modules/removal.ts";
import { recordBatches } from "../../../store/records/batches.ts";
import type { ExportRun, Names } from "../../terms/export-run.ts";
import {
  differenceOf,
  type ImportRun,
  idOfKey,
  isSameRow,
  newId,
  type Staleness,
} from "../../terms/import-run.ts";
import type { OrganizationFile } from "../section.ts";
import type { FileField, FileModule } from "./index.ts";

/** So many records are deleted at once. */
const RECORDS = 250;

/** Modules and their fields; a change of fields makes the criteria matches of the module be derived again (SH-32). */
export async function importModules(run: ImportRun, { modules: wanted }: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  // What was deleted before is no part of what the file changes, and a field of the same key has none of its values.
  await sweepNow(run.kind, tx, orgId);
  const found = new Map((await tx.module.findMany({ where: { orgId } })).map((row) => [row.key, row]));
  for (const [key, row] of found) run.modules.set(key, row.id as Id<"Module">);

  const created: (Omit<FileModule, "fields"> & Created)[] = [];
  let position = 0;
  for (const [key, module] of wanted) {
    const columns = {
      label: module.label,
      kind: module.kind,
      defaultAccess: module.defaultAccess,
      isOpenToTeam: module.isOpenToTeam,
      position,
    };
    position += 1;
    const known = found.get(key);
    if (!known) {
      const id = newId<"Module">(run.now);
      created.push({ orgId, id, key, ...columns });
      run.modules.set(key, id);
    } else if (!isSameRow(columns, known)) {
      await tx.module.update({ where: { orgId_id: { orgId, id: known.id } }, data: columns });
      tallies.modules.changed += 1;
    }
  }
  for (const part of inParts(created)) await tx.module.createMany({ data: rowsOf(part) });
  tallies.modules.added += created.length;
  const rows = await tx.field.findMany({ where: { orgId } });
  const fieldsOf = Map.groupBy(rows, (row) => row.moduleId);
  for (const [key, module] of wanted) {
    const moduleId = idOfKey(run.modules, key);
    await importFields(run, moduleId, module, fieldsOf.get(moduleId) ?? []);
  }
}

type Created = {
  readonly orgId: string;
  readonly id: Id<"Module">;
  readonly key: string;
  readonly position: number;
};

type FieldRow = Awaited<ReturnType<ImportRun["tx"]["field"]["findMany"]>>[number];

async function importFields(
  run: ImportRun,
  moduleId: Id<"Module">,
  module: FileModule,
  rows: readonly FieldRow[],
): Promise<void> {
  const { tx, orgId, tallies } = run;
  const places = new Map([...module.fields.keys()].map((key, position) => [key, position]));
  const difference = differenceOf(module.fields, new Map(rows.map((row) => [row.key, row])));
  const columnsOf = (key: string, field: FileField) => ({
    label: field.label,
    type: field.type,
    isRequired: field.isRequired,
    lookupModuleId: field.lookupModule === null ? null : idOfKey(run.modules, field.lookupModule),
    position: places.get(key) ?? 0,
  });

  const created = difference.added.map(([key, field]) => ({
    orgId,
    id: newId<"Field">(run.now),
    moduleId,
    key,
    ...columnsOf(key, field),
    options: jsonOrNull(field.options.length > 0 ? field.options : null),
  }));
  for (const part of inParts(created)) await tx.field.createMany({ data: rowsOf(part) });
  tallies.fields.added += created.length;
  for (const [key, field, known] of difference.kept) {
    const columns = columnsOf(key, field);
    const options = field.options.length > 0 ? field.options : null;
    if (isSameRow({ ...columns, options }, known)) continue;
    await tx.field.update({
      where: { orgId_id: { orgId, id: known.id } },
      data: { ...columns, options: jsonOrNull(options), version: { increment: 1 } },
    });
    tallies.fields.changed += 1;
    run.dirtyModules.add(moduleId);
    if (columns.type !== known.type || columns.lookupModuleId !== known.lookupModuleId)
      addStale(run, moduleId, key, "WHOLE");
    else if (options !== null) addStale(run, moduleId, key, "OPTIONS");
  }
  for (const [, known] of run.prune ? difference.missing : []) {
    await tx.field.delete({ where: { orgId_id: { orgId, id: known.id } } });
    tallies.fields.removed += 1;
    run.dirtyModules.add(moduleId);
    addStale(run, moduleId, known.key, "WHOLE");
  }
}

function addStale(
  { staleFields }: ImportRun,
  moduleId: Id<"Module">,
  key: string,
  staleness: Staleness,
): void {
  const keys = staleFields.get(moduleId) ?? new Map<string, Staleness>();
  staleFields.set(moduleId, keys.set(key, staleness));
}

export async function pruneModules(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.module.findMany({ where: { orgId }, select: { id: true, key: true } });
  const missing = rows.filter((row) => !file.modules.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  for (const part of inParts(missing)) {
    const inModules = { orgId, moduleId: oneOf(part) };
    // Lookups among those that go: whichever goes first, none points to it any more.
    await tx.field.deleteMany({ where: inModules });
    for (const moduleId of part) tallies.records.removed += await deleteRecords(run, asId(moduleId));
    await tx.ownerCount.deleteMany({ where: inModules });
  }
  for (const part of inParts(missing)) await tx.module.deleteMany({ where: { orgId, id: oneOf(part) } });
  tallies.modules.removed += missing.length;
}

/** In parts, since a statement cannot be interrupted, and with shares and grants each record is many rows. */
async function deleteRecords({ tx, orgId }: ImportRun, moduleId: ModuleId): Promise<number> {
  let count = 0;
  for await (const rows of recordBatches(tx, { moduleId }, RECORDS)) {
    await tx.record.deleteMany({ where: { orgId, id: oneOf(few(rows.map(({ id }) => id))) } });
    count += rows.length;
  }
  return count;
}

export function exportModules({ org, names }: ExportRun): OrganizationFile["modules"] {
  return new Map(
    org.modules.map(({ key, label, kind, defaultAccess, isOpenToTeam, fields }) => [
      key,
      {
        label,
        kind,
        defaultAccess,
        isOpenToTeam,
        fields: new Map(fields.map((field) => [field.key, exportedField(names, field)])),
      },
    ]),
  );
}

function exportedField(names: Names, field: Field): FileField {
  return {
    label: field.label,
    type: field.type,
    isRequired: field.isRequired,
    options: field.options,
    lookupModule: field.lookupModuleId === null ? null : names.module(field.lookupModuleId),
  };
}
