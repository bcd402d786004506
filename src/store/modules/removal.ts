import { v7 } from "uuid";
import type { DatabaseKind, Tx } from "../../database/database.ts";
import { few, oneOf } from "../../database/parts.ts";
import { asId, type ModuleId, type OrgId, type RecordId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { MayVanish } from "../core/admit.ts";
import { dropValue } from "../reach/rows/drop-value.ts";
import { lockNextRecords } from "../reach/rows/matches.ts";

/** What was deleted, hidden in that transaction, and is still to be swept from the records (SH-32). */
export type Removal = {
  readonly orgId: OrgId;
  readonly id: string;
  readonly moduleId: ModuleId;
  /** The key of a field; null: the module goes. */
  readonly key: string | null;
  /** The last record that was swept, in the order of ids. */
  readonly upToId: RecordId | null;
};

type RemovalRow = Awaited<ReturnType<Tx["removal"]["findMany"]>>[number];

export function removalIn({ orgId, id, moduleId, key, upToId }: RemovalRow): Removal {
  return {
    orgId: asId(orgId),
    id,
    moduleId: asId(moduleId),
    key,
    upToId: upToId === null ? null : asId(upToId),
  };
}

/** Leaves the values of a field that is gone, or the records of a module, to be swept: `SWEEP_REMOVED` is to be woken. */
export async function leaveToSweep(
  tx: Tx,
  orgId: OrgId,
  { moduleId }: MayVanish,
  key: string | null,
  now: Instant,
): Promise<void> {
  await tx.removal.create({ data: { orgId, id: v7({ msecs: now }), moduleId, key } });
}

/**
 * Sweeps the next records, in the order of ids; after the last of them the removal is over.
 *
 * @param size so many records at most.
 * @returns what is left of the removal; null when it is over.
 */
export async function sweepNext(
  kind: DatabaseKind,
  tx: Tx,
  removal: Removal,
  size: number,
): Promise<Removal | null> {
  const { orgId, id, moduleId, key, upToId } = removal;
  const records = await lockNextRecords(kind, tx, orgId, moduleId, upToId, size);
  const ids = records.map((record) => record.id);
  if (key !== null) await dropValue(kind, tx, orgId, key, ids);
  else if (ids.length > 0) await tx.record.deleteMany({ where: { orgId, id: oneOf(few(ids)) } });
  const last = ids.at(-1);
  if (last !== undefined && ids.length === size) {
    await tx.removal.update({ where: { orgId_id: { orgId, id } }, data: { upToId: last } });
    return { ...removal, upToId: last };
  }
  if (key !== null) await tx.removal.deleteMany({ where: { orgId, id } });
  else await removeModule(tx, removal);
  return null;
}

/** The removal goes with it. */
async function removeModule(tx: Tx, { orgId, moduleId }: Removal): Promise<void> {
  await tx.ownerCount.deleteMany({ where: { orgId, moduleId } });
  await tx.module.delete({ where: { orgId_id: { orgId, id: moduleId } } });
}

/** Records at once where all that is left is swept in one transaction. */
const BATCH = 500;

/**
 * Sweeps at once what is left of removals: all of an organisation, or of the fields of a module that had one key.
 *
 * @param signal of the operation whose work this is: it ends with it.
 */
export async function sweepNow(
  kind: DatabaseKind,
  tx: Tx,
  orgId: OrgId,
  only: { readonly moduleId?: ModuleId; readonly key?: string } = {},
  signal: AbortSignal | null = null,
): Promise<void> {
  for (const row of await tx.removal.findMany({ where: { orgId, ...only }, orderBy: { id: "asc" } })) {
    let left: Removal | null = removalIn(row);
    while (left !== null) {
      signal?.throwIfAborted();
      left = await sweepNext(kind, tx, left, BATCH);
    }
  }
}
