import { v7 } from "uuid";
import { few, inParts, oneOf } from "../../database/parts.ts";
import { asId, type ModuleId, type RecordId, type ShareId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import type { Party, ShareLevel } from "../../policy/model/org.ts";
import type { ShareFacts } from "../core/audit-event.ts";
import type { Writing } from "../core/write.ts";
import { deriveGrants, matchingRules } from "../grants/derive.ts";
import { partyColumns } from "../grants/party-columns.ts";
import type { ShareRow } from "./share-row.ts";

/** A share that was admitted. */
export type NewShare = {
  /** Never everyone (SH-41). */
  readonly recipient: Party;
  readonly level: ShareLevel;
  /** Null when it does not end. */
  readonly expiresAt: Instant | null;
};

/**
 * Writes a share of a record that is locked; when it replaces one to the same party, that one keeps its id. The
 * caller derives the grants.
 */
export async function putShare(
  { tx, viewer }: Writing,
  recordId: RecordId,
  share: NewShare,
  replaced: ShareRow | null,
): Promise<ShareId> {
  const { orgId, now, user } = viewer;
  const said = {
    level: share.level,
    expiresAt: share.expiresAt === null ? null : new Date(share.expiresAt),
    includeRelated: false,
    sharedById: user.id,
  };
  if (replaced !== null) {
    await tx.recordShare.update({ where: { orgId_id: { orgId, id: replaced.id } }, data: said });
    return replaced.id;
  }
  const id: ShareId = asId(v7({ msecs: now }));
  const { kind: partyKind, ...named } = partyColumns(share.recipient);
  if (partyKind === "EVERYONE") throw new Error("a share is never to everyone");
  await tx.recordShare.create({
    data: {
      orgId,
      id,
      recordId,
      party: partyKey(share.recipient),
      partyKind,
      ...named,
      ...said,
      createdAt: new Date(now),
    },
  });
  return id;
}

/** Removes shares of records that are locked. The caller derives the grants. */
export async function removeShares({ tx, viewer }: Writing, shares: readonly ShareRow[]): Promise<void> {
  if (shares.length === 0) return;
  const { orgId } = viewer;
  for (const part of inParts(shares.map((share) => share.id)))
    await tx.recordShare.deleteMany({ where: { orgId, id: oneOf(part) } });
}

/**
 * Removes the shares with one party of records that are locked, and what they granted. The other grants of the records
 * are what they were: nothing of them is read.
 *
 * @param recordIds at most a few hundred.
 */
export async function removeSharesWith(
  { tx, viewer: { orgId } }: Writing,
  party: string,
  recordIds: readonly RecordId[],
): Promise<void> {
  const ofThem = { orgId, recordId: oneOf(few(recordIds)) };
  await tx.recordShare.deleteMany({ where: { ...ofThem, party } });
  await tx.recordGrant.deleteMany({ where: { ...ofThem, key: party } });
}

/** Derives the grants of records whose shares have changed; those of no other record are touched. */
export async function rederive(
  { tx, viewer }: Writing,
  records: readonly { readonly id: RecordId; readonly moduleId: ModuleId }[],
): Promise<void> {
  const { orgId, policy, now, store } = viewer;
  const modules = [...new Set(records.map((record) => record.moduleId))];
  const rules = modules.flatMap((id) => policy.rulesOfModule.get(id) ?? []);
  const ids = records.map((record) => record.id);
  await deriveGrants(store.database.kind, tx, orgId, ids, matchingRules(rules, policy.modules, now));
}

/** A share as the audit log keeps it. */
export function shareAsEvent(share: NewShare & { readonly id: ShareId }): ShareFacts {
  const { id, recipient, level, expiresAt } = share;
  return {
    shareId: id,
    party: partyKey(recipient),
    level,
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
  };
}
