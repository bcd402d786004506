import type { Tx } from "../../database/database.ts";
import type { ModuleId, OrgId } from "../../kernel/id.ts";

/** The columns of a rule whose criteria are not being applied. */
export const NOT_APPLYING = { appliedRecords: 0, totalRecords: 0, appliedUpToId: null } as const;

/** The columns of a rule whose criteria are to be applied from the first record on, in the background (SH-36). */
export async function beginning(tx: Tx, orgId: OrgId, moduleId: ModuleId) {
  return { ...NOT_APPLYING, totalRecords: await countRecords(tx, orgId, moduleId) };
}

/** How many records a module has: exact where no record can be written meanwhile, under the policy lock. */
export async function countRecords(tx: Tx, orgId: OrgId, moduleId: ModuleId): Promise<number> {
  const { _sum } = await tx.ownerCount.aggregate({ where: { orgId, moduleId }, _sum: { n: true } });
  return _sum.n ?? 0;
}
