import { few, oneOf } from "../../../database/parts.ts";
import { asId, type UserId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";
import { compareText } from "../../../kernel/text.ts";
import type { Module, User } from "../../../policy/model/org.ts";
import { loaderOf } from "../../core/loaders.ts";
import { reachedBy, type Viewer, viewerHolds } from "../../core/viewer.ts";
import { pageOf } from "../../directory/list.ts";
import type { Page, PageArgs } from "../../directory/page.ts";
import { findUser } from "../../directory/users.ts";
import { type Transfer, transferIn } from "./transfer.ts";

/** More of them than the newest of these are not listed. */
const LISTED = 500;

/**
 * The transfers that the viewer began, and for administrators all of them, newest first: those that are running, and
 * those that ended in the last thirty days.
 */
export async function pageOfTransfers(viewer: Viewer, args: PageArgs): Promise<Page<Transfer>> {
  const rows = await viewer.store.database.reader.recordTransfer.findMany({
    where: { orgId: viewer.orgId, ...(seesAll(viewer) ? {} : { startedById: viewer.user.id }) },
    orderBy: { id: "desc" },
    take: LISTED,
  });
  const transfers = rows.map(transferIn).sort((a, b) => b.startedAt - a.startedAt || compareText(a.id, b.id));
  return pageOf(transfers, args, ({ startedAt, id }) => [backwards(startedAt), id]);
}

/** A text of fixed width that is the smaller, the later it is. */
function backwards(at: Instant): string {
  return String(Number.MAX_SAFE_INTEGER - at).padStart(16, "0");
}

/** A transfer by id, for whom it is listed; null for others. Batched. */
export async function findTransfer(viewer: Viewer, id: string): Promise<Transfer | null> {
  const transfer = await transfersById(viewer).load(id);
  if (transfer === null) return null;
  return seesAll(viewer) || transfer.startedById === viewer.user.id ? transfer : null;
}

const transfersById = loaderOf<string, Transfer>(async ({ store, orgId }, ids) => {
  const rows = await store.database.reader.recordTransfer.findMany({ where: { orgId, id: oneOf(few(ids)) } });
  return new Map(rows.map((row) => [row.id, transferIn(row)]));
});

function seesAll(viewer: Viewer): boolean {
  return viewerHolds(viewer, "MANAGE_ADMIN_PERMISSIONS");
}

/** How far a transfer is, in records. */
export type TransferCounts = Pick<Transfer, "movedRecords" | "keptRecords" | "totalRecords">;

/** For whoever began it, and who reads every record of its modules; null for others, to whom records are not counted. */
export function countsOf(viewer: Viewer, transfer: Transfer): TransferCounts | null {
  if (transfer.startedById === viewer.user.id) return transfer;
  const readsAll = modulesOf(viewer, transfer).every(
    (module) => reachedBy(viewer, module, "READ").reach.kind === "EVERYTHING",
  );
  return readsAll ? transfer : null;
}

/** The modules of a transfer that are there still. */
export function modulesOf({ policy }: Viewer, { modules }: Transfer): readonly Module[] {
  return modules.flatMap((id) => policy.modules.get(id) ?? []);
}

/** Who it is from, to, or began it; the support agent is shown nowhere but as the actor or owner that it was. */
export function personOf(viewer: Viewer, id: UserId): User | null {
  return findUser(viewer, asId(id));
}
