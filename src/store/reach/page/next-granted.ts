import type { Db } from "../../../database/database.ts";
import { inParts, oneOf } from "../../../database/parts.ts";
import { asId, type RecordId } from "../../../kernel/id.ts";
import type { User } from "../../../policy/model/org.ts";
import { hasSeq } from "../../../policy/model/owners.ts";
import { isCriteriaKey, type SomeReached } from "../branches/branches.ts";

/**
 * The next records of one owner, in the order of ids, that a reach has by its grants alone. Only grants are walked, of keys
 * that the reach has for this owner: the work follows what is in reach, whatever else the owner has.
 *
 * @param reached to read; the owner is not one of those whose records it has as a whole.
 * @param size so many at most.
 * @returns them, and whether there is none after them.
 */
export async function nextGranted(
  db: Pick<Db, "recordGrant">,
  { orgId, moduleId, reach, now }: SomeReached,
  owner: User,
  after: RecordId | null,
  size: number,
): Promise<{ readonly ids: readonly RecordId[]; readonly isLast: boolean }> {
  const keys = [...reach.keys].flatMap(([key, within]) =>
    within === null || hasSeq(within, owner.seq) ? [key] : [],
  );
  // A rule may match a third of the module: its index alone gives the first without sorting all.
  const parts = [
    ...inParts(keys.filter((key) => !isCriteriaKey(key))),
    ...inParts(keys.filter(isCriteriaKey), 1),
  ];
  const found = new Set<string>();
  // Up to here every part has given all that it has.
  let upTo: string | null = null;
  for (const part of parts) {
    const rows = await db.recordGrant.findMany({
      where: {
        key: oneOf(part),
        moduleId,
        orgId,
        ownerSeq: owner.seq,
        readUntil: { gt: now },
        ...(after === null ? {} : { recordId: { gt: after } }),
      },
      orderBy: { recordId: "asc" },
      select: { recordId: true },
      take: size,
    });
    for (const { recordId } of rows) found.add(recordId);
    const last = rows.length < size ? undefined : rows.at(-1)?.recordId;
    if (last !== undefined && (upTo === null || last < upTo)) upTo = last;
  }
  const sure = [...found].filter((id) => upTo === null || id <= upTo).sort();
  const ids = sure.slice(0, size).map((id): RecordId => asId(id));
  return { ids, isLast: upTo === null && ids.length === sure.length };
}
