import type { Tx } from "../../database/database.ts";
import { compareText } from "../../kernel/text.ts";
import type { Org, Party } from "../../policy/model/org.ts";
import { recordBatches } from "../../store/records/batches.ts";
import { partyWithKeys } from "./party.ts";
import type { RecordReference } from "./shape.ts";
import { tombstoneAddress } from "./tombstone.ts";

/** One export of an organisation, in a consistent snapshot. */
export type ExportRun = {
  readonly tx: Tx;
  readonly org: Org;
  /** What of the organisation's row the policy does not need. */
  readonly row: Awaited<ReturnType<Tx["organization"]["findUniqueOrThrow"]>>;
  readonly names: Names;
  /** Reads them the first time that somebody asks. */
  readonly recordKeys: () => Promise<RecordKeys>;
};

/** The keys of an organisation's rows, by id. */
export type Names = ReturnType<typeof namesIn>;

/** Where each record is in a file, by id. */
export type RecordKeys = ReadonlyMap<string, RecordReference>;

/** So many records are read at once. */
export const EXPORT_BATCH = 1000;

export function newExportRun(tx: Tx, row: ExportRun["row"], org: Org): ExportRun {
  let keys: Promise<RecordKeys> | undefined;
  const recordKeys = () => {
    keys ??= readRecordKeys(tx, org);
    return keys;
  };
  return { tx, org, row, names: namesIn(org), recordKeys };
}

/** The rows by key in code point order. */
export function byKey<Row extends { readonly key: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => compareText(a.key, b.key));
}

function namesIn(org: Org) {
  const nameOf = (rows: readonly { readonly id: string; readonly key: string }[]) => {
    const keys = new Map<string, string>(rows.map((row) => [row.id, row.key]));
    return (id: string) => keys.get(id) ?? id;
  };
  const names = {
    user: nameOf(org.users.map(({ id, email }) => ({ id, key: email ?? tombstoneAddress(id) }))),
    role: nameOf(org.roles),
    group: nameOf(org.groups),
    module: nameOf(org.modules),
    profile: nameOf(org.profiles),
  };
  return { ...names, party: (party: Party) => partyWithKeys(names, party) };
}

async function readRecordKeys(tx: Tx, org: Org): Promise<RecordKeys> {
  const modules = new Map<string, string>(org.modules.map((module) => [module.id, module.key]));
  const keys = new Map<string, RecordReference>();
  for await (const rows of recordBatches(tx, { orgId: org.id }, EXPORT_BATCH)) {
    for (const row of rows)
      keys.set(row.id, { module: modules.get(row.moduleId) ?? row.moduleId, key: row.key });
  }
  return keys;
}
