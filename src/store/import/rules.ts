import { asId } from "../../kernel/id.ts";
import { isLive } from "../../kernel/instant.ts";
import { type Condition, mapConstants } from "../../policy/criteria.ts";
import type { FileRule, OrganizationFile } from "../../policy/organization-file.ts";
import { jsonOrNull } from "../json.ts";
import { partyColumns } from "./party.ts";
import { differenceOf, type ImportRun, idOfKey, isSameRow, newId } from "./run.ts";

/**
 * Sharing rules. New criteria, another module or a reactivation are a new generation, whose matches are derived before
 * the import ends; a change of target, level, superiors or expiry touches no record (SH-36).
 */
export async function importRules(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.sharingRule.findMany({ where: { orgId } });
  const difference = differenceOf(file.sharingRules, new Map(rows.map((row) => [row.key, row])));

  for (const [, known] of run.prune ? difference.missing : []) {
    await tx.sharingRule.delete({ where: { orgId_id: { orgId, id: known.id } } });
    if (known.criteria !== null) run.dirtyModules.add(asId(known.moduleId));
    tallies.sharingRules.removed += 1;
  }
  for (const [key, rule] of difference.added) {
    const { criteria, ...columns } = columnsOf(run, file, rule);
    const data = {
      orgId,
      id: newId<"SharingRule">(run.now),
      key,
      ...columns,
      criteria: jsonOrNull(criteria),
    };
    await tx.sharingRule.create({ data });
    if (criteria !== null) run.dirtyModules.add(columns.moduleId);
    tallies.sharingRules.added += 1;
  }
  for (const [, rule, known] of difference.kept) {
    const { criteria, ...columns } = columnsOf(run, file, rule);
    if (isSameRow({ ...columns, criteria }, known)) continue;
    const matching = { moduleId: columns.moduleId, criteria, status: columns.status };
    const isNewGeneration = !isSameRow(matching, known);
    await tx.sharingRule.update({
      where: { orgId_id: { orgId, id: known.id } },
      data: {
        ...columns,
        criteria: jsonOrNull(criteria),
        ...(isNewGeneration ? { generation: known.generation + 1 } : {}),
      },
    });
    // An expired rule keeps no matches (SH-37): one that lives again has them derived as a new one has.
    const livesAgain =
      !isLive(known.expiresAt?.getTime() ?? null, run.now) && isLive(rule.expiresAt, run.now);
    if ((isNewGeneration || livesAgain) && (criteria !== null || known.criteria !== null))
      run.dirtyModules.add(columns.moduleId);
    tallies.sharingRules.changed += 1;
  }
}

function columnsOf(run: ImportRun, file: OrganizationFile, rule: FileRule) {
  const target = partyColumns(run, rule.target);
  const source = rule.source === null ? null : partyColumns(run, rule.source);
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
