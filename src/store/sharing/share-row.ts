import { few, inParts, oneOf } from "../../database/parts.ts";
import { asId, type ModuleId, type RecordId, type ShareId, type UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { compareText } from "../../kernel/text.ts";
import type { Party, ShareLevel } from "../../policy/model/org.ts";
import type { Policy } from "../../policy/model/policy.ts";
import { partyIn } from "../core/snapshot/sharing.ts";
import type { Viewer } from "../core/viewer.ts";

/** A record share as it is stored (SH-41). */
export type ShareRow = {
  readonly id: ShareId;
  readonly recordId: RecordId;
  readonly recipient: Party;
  /** The recipient's grant key. */
  readonly party: string;
  readonly level: ShareLevel;
  readonly expiresAt: Instant | null;
  /** Null when it came from an organisation file. */
  readonly sharedById: UserId | null;
};

/** Who reads shares: for whoever is no part of the policy any more there are none (SH-39). */
type Reader = Pick<Viewer, "store" | "orgId" | "policy">;

/** The shares with the ids. One statement. The caller was not admitted yet: see `findShare`. */
export async function readShareRows(
  viewer: Reader,
  ids: readonly ShareId[],
): Promise<ReadonlyMap<ShareId, ShareRow>> {
  const rows = await viewer.store.database.reader.recordShare.findMany({
    where: { orgId: viewer.orgId, id: oneOf(few(ids)) },
  });
  return new Map(rows.flatMap((row) => shareRow(viewer.policy, row)).map((share) => [share.id, share]));
}

/** The shares of records, expired ones included, oldest first. One statement. The caller was admitted to see them. */
export async function readShares(
  viewer: Reader,
  recordIds: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, readonly ShareRow[]>> {
  const rows = await viewer.store.database.reader.recordShare.findMany({
    where: { orgId: viewer.orgId, recordId: oneOf(few(recordIds)) },
    orderBy: { id: "asc" },
  });
  const shares = rows.flatMap((row) => shareRow(viewer.policy, row));
  const none = recordIds.map((id): readonly [RecordId, readonly ShareRow[]] => [id, []]);
  return new Map([...none, ...Map.groupBy(shares, (share) => share.recordId)]);
}

/** A page of the records that are shared with a party. */
export type SharedWith = {
  /** The party's grant key. */
  readonly party: string;
  readonly moduleIds: readonly ModuleId[];
  /** Only later records. */
  readonly after: RecordId | null;
  readonly limit: number;
};

/**
 * Records that are shared with that very party, by id; of each part of the modules, one statement. Nobody was admitted
 * to them: for locking and judging, never to be shown.
 */
export async function recordsSharedWith(
  viewer: Pick<Viewer, "store" | "orgId">,
  { party, moduleIds, after, limit }: SharedWith,
): Promise<readonly RecordId[]> {
  const found: RecordId[] = [];
  for (const part of inParts(moduleIds)) {
    const rows = await viewer.store.database.reader.recordShare.findMany({
      where: {
        orgId: viewer.orgId,
        party,
        record: { moduleId: oneOf(part) },
        ...(after === null ? {} : { recordId: { gt: after } }),
      },
      select: { recordId: true },
      orderBy: { recordId: "asc" },
      take: limit,
    });
    found.push(...rows.map((row): RecordId => asId(row.recordId)));
  }
  return found.sort(compareText).slice(0, limit);
}

/** The shares of records with that very party: one per record (SH-41). One statement. The caller was admitted to them. */
export async function readSharesWith(
  viewer: Reader,
  party: string,
  recordIds: readonly RecordId[],
): Promise<readonly ShareRow[]> {
  const rows = await viewer.store.database.reader.recordShare.findMany({
    where: { orgId: viewer.orgId, party, recordId: oneOf(few(recordIds)) },
    orderBy: { recordId: "asc" },
  });
  return rows.flatMap((row) => shareRow(viewer.policy, row));
}

type StoredShare = {
  readonly id: string;
  readonly recordId: string;
  readonly party: string;
  readonly partyKind: Party["kind"];
  readonly userId: string | null;
  readonly roleId: string | null;
  readonly groupId: string | null;
  readonly level: ShareLevel;
  readonly expiresAt: Date | null;
  readonly sharedById: string | null;
};

/** One share, or none when its recipient cannot be read (EN-07), or is gone with the share not swept yet (SH-39). */
function shareRow(policy: Policy, row: StoredShare): readonly ShareRow[] {
  const recipient = partyIn({
    kind: row.partyKind,
    userId: row.userId,
    roleId: row.roleId,
    groupId: row.groupId,
  });
  if (recipient === null || !isThere(policy, recipient)) return [];
  return [
    {
      id: asId(row.id),
      recordId: asId(row.recordId),
      recipient,
      party: row.party,
      level: row.level,
      expiresAt: row.expiresAt?.getTime() ?? null,
      sharedById: row.sharedById === null ? null : asId(row.sharedById),
    },
  ];
}

function isThere({ roles, groups }: Policy, party: Party): boolean {
  switch (party.kind) {
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return roles.has(party.roleId);
    case "GROUP":
      return groups.has(party.groupId);
    case "USER":
    case "EVERYONE":
      return true;
  }
}
