import type { Tx } from "../../database/database.ts";
import { few, oneOf } from "../../database/parts.ts";
import { asId, type ModuleId, type OrgId, type RecordId } from "../../kernel/id.ts";
import type { User } from "../../policy/model/org.ts";
import { hasSeq } from "../../policy/model/owners.ts";
import { nextGranted } from "../reach/page/next-granted.ts";
import type { Reached } from "../reach/query.ts";
import type { OwnedRecord } from "./hand-over.ts";

/** Whose records of which module, and who looks for them; null looks at all. */
export type WantedOwned = {
  readonly orgId: OrgId;
  readonly moduleId: ModuleId;
  readonly owner: User;
  readonly reached: Reached | null;
};

/** What was looked at, whether there is nothing after it, and what of it is theirs still. */
export type NextOwned = {
  readonly seen: readonly RecordId[];
  readonly isLast: boolean;
  readonly owned: readonly OwnedRecord[];
};

/**
 * The next records of somebody in a module, in the order of ids, locked: of those that were handed to somebody else while
 * they were waited for, none. What is out of reach is not even looked at: how long it takes tells nothing of it.
 *
 * @param size so many are looked at, at most a few hundred.
 */
export async function lockNextOwned(
  { lockRecords }: { readonly lockRecords: (tx: Tx, orgId: string, ids: readonly string[]) => Promise<void> },
  tx: Tx,
  wanted: WantedOwned,
  after: RecordId | null,
  size: number,
): Promise<NextOwned> {
  const { orgId, moduleId, owner } = wanted;
  const { ids: seen, isLast } = await nextIn(tx, wanted, after, size);
  if (seen.length === 0) return { seen, isLast, owned: [] };
  await lockRecords(tx, orgId, seen);
  const rows = await tx.record.findMany({
    where: { orgId, id: oneOf(few(seen)), ownerId: owner.id },
    orderBy: { id: "asc" },
    select: { id: true, updatedAt: true },
  });
  const owned = rows.map((row) => ({
    id: asId<"Record">(row.id),
    moduleId,
    updatedAt: row.updatedAt.getTime(),
  }));
  return { seen, isLast, owned };
}

type Next = { readonly ids: readonly RecordId[]; readonly isLast: boolean };

async function nextIn(
  tx: Tx,
  { orgId, moduleId, owner, reached }: WantedOwned,
  after: RecordId | null,
  size: number,
): Promise<Next> {
  const reach = reached?.reach;
  if (reach?.kind === "NOTHING") return { ids: [], isLast: true };
  if (reached !== null && reach?.kind === "SOME" && !hasSeq(reach.ownerMask, owner.seq))
    return nextGranted(tx, { ...reached, reach }, owner, after, size);
  const found = await tx.record.findMany({
    // The module and the owner lead to the index that is in this order.
    where: { moduleId, ownerId: owner.id, orgId, ...(after === null ? {} : { id: { gt: after } }) },
    orderBy: { id: "asc" },
    select: { id: true },
    take: size,
  });
  return { ids: found.map(({ id }): RecordId => asId(id)), isLast: found.length < size };
}
