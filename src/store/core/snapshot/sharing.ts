import type { Tx } from "../../../database/database.ts";
import { asId, type OrgId } from "../../../kernel/id.ts";
import { parseStored } from "../../../policy/criteria/check.ts";
import type { Field, Group, Module, Party, SharingRule } from "../../../policy/model/org.ts";

/** The groups of an organisation, each with its members in order. */
export async function groupsOf(tx: Tx, orgId: OrgId): Promise<readonly Group[]> {
  const rows = await tx.group.findMany({ where: { orgId, isRemoved: false } });
  const members = await tx.groupMember.findMany({ where: { orgId }, orderBy: { position: "asc" } });
  const byGroup = Map.groupBy(members, (member) => member.groupId);
  return rows.map((row) => ({
    id: asId(row.id),
    key: row.key,
    name: row.name,
    members: (byGroup.get(row.id) ?? []).flatMap(
      (member) => partyIn({ ...member, groupId: member.memberGroupId }) ?? [],
    ),
  }));
}

/**
 * The sharing rules of an organisation. Criteria that do not fit the module's fields of now are `UNREADABLE`; so are
 * those under which a field was changed or removed, even when one like it is there again (SH-32).
 */
export async function rulesOf(
  tx: Tx,
  orgId: OrgId,
  modules: readonly Module[],
): Promise<readonly SharingRule[]> {
  const fields = new Map<string, readonly Field[]>(modules.map((module) => [module.id, module.fields]));
  const rows = await tx.sharingRule.findMany({ where: { orgId } });
  return rows.flatMap((row) => ruleIn(row, fields.get(row.moduleId) ?? []));
}

/** A sharing rule as it is stored. */
export type RuleRow = Awaited<ReturnType<Tx["sharingRule"]["findMany"]>>[number];

/** The rule of a row under the fields of its module; none when a party of it does not name anyone (EN-07). */
export function ruleIn(row: RuleRow, fields: readonly Field[]): readonly SharingRule[] {
  const target = partyIn({
    kind: row.targetKind,
    userId: row.targetUserId,
    roleId: row.targetRoleId,
    groupId: row.targetGroupId,
  });
  const source =
    row.sourceKind === null
      ? null
      : partyIn({
          kind: row.sourceKind,
          userId: null,
          roleId: row.sourceRoleId,
          groupId: row.sourceGroupId,
        });
  if (target === null || (row.sourceKind !== null && source === null)) return [];
  return [
    {
      id: asId<"SharingRule">(row.id),
      key: row.key,
      name: row.name,
      moduleId: asId(row.moduleId),
      source,
      criteria: criteriaIn(row, fields),
      target,
      level: row.level,
      includeSuperiors: row.includeSuperiors,
      status: row.status,
      expiresAt: row.expiresAt?.getTime() ?? null,
      generation: row.generation,
    },
  ];
}

function criteriaIn(
  row: { readonly criteria: unknown; readonly isBroken: boolean },
  fields: readonly Field[],
): SharingRule["criteria"] {
  if (row.criteria === null) return null;
  return row.isBroken ? "UNREADABLE" : parseStored(row.criteria, fields);
}

type PartyRow = {
  readonly kind: Party["kind"];
  readonly userId: string | null;
  readonly roleId: string | null;
  readonly groupId: string | null;
};

/** The party that a row names; null when the reference that its kind needs is missing. */
export function partyIn({ kind, userId, roleId, groupId }: PartyRow): Party | null {
  switch (kind) {
    case "USER":
      return userId === null ? null : { kind, userId: asId(userId) };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return roleId === null ? null : { kind, roleId: asId(roleId) };
    case "GROUP":
      return groupId === null ? null : { kind, groupId: asId(groupId) };
    case "EVERYONE":
      return { kind };
  }
}
