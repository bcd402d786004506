import { jsonOrNull } from "../../database/json.ts";
import { asId } from "../../kernel/id.ts";
import { mapConstants } from "../../policy/criteria/criteria.ts";
import type { Condition } from "../../policy/model/condition.ts";
import type { Field } from "../../policy/model/org.ts";
import { livesAgain, nextLife, type RuleState } from "../../policy/rights/rule-life.ts";
import { meaningOf } from "../../policy/rights/rule-meaning.ts";
import { modulesOf } from "../../store/core/snapshot/modules.ts";
import { type RuleRow, ruleIn } from "../../store/core/snapshot/sharing.ts";
import { lifeColumns, NOT_APPLYING } from "../../store/grants/application.ts";
import { partyColumns } from "../../store/grants/party-columns.ts";
import type { FileRule, OrganizationFile } from "../organization-file.ts";
import { type Conflict, FileConflicts } from "./conflict.ts";
import { partyOf } from "./party.ts";
import { differenceOf, type ImportRun, idOfKey, isSameRow, newId } from "./run.ts";

/**
 * Sharing rules. New criteria, another module or a reactivation are a new generation, whose matches are derived before
 * the import ends, also when the old one was still being applied; a change of target, level, superiors or expiry
 * touches no record (SH-36).
 */
export async function importRules(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.sharingRule.findMany({ where: { orgId } });
  const difference = differenceOf(file.sharingRules, new Map(rows.map((row) => [row.key, row])));
  const columns = new Map([...file.sharingRules].map(([key, rule]) => [key, columnsOf(run, file, rule)]));

  if (run.prune) await removeRules(run, difference.missing);
  else await keepRules(run, difference.missing, columns);
  await freeNames(run, difference.kept, columns);
  for (const [key] of difference.added) {
    const { criteria, ...rest } = idOfKey(columns, key);
    const data = { orgId, id: newId<"SharingRule">(run.now), key, ...rest, criteria: jsonOrNull(criteria) };
    await tx.sharingRule.create({ data });
    if (criteria !== null) run.dirtyModules.add(rest.moduleId);
    tallies.sharingRules.added += 1;
  }
  for (const [key, , known] of difference.kept) await changeRule(run, idOfKey(columns, key), known);
}

type Columns = ReturnType<typeof columnsOf>;
type Missing = readonly (readonly [string, RuleRow])[];

async function removeRules({ tx, orgId, dirtyModules, tallies }: ImportRun, missing: Missing): Promise<void> {
  for (const [, known] of missing) {
    await tx.sharingRule.delete({ where: { orgId_id: { orgId, id: known.id } } });
    if (known.criteria !== null) dirtyModules.add(asId(known.moduleId));
    tallies.sharingRules.removed += 1;
  }
}

/**
 * Rules that the file does not name stay as they are: none of the file may be their twin (SH-38), and those whose
 * fields the file has changed so that they cannot be read count as unreadable until they are written again (SH-32).
 */
async function keepRules(
  run: ImportRun,
  missing: Missing,
  wanted: ReadonlyMap<string, Columns>,
): Promise<void> {
  const { tx, orgId } = run;
  const conflicts: Conflict[] = [];
  const modules = await modulesOf(tx, orgId);
  const fields = new Map<string, readonly Field[]>(modules.map((module) => [module.id, module.fields]));
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
    for (const [key, columns] of wanted) {
      if (columns.moduleId !== known.moduleId) continue;
      if (columns.name === known.name)
        conflicts.push(twin(key, known, "has this name in the module already"));
      if (meaning !== null && meaningIn(columns) === meaning)
        conflicts.push(twin(key, known, "is exactly the same"));
    }
  }
  if (conflicts.length > 0) throw new FileConflicts(conflicts);
}

function meaningIn(columns: Columns): string | null {
  const { criteria } = columns;
  const [rule] = ruleIn({ ...NEW, ...columns, criteria: null }, []);
  return rule === undefined ? null : meaningOf({ ...rule, criteria });
}

/** What a row has that does not come from the file. */
const NEW = { ...NOT_APPLYING, orgId: "", id: "", key: "", generation: 1, isBroken: false };

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
  wanted: ReadonlyMap<string, Columns>,
): Promise<void> {
  for (const [key, , known] of kept) {
    const { name, moduleId } = idOfKey(wanted, key);
    if (name === known.name && moduleId === known.moduleId) continue;
    await tx.sharingRule.update({ where: { orgId_id: { orgId, id: known.id } }, data: { name: known.id } });
  }
}

async function changeRule(run: ImportRun, columns: Columns, known: RuleRow): Promise<void> {
  const { tx, orgId, dirtyModules, tallies } = run;
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
  const isDerived =
    life.generation > known.generation || livesAgain(state, columns.expiresAt?.getTime() ?? null, run.now);
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

function columnsOf(run: ImportRun, file: OrganizationFile, rule: FileRule) {
  const target = partyColumns(partyOf(run, rule.target));
  const source = rule.source === null ? null : partyColumns(partyOf(run, rule.source));
  return {
    name: rule.name,
    moduleId: idOfKey(run.modules, rule.module),
    sourceKind: source?.kind ?? null,
    sourceRoleId: source?.roleId ?? null,
    sourceGroupId: source?.groupId ?? null,
    criteria: rule.criteria === null ? null : withIds(run, file, rule.module, rule.criteria),
    targetKind: target.kind,
    targetUserId: target.userId,
    targetRoleId: target.roleId,
    targetGroupId: target.groupId,
    level: rule.level,
    includeSuperiors: rule.includeSuperiors,
    status: rule.isActive ? ("ACTIVE" as const) : ("INACTIVE" as const),
    expiresAt: rule.expiresAt === null ? null : new Date(rule.expiresAt),
    // The criteria are written again, under the fields of the file.
    isBroken: false,
  };
}

/** Constants of LOOKUP and USER fields name records and people by key; stored, they are ids. */
function withIds(run: ImportRun, file: OrganizationFile, module: string, criteria: Condition): Condition {
  const fields = file.modules.get(module)?.fields;
  return mapConstants(criteria, (constant, key) => {
    const field = fields?.get(key);
    if (field?.type === "USER") return idOfKey(run.users, String(constant)).id;
    if (field?.type !== "LOOKUP" || field.lookupModule === null) return constant;
    return idOfKey(run.records.get(field.lookupModule) ?? new Map(), String(constant));
  });
}
