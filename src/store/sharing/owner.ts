import { InvalidInput } from "../../kernel/fault.ts";
import type { RecordId, ShareId, UserId } from "../../kernel/id.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import type { Module, Party, ShareLevel, User } from "../../policy/model/org.ts";
import { admitAction } from "../core/admit.ts";
import type { Happening } from "../core/audit-event.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { personNamed } from "../directory/named.ts";
import { countOwnerChanges } from "../grants/owner-count.ts";
import { requireEligibleOwner } from "../records/create.ts";
import { reachedRecord } from "../records/locked.ts";
import { moduleOf } from "../records/relations.ts";
import type { RecordRow } from "../records/row.ts";
import { nextUpdatedAt } from "../records/update.ts";
import { admitLevel, requireRecipient, requireSharable } from "./admit-share.ts";
import { readShares, type ShareRow } from "./share-row.ts";
import { putShare, rederive, removeShares, shareAsEvent } from "./write-share.ts";

/** What somebody keeps who was the owner: a share at a level, or no share of their own. */
export type PreviousOwnerKeeps = ShareLevel | "NOTHING";

export type OwnerChange = {
  readonly recordId: RecordId;
  readonly ownerId: UserId;
  /** Whether those with whom it is shared stay so (SH-45). */
  readonly keepShares: boolean;
  /**
   * Null: what there is by itself: the share that they have, if shares are kept, and in a team module a requester at
   * least `READ_ONLY` (TU-21).
   */
  readonly previousOwnerKeeps: PreviousOwnerKeeps | null;
};

/**
 * Hands a record over (SH-46). The new owner must be eligible (TU-33) and needs no share of it any more; who hands it
 * over may not be able to read it afterwards.
 *
 * A level for the previous owner is a share like any other: it needs `SHARE`, and each action of the level (SH-42),
 * and somebody who can read (SH-43). That the previous owner reaches the record in another way, too, is no reason to
 * refuse it: they keep it when that way ends.
 *
 * @throws {InvalidInput} `CONFLICT` when it belongs to that owner already.
 */
export function changeOwner(viewer: Viewer, change: OwnerChange): Promise<{ readonly recordId: RecordId }> {
  return write(viewer, "changeOwner", {
    read: async (writing) => {
      const { viewer } = writing;
      const record = await reachedRecord(writing, "input.id", change.recordId);
      const owner = personNamed(viewer, "input.owner", change.ownerId);
      const module = moduleOf(viewer, record);
      const level = levelSaid(change);
      if (level !== null) requireSharable(KEEPS, module);
      const previous = previousOwner(viewer, record);
      if (level !== null) personNamed(viewer, KEEPS, previous.id);
      return { record, owner, module, level, previous };
    },
    change: async (writing, { record, owner, module, level, previous }) => {
      const { viewer } = writing;
      if (level !== null) {
        await admitAction(viewer, record, "SHARE");
        await admitLevel(viewer, record, level);
      }
      requireEligibleOwner(viewer, "input.owner", owner, module);
      if (level !== null) requireRecipient(viewer, KEEPS, previous, module);
      if (owner.id === previous.id)
        throw new InvalidInput("input.owner", `The record belongs to ${owner.name} already.`, {
          code: "CONFLICT",
        });
      const happened = await applyOwnerChange(writing, { record, module, previous, owner, change });
      return { result: { recordId: record.id }, happened: [happened] };
    },
  });
}

const KEEPS = "input.previousOwnerKeeps";

function levelSaid({ previousOwnerKeeps }: OwnerChange): ShareLevel | null {
  return previousOwnerKeeps === "NOTHING" ? null : previousOwnerKeeps;
}

function previousOwner({ policy }: Viewer, { ownerId }: RecordRow): User {
  const user = policy.users.get(ownerId);
  if (user === undefined) throw new Error("a record has an owner whom the policy does not know");
  return user;
}

type AdmittedChange = {
  readonly record: RecordRow;
  readonly module: Module;
  readonly previous: User;
  readonly owner: User;
  readonly change: OwnerChange;
};

async function applyOwnerChange(writing: Writing, admitted: AdmittedChange): Promise<Happening> {
  const { tx, viewer } = writing;
  const { orgId, now } = viewer;
  const { record, previous, owner } = admitted;
  await tx.record.update({
    where: { orgId_id: { orgId, id: record.id } },
    data: {
      ownerId: owner.id,
      ownerSeq: owner.seq,
      ownerRoleId: owner.roleId,
      updatedAt: nextUpdatedAt(record, now),
    },
  });
  const shares = await changeShares(writing, admitted);
  const { moduleId } = record;
  await countOwnerChanges(tx, orgId, [
    { moduleId, ownerSeq: previous.seq, by: -1 },
    { moduleId, ownerSeq: owner.seq, by: 1 },
  ]);
  return {
    action: "CHANGE_OWNER",
    target: { type: "Record", id: record.id },
    before: { ownerId: previous.id, shares: shares.before },
    after: { ownerId: owner.id, shares: shares.after },
  };
}

type SharesChanged = Readonly<Record<"before" | "after", readonly ReturnType<typeof shareAsEvent>[]>>;

/** The shares that went or were made, and the grants, which say whose record it is. */
async function changeShares(writing: Writing, admitted: AdmittedChange): Promise<SharesChanged> {
  const { record, previous, change } = admitted;
  const shares = (await readShares(writing.viewer, [record.id])).get(record.id) ?? [];
  const own = shares.find((share) => share.party === keyOf(previous)) ?? null;
  const kept = keptBy(admitted, own);
  const gone = shares.filter((share) => {
    if (share === own) return kept === null;
    // One to the new owner adds nothing while they own, and counts again when they hand the record on.
    return !change.keepShares;
  });
  await removeShares(writing, gone);
  const made: ReturnType<typeof shareAsEvent>[] = [];
  if (kept !== null && kept !== own) {
    const recipient: Party = { kind: "USER", userId: previous.id };
    const share = { recipient, level: kept.level, expiresAt: null };
    const id: ShareId = await putShare(writing, record.id, share, own);
    made.push(shareAsEvent({ ...share, id }));
  }
  await rederive(writing, [record]);
  const replaced = own !== null && made.length > 0 ? [own] : [];
  return { before: [...gone, ...replaced].map(shareAsEvent), after: made };
}

function keyOf(user: User): string {
  return partyKey({ kind: "USER", userId: user.id });
}

/** What the previous owner keeps: the very share that they have, a new one without end, or nothing. */
function keptBy(
  { module, previous, change }: AdmittedChange,
  own: ShareRow | null,
): ShareRow | { readonly level: ShareLevel } | null {
  const { previousOwnerKeeps, keepShares } = change;
  if (previousOwnerKeeps === "NOTHING") return null;
  if (previousOwnerKeeps !== null) return { level: previousOwnerKeeps };
  const before = keepShares ? own : null;
  const isRequester = module.kind === "TEAM" && previous.teamRoles.get(module.id) === "REQUESTER";
  // One that ends would take the reading with it, which a requester keeps (TU-21).
  return isRequester && before?.expiresAt !== null ? { level: "READ_ONLY" } : before;
}
