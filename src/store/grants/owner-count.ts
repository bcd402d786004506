import type { Tx } from "../../database/database.ts";
import type { ModuleId, OrgId } from "../../kernel/id.ts";
import { compareText } from "../../kernel/text.ts";

/** So many records more, or fewer, of one owner in one module. */
export type OwnerDelta = { readonly moduleId: ModuleId; readonly ownerSeq: number; readonly by: 1 | -1 };

/**
 * Keeps how many records each owner has, in the transaction of the change and just before its audit events.
 *
 * In one order for all, so that two transactions never wait for each other.
 */
export async function countOwnerChanges(tx: Tx, orgId: OrgId, deltas: readonly OwnerDelta[]): Promise<void> {
  const sums = new Map<string, { moduleId: ModuleId; ownerSeq: number; n: number }>();
  for (const { moduleId, ownerSeq, by } of deltas) {
    const key = `${moduleId} ${String(ownerSeq).padStart(16, "0")}`;
    sums.set(key, { moduleId, ownerSeq, n: (sums.get(key)?.n ?? 0) + by });
  }
  const inOrder = [...sums].sort(([a], [b]) => compareText(a, b));
  for (const [, { moduleId, ownerSeq, n }] of inOrder) {
    if (n === 0) continue;
    await tx.ownerCount.upsert({
      where: { orgId_moduleId_ownerSeq: { orgId, moduleId, ownerSeq } },
      create: { orgId, moduleId, ownerSeq, n },
      update: { n: { increment: n } },
    });
  }
}
