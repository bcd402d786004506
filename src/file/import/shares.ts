import { asId } from "../../kernel/id.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import { partyColumns } from "../../store/grants/party-columns.ts";
import type { OrganizationFile } from "../organization-file.ts";
import { partyOf } from "./party.ts";
import { type ImportRun, idOfKey, inBatches, isSameRow, newId } from "./run.ts";

const BATCH = 500;

/** Record shares: one per record and party; a second one to the same party replaces the first (SH-41). */
export async function importShares(run: ImportRun, file: OrganizationFile): Promise<void> {
  if (file.shares === null) return;
  const { tx, orgId, tallies } = run;
  const rows = await tx.recordShare.findMany({ where: { orgId } });
  const found = new Map(rows.map((row) => [`${row.recordId} ${row.party}`, row]));
  const added: Parameters<typeof tx.recordShare.createMany>[0] = { data: [] };
  const data = added.data as object[];

  for (const share of file.shares) {
    const party = partyOf(run, share.target);
    const { kind, ...ids } = partyColumns(party);
    const recordId = idOfKey(run.records.get(share.record.module) ?? new Map(), share.record.key);
    const place = `${recordId} ${partyKey(party)}`;
    const expiresAt = share.expiresAt === null ? null : new Date(share.expiresAt);
    const known = found.get(place);
    found.delete(place);
    if (known && isSameRow({ level: share.level, expiresAt }, known)) continue;
    run.dirtyRecords.add(recordId);
    if (known) {
      await tx.recordShare.update({
        where: { orgId_id: { orgId, id: known.id } },
        data: { level: share.level, expiresAt },
      });
      tallies.shares.changed += 1;
    } else {
      const id = newId<"RecordShare">(run.now);
      const createdAt = new Date(run.now);
      data.push({
        orgId,
        id,
        recordId,
        party: partyKey(party),
        partyKind: kind,
        ...ids,
        level: share.level,
        expiresAt,
        createdAt,
      });
      tallies.shares.added += 1;
    }
  }
  for (const batch of inBatches(data, BATCH))
    await tx.recordShare.createMany({ data: [...batch] as typeof added.data });
  if (!run.prune) return;
  for (const batch of inBatches([...found.values()], BATCH)) {
    const { count } = await tx.recordShare.deleteMany({
      where: { orgId, id: { in: batch.map((row) => row.id) } },
    });
    for (const row of batch) run.dirtyRecords.add(asId(row.recordId));
    tallies.shares.removed += count;
  }
}
