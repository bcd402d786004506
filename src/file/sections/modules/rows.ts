import { jsonOrNull } from "../../../database/json.ts";
import type { Id } from "../../../kernel/id.ts";
import type { Field } from "../../../policy/model/org.ts";
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

/** Modules and their fields; a change of fields makes the criteria matches of the module be derived again (SH-32). */
export async function importModules(run: ImportRun, { modules: wanted }: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const found = new Map((await tx.module.findMany({ where: { orgId } })).map((row) => [row.key, row]));
  for (const [key, row] of found) run.modules.set(key, row.id as Id<"Module">);

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
      await tx.module.create({ data: { orgId, id, key, ...columns } });
      run.modules.set(key, id);
      tallies.modules.added += 1;
    } else if (!isSameRow(columns, known)) {
      await tx.module.update({ where: { orgId_id: { orgId, id: known.id } }, data: columns });
      tallies.modules.changed += 1;
    }
  }
  for (const [key, module] of wanted) await importFields(run, idOfKey(run.modules, key), module);
}

async function importFields(run: ImportRun, moduleId: Id<"Module">, module: FileModule): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.field.findMany({ where: { orgId, moduleId } });
  const places = new Map([...module.fields.keys()].map((key, position) => [key, position]));
  const difference = differenceOf(module.fields, new Map(rows.map((row) => [row.key, row])));
  const columnsOf = (key: string, field: FileField) => ({
    label: field.label,
    type: field.type,
    isRequired: field.isRequired,
    lookupModuleId: field.lookupModule === null ? null : idOfKey(run.modules, field.lookupModule),
    position: places.get(key) ?? 0,
  });

  for (const [key, field] of difference.added) {
    const data = { orgId, id: newId<"Field">(run.now), moduleId, key, ...columnsOf(key, field) };
    await tx.field.create({
      data: { ...data, options: jsonOrNull(field.options.length > 0 ? field.options : null) },
    });
    tallies.fields.added += 1;
  }
  for (const [key, field, known] of difference.kept) {
    const columns = columnsOf(key, field);
    const options = field.options.length > 0 ? field.options : null;
    if (isSameRow({ ...columns, options }, known)) continue;
    await tx.field.update({
      where: { orgId_id: { orgId, id: known.id } },
      data: { ...columns, options: jsonOrNull(options) },
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
  const inModules = { orgId, moduleId: { in: missing } };
  const { count } = await tx.record.deleteMany({ where: inModules });
  await tx.ownerCount.deleteMany({ where: inModules });
  await tx.module.deleteMany({ where: { orgId, id: { in: missing } } });
  tallies.records.removed += count;
  tallies.modules.removed += missing.length;
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
