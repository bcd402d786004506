import type { Tx } from "../../database/database.ts";
import type { ModuleId, OrgId } from "../../kernel/id.ts";
import type { RuleLife } from "../../policy/rights/rule-life.ts";

/** The columns of a rule whose criteria are not being applied. */
export const NOT_APPLYING = { appliedRecords: 0, totalRecords: 0, appliedUpToId: null } as const;

type Columns = Pick<RuleLife, "status" | "generation" | "isBroken"> & {
  readonly appliedRecords?: number;
  readonly totalRecords?: number;
  readonly appliedUpToId?: null;
};

/** The columns of a rule that lives on, as the life cycle says; with those of its progress where that changes (SH-36). */
export async function lifeColumns(
  tx: Tx,
  orgId: OrgId,
  moduleId: ModuleId,
  { progress, ...life }: RuleLife,
): Promise<Columns> {
  switch (progress) {
    case "AS_BEFORE":
      return life;
    case "NONE":
      return { ...life, ...NOT_APPLYING };
    case "BEGINS":
      return { ...life, ...NOT_APPLYING, totalRecords: await countRecords(tx, orgId, moduleId) };
    case "WHOLE": {
      // Those made meanwhile are counted too: whoever made them has matched them.
      const records = await countRecords(tx, orgId, moduleId);
      return { ...life, appliedRecords: records, totalRecords: records, appliedUpToId: null };
    }
  }
}

/** How many records a module has: exact where no record can be written meanwhile, under the policy lock. */
export async function countRecords(tx: Tx, orgId: OrgId, moduleId: ModuleId): Promise<number> {
  const { _sum } = await tx.ownerCount.aggregate({ where: { orgId, moduleId }, _sum: { n: true } });
  return _sum.n ?? 0;
}
