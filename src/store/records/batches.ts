import type { Tx } from "../../database/database.ts";
import type { ModuleId, OrgId } from "../../kernel/id.ts";

/** A record as it is stored. */
export type StoredRecord = Awaited<ReturnType<Tx["record"]["findMany"]>>[number];

/** Of an organisation, or of a module: that alone leads to its own index, which is in the order asked for. */
export type BatchesOf = { readonly orgId: OrgId } | { readonly moduleId: ModuleId };

/**
 * Records in batches, oldest first: by id, whose time is that of creation. What is done to a batch before the next one
 * is asked for does not disturb, deleting included.
 *
 * @param signal of the operation whose work this is: it ends with it, between two batches.
 */
export async function* recordBatches(
  tx: Tx,
  of: BatchesOf,
  size: number,
  signal: AbortSignal | null = null,
): AsyncGenerator<readonly StoredRecord[]> {
  for (let after: string | null = null; ; ) {
    signal?.throwIfAborted();
    const rows: readonly StoredRecord[] = await tx.record.findMany({
      where: { ...of, ...(after === null ? {} : { id: { gt: after } }) },
      orderBy: { id: "asc" },
      take: size,
    });
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.id ?? null;
    if (rows.length < size) return;
  }
}
