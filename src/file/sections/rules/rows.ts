import { jsonOrNull } from "../../../database/json.ts";
import { inParts, oneOf, rowsOf } from "../../../database/parts.ts";
import { InvalidInput } from "../../../kernel/fault.ts";
import { asId } from "../../../kernel/id.ts";
import { mapConstants, withoutAbsent } from "../../../policy/criteria/criteria.ts";
import type { Condition } from "../../../policy/model/condition.ts";
import type { Field, Org } from "../../../policy/model/org.ts";
import { livesAgain, nextLife, type RuleState } from "../../../policy/rights/rule-life.ts";
import { meaningOf } from "../../../policy/rights/rule-meaning.ts";
import { modulesOf } from "../../../store/core/snapshot/modules.ts";
import { type RuleRow, ruleIn } from "../../../store/core/snapshot/sharing.ts";
import { lifeColumns } from "../../../store/grants/application.ts";
import { contentColumns, type RuleContent } from "../../../store/sharing/rule/content.ts";
import { type Conflict, FileConflicts } from "../../terms/conflict.ts";
import { byKey, type ExportRun, type RecordKeys } from "../../terms/export-run.ts";
import {
  differenceOf,
  type ImportRun,
  idOfKey,
  idOfRecord,
  isSameRow,
  newId,
} from "../../terms/import-run.ts";
import { partyWithIds } from "../../terms/party.ts";
import type { OrganizationFile } from "../section.ts";
import type { FileRule } from "./index.ts";

/**
 * Sharing rules. New criteria, another module or a reactivation are a new generation, whose matches are derived before
 * the import ends, also when the old one was still being applied; a change of target, level, superiors or expiry
 * touches no record (SH-36).
 */
export async function importRules(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.sharingRule.findMany({ where: { orgId } });
  const difference = differenceOf(file.sharingRules, new Map(rows.map((row) => [row.key, row])));
  const wanted = new Map([...file.sharingRules].map(([key, rule]) => [key, contentOf(run, file, key, rule)]));

  if (run.prune) await removeRules(run, difference.missing);
  else await keepRules(run, difference.missing, wanted);
  await freeNames(run, difference.kept, wanted);
  const created = difference.added.map(([key]) => {
    const { criteria, ...columns } = columnsOf(idOfKey(wanted, key));
    if (criteria !== null) run.dirtyModules.add(columns.moduleId);
    return { orgId, id: newId<"SharingRule">(run.now), ...columns, criteria: jsonOrNull(criteria) };
  });
  for (const part of inParts(created)) await tx.sharingRule.createMany({ data: rowsOf(part) });
  tallies.sharingRules.added += created.length;
  for (const [key, , known] of difference.kept) await changeRule(run, idOfKey(wanted, key), known);
}

/** What a rule of the file says, by ids. Its criteria are written anew, under the fields of the file. */
type Wanted = RuleContent & { readonly criteria: Condition | null };
type Missing = readonly (readonly [string, RuleRow])[];

async function removeRules({ tx, orgId, dirtyModules, tallies }: ImportRun, missing: Missing): Promise<void> {
  for (const [, known] of missing) if (known.criteria !== null) dirtyModules.add(asId(known.moduleId));
  for (const part of inParts(missing.map(([, known]) => known.id)))
    await tx.sharingRule.deleteMany({ where: { orgId, id: oneOf(part) } });
  tallies.sharingRules.removed += missing.length;
}

/**
 * Rules that the file does not name stay as they are: none of the file may be their twin (SH-38), and those whose
 * fields the file has changed so that they cannot be read count as unreadable until they are written again (SH-32).
 */
async function keepRules(
  run: ImportRun,
  missing: Missing,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<void> {
  const { tx, orgId } = run;
  const conflicts: Conflict[] = [];
  const modules = await modulesOf(tx, orgId);
  const fields = new Map<string, readonly Field[]>(modules.map((module) => [module.id, module.fields]));
  const twins = twinsAmong(wanted);
  for (const [, known] of missing) {
    const [rule] = ruleIn(known, fields.get(known.moduleId) ?? []);
    if (rule?.criteria === "UNREADABLE" && !known.isBroken) {
      await tx.sharingRule.update({
        where: { orgId_id: { orgId, id: known.id } },
        data: { isBroken: true },
      });
      run.tallies.sharingRules.changed += 1;
    }
    const meaning = rule === undefined ? null : meaningOf(rule);
    const namesake = twins.get(nameIn(known));
    if (namesake !== undefined) conflicts.push(twin(namesake, known, "has this name in the module already"));
    const double = meaning === null ? undefined : twins.get(meaningIn(known.moduleId, meaning));
    if (double !== undefined) conflicts.push(twin(double, known, "is exactly the same"));
  }
  if (conflicts.length > 0) throw new FileConflicts(conflicts);
}

/** The keys of the rules of the file, by name and by meaning in their modules: each is of one alone (SH-30, SH-38). */
function twinsAmong(wanted: ReadonlyMap<string, Wanted>): ReadonlyMap<string, string> {
  return new Map(
    [...wanted].flatMap(([key, content]): (readonly [string, string])[] => {
      const meaning = meaningOf(content);
      const byMeaning = meaning === null ? [] : [[meaningIn(content.moduleId, meaning), key] as const];
      return [[nameIn(content), key], ...byMeaning];
    }),
  );
}

function nameIn({ moduleId, name }: { readonly moduleId: string; readonly name: string }): string {
  return JSON.stringify(["name", moduleId, name]);
}

function meaningIn(moduleId: string, meaning: string): string {
  return JSON.stringify(["meaning", moduleId, meaning]);
}

function twin(key: string, known: RuleRow, sentence: string): Conflict {
  return {
    path: ["sharingRules", key],
    message: `the sharing rule ${JSON.stringify(known.key)}, which the file does not name, ${sentence}`,
    expected: "another rule, or that one in the file too",
    code: "CONFLICT",
  };
}

/** Lets go of the names that rules of the file give up, so that another one of them may take them. */
async function freeNames(
  { tx, orgId }: ImportRun,
  kept: readonly (readonly [string, FileRule, RuleRow])[],
  wanted: ReadonlyMap<string, Wanted>,
): Promise<void> {
  for (const [key, , known] of kept) {
    const { name, moduleId } = idOfKey(wanted, key);
    if (name === known.name && moduleId === known.moduleId) continue;
    await tx.sharingRule.update({ where: { orgId_id: { orgId, id: known.id } }, data: { name: known.id } });
  }
}

async function changeRule(run: ImportRun, content: Wanted, known: RuleRow): Promise<void> {
  const { tx, orgId, dirtyModules, tallies } = run;
  const columns = columnsOf(content);
  if (isSameRow(columns, known)) return;
  const { criteria, ...rest } = columns;
  const { moduleId } = columns;
  const state = stateOf(known);
  const { life } = nextLife(state, {
    kind: "IMPORT",
    isActive: columns.status === "ACTIVE",
    isRewritten: !isSameRow({ moduleId, criteria }, known),
  });
  await tx.sharingRule.update({
    where: { orgId_id: { orgId, id: known.id } },
    data: {
      ...rest,
      criteria: jsonOrNull(criteria),
      ...(await lifeColumns(tx, orgId, moduleId, life)),
    },
  });
  // An expired rule keeps no matches (SH-37): one that lives again has them derived as a new one has.
  const isDerived = life.generation > known.generation || livesAgain(state, content.expiresAt, run.now);
  if (isDerived && (criteria !== null || known.criteria !== null)) dirtyModules.add(moduleId);
  tallies.sharingRules.changed += 1;
}

function stateOf({ status, generation, criteria, isBroken, expiresAt }: RuleRow): RuleState {
  const readable = isBroken ? "UNREADABLE" : "READABLE";
  return {
    status,
    generation,
    criteria: criteria === null ? null : readable,
    expiresAt: expiresAt?.getTime() ?? null,
  };
}

function contentOf(run: ImportRun, file: OrganizationFile, key: string, rule: FileRule): Wanted {
  const { module, source, criteria, target, isActive, ...said } = rule;
  return {
    ...said,
    key,
    moduleId: idOfKey(run.modules, module),
    source: source && partyWithIds(run, source),
    criteria: criteria && withIds(run, file, module, criteria),
    target: partyWithIds(run, target),
    status: isActive ? "ACTIVE" : "INACTIVE",
  };
}

function columnsOf(content: Wanted) {
  const { criteria, status } = content;
  return { ...contentColumns(content), criteria, status, isBroken: false };
}

/** Constants of LOOKUP and USER fields name records and people by key; stored, they are ids. */
function withIds(run: ImportRun, file: OrganizationFile, module: string, criteria: Condition): Condition {
  const fields = file.modules.get(module)?.fields;
  return mapConstants(criteria, (constant, key) => {
    const field = fields?.get(key);
    if (field?.type === "USER") return idOfKey(run.users, String(constant)).id;
    if (field?.type !== "LOOKUP" || field.lookupModule === null) return constant;
    return idOfRecord(run, { module: field.lookupModule, key: String(constant) });
  });
}

/** @throws {InvalidInput} `CONFLICT` naming the rules whose criteria cannot be read. */
export async function exportRules(run: ExportRun): Promise<OrganizationFile["sharingRules"]> {
  requireReadable(run.org);
  const records = await run.recordKeys();
  return new Map(byKey(run.org.rules).map((rule) => [rule.key, exported(run, records, rule)]));
}

/**
 * The format has no word for a rule whose criteria cannot be read (SH-32): a file without it would not say so, and one
 * with what is stored would not be one.
 */
function requireReadable({ rules }: Org): void {
  const broken = byKey(rules.filter((rule) => rule.criteria === "UNREADABLE")).map((rule) => rule.key);
  if (broken.length === 0) return;
  throw new InvalidInput(
    "sharingRules",
    `The criteria of these sharing rules do not fit the fields of their modules any more: ${broken.join(", ")}. Write them again, or delete the rules, and then export.`,
    { code: "CONFLICT", requirement: "SH-32" },
  );
}

function exported({ org, names }: ExportRun, records: RecordKeys, rule: Org["rules"][number]): FileRule {
  if (rule.criteria === "UNREADABLE") throw new Error("a rule that cannot be read was to be exported");
  return {
    name: rule.name,
    module: names.module(rule.moduleId),
    source: rule.source && names.party(rule.source),
    criteria: rule.criteria && withKeys(org, names, records, rule.moduleId, rule.criteria),
    target: names.party(rule.target),
    level: rule.level,
    includeSuperiors: rule.includeSuperiors,
    isActive: rule.status !== "INACTIVE",
    expiresAt: rule.expiresAt,
  };
}

function withKeys(
  org: Org,
  names: ExportRun["names"],
  records: RecordKeys,
  moduleId: string,
  criteria: Condition,
): Condition {
  const fields = org.modules.find((module) => module.id === moduleId)?.fields ?? [];
  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  const typeOf = (key: string) => fieldOf(key)?.type;
  // A file names records by their keys; one that was deleted has none, and one of another module than the field points
  // to has none there: they equal nothing.
  const named = withoutAbsent(criteria, (constant, key) => {
    const target = fieldOf(key)?.lookupModuleId ?? null;
    return target !== null && records.get(String(constant))?.module !== names.module(target);
  });
  return mapConstants(named, (constant, key) => {
    const type = typeOf(key);
    if (type === "USER") return names.user(String(constant));
    return type === "LOOKUP" ? (records.get(String(constant))?.key ?? constant) : constant;
  });
}
