import { z } from "zod";
import { inParts, oneOf, rowsOf } from "../../database/parts.ts";
import { asId } from "../../kernel/id.ts";
import { compareText } from "../../kernel/text.ts";
import { partyKey } from "../../policy/model/grant-key.ts";
import { FORECASTS, SHARE_LEVELS } from "../../policy/model/org.ts";
import type { Happening } from "../../store/core/audit-event.ts";
import { partyIn } from "../../store/core/snapshot/sharing.ts";
import { partyColumns } from "../../store/grants/party-columns.ts";
import { type Faults, shown } from "../reading/faults.ts";
import { isWritten, lastOfEach, readList } from "../terms/entries.ts";
import type { ExportRun } from "../terms/export-run.ts";
import { type ImportRun, idOfRecord, isSameRow, newId, shareTold, unshared } from "../terms/import-run.ts";
import { list, printedInstant } from "../terms/lines.ts";
import { checkParty, member, partyText, partyWithIds, printedParty } from "../terms/party.ts";
import { isRecord } from "../terms/references.ts";
import { closed, instant, NOT_ENFORCED, orNull, recordReference } from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";

const shape = closed({
  record: recordReference.describe("`module/key` of one of `records`."),
  to: member.describe("Who gets it: one of these."),
  access: z
    .enum(SHARE_LEVELS)
    .describe("What may be done with it; `FULL` is to delete it, to share it and to hand it over too."),
  expiresAt: orNull(instant).describe("From when on it is shared no more; never unless said."),
  includeRelated: z
    .literal(false, { error: ({ input }) => (input === true ? `false; true is ${NOT_ENFORCED}` : undefined) })
    .default(false)
    .describe(`Whether related records go along; true is ${NOT_ENFORCED}.`),
}).transform(({ record, to, access, expiresAt }) => ({ record, target: to, level: access, expiresAt }));

export type FileShare = Readonly<z.output<typeof shape>>;

export const shares: Section<"shares"> = {
  shapes: {
    shares: z
      .array(shape)
      .optional()
      .describe(
        "One record to one party, with or without an end. A file without this section says nothing of any.",
      ),
  },
  read: (reading) =>
    isWritten(reading, "shares") ? readList(reading, ["shares"], shape, reading.source.read("shares")) : null,
  check,
  complete,
  print: (file) =>
    file.shares === null
      ? []
      : list(
          0,
          "shares",
          file.shares.map(({ record, target, level, expiresAt }) => ({
            record: `${record.module}/${record.key}`,
            to: printedParty(target),
            access: level,
            expiresAt: printedInstant(expiresAt),
          })),
        ),
  rows: { namingRecords: importShares },
  export: exported,
};

/** Record shares are of records of the file, to parties of the file. */
function check(draft: Draft, faults: Faults): void {
  for (const { index, entry } of draft.shares ?? []) {
    const { module, key } = entry.record;
    const path = ["shares", index];
    if (module === FORECASTS) {
      faults.add([...path, "record"], {
        message: "forecasts is always private",
        expected: "another module",
        requirement: "SH-09",
      });
    }
    if (!isRecord(draft, module, key)) {
      faults.add([...path, "record"], {
        message: `there is no record ${shown(`${module}/${key}`)}`,
        expected: "a record of the file",
        near: [key, draft.records?.get(module)?.keys ?? []],
      });
    }
    checkParty(draft, faults, [...path, "to"], entry.target);
  }
}

/**
 * A second share to the same party replaces the first (SH-41). Shares have no order of their own; the file comes back
 * by record and party.
 */
function complete(draft: Draft): OrganizationFile["shares"] {
  if (draft.shares === null) return null;
  const last = lastOfEach(
    draft.shares.map(({ entry }) => entry),
    placeOf,
  );
  return byPlace(last);
}

function placeOf({ record, target }: FileShare): string {
  return `${record.module}/${record.key} ${partyText(target)}`;
}

function byPlace(shares: readonly FileShare[]): readonly FileShare[] {
  return [...shares].sort((a, b) => compareText(placeOf(a), placeOf(b)));
}

/** Record shares: one per record and party; a second one to the same party replaces the first (SH-41). */
async function importShares(run: ImportRun, file: OrganizationFile): Promise<void> {
  if (file.shares === null) return;
  const { tx, orgId, tallies } = run;
  const rows = await tx.recordShare.findMany({ where: { orgId } });
  const found = new Map(rows.map((row) => [`${row.recordId} ${row.party}`, row]));
  const added: ReturnType<typeof newRow>[] = [];
  const changed: Happening[] = [];

  for (const share of file.shares) {
    const columns = columnsOf(run, share);
    const place = `${columns.recordId} ${columns.party}`;
    const known = found.get(place);
    found.delete(place);
    const { level, expiresAt } = columns;
    if (known && isSameRow({ level, expiresAt }, known)) continue;
    run.dirtyRecords.add(columns.recordId);
    if (known) {
      await tx.recordShare.update({
        where: { orgId_id: { orgId, id: known.id } },
        data: { level, expiresAt },
      });
      tallies.shares.changed += 1;
      changed.push(shared(known, { ...known, level, expiresAt }));
    } else {
      added.push(newRow(run, columns));
      tallies.shares.added += 1;
    }
  }
  for (const part of inParts(added)) await tx.recordShare.createMany({ data: rowsOf(part) });
  await run.tell([...changed, ...added.map((row) => shared(null, row))]);
  run.leftShares.push(...found.values().map(({ recordId }) => recordId));
  if (run.prune) await removeMissing(run, [...found.values()]);
}

function columnsOf(run: ImportRun, { record, target, level, expiresAt }: FileShare) {
  const party = partyWithIds(run, target);
  const { kind: partyKind, ...ids } = partyColumns(party);
  return {
    recordId: idOfRecord(run, record),
    party: partyKey(party),
    partyKind,
    ...ids,
    level,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
  };
}

type ShareRow = Parameters<typeof shareTold>[0];

function shared(before: ShareRow | null, after: ShareRow): Happening {
  return {
    action: "SHARE_RECORD",
    target: { type: "Record", id: after.recordId },
    before: before && shareTold(before),
    after: shareTold(after),
  };
}

function newRow({ orgId, now }: ImportRun, columns: ReturnType<typeof columnsOf>) {
  return { orgId, id: newId<"RecordShare">(now), ...columns, createdAt: new Date(now) };
}

async function removeMissing(
  { tx, orgId, dirtyRecords, tallies, tell }: ImportRun,
  missing: readonly ShareRow[],
): Promise<void> {
  for (const part of inParts(missing.map((row) => row.id))) {
    const { count } = await tx.recordShare.deleteMany({ where: { orgId, id: oneOf(part) } });
    tallies.shares.removed += count;
  }
  for (const row of missing) dirtyRecords.add(asId(row.recordId));
  await tell(missing.map(unshared));
}

async function exported({ tx, org, names, recordKeys }: ExportRun): Promise<readonly FileShare[]> {
  const records = await recordKeys();
  const rows = await tx.recordShare.findMany({ where: { orgId: org.id } });
  // Void, and only not swept yet.
  const removals = await tx.shareRemoval.findMany({ where: { orgId: org.id }, select: { party: true } });
  const gone = new Set(removals.map(({ party }) => party));
  const shares = rows.flatMap((row): FileShare[] => {
    const { partyKind: kind, userId, roleId, groupId, level, expiresAt } = row;
    if (gone.has(row.party)) return [];
    const recipient = partyIn({ kind, userId, roleId, groupId });
    const record = records.get(row.recordId);
    if (recipient === null || record === undefined) return [];
    return [{ record, target: names.party(recipient), level, expiresAt: expiresAt?.getTime() ?? null }];
  });
  return byPlace(shares);
}
