import type { Tx } from "../../database/database.ts";
import type { OrgId } from "../../kernel/id.ts";
import { inBatches } from "./run.ts";

const BATCH = 500;

/** Counts the records of every owner and module anew: after an import, whose deltas would be as many as its records. */
export async function countOwners(tx: Tx, orgId: OrgId): Promise<void> {
  const counts = await tx.record.groupBy({ by: ["moduleId", "ownerSeq"], where: { orgId }, _count: true });
  await tx.ownerCount.deleteMany({ where: { orgId } });
  const data = counts.map(({ moduleId, ownerSeq, _count }) => ({ orgId, moduleId, ownerSeq, n: _count }));
  for (const batch of inBatches(data, BATCH)) await tx.ownerCount.createMany({ data: [...batch] });
}
