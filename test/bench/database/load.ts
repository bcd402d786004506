import { SingleBar } from "cli-progress";
import { type DatabaseKind, kindOf } from "../../../src/database/database.ts";
import { openStore } from "../../../src/database/open.ts";
import { applyOrganization } from "../../../src/file/apply.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import type { DataSet } from "../data-set/data-set.ts";
import { fileOf } from "../data-set/file.ts";
import { FIRST_AT } from "../data-set/place.ts";
import { MODULES } from "../data-set/values.ts";
import { type Bulk, openBulk } from "./bulk.ts";
import { type Known, knownIn } from "./known.ts";
import {
  GRANT,
  grantRowsOfCriteria,
  grantRowsOfShares,
  RECORD,
  recordRows,
  SHARE,
  shareRows,
} from "./rows.ts";

/**
 * Loads the data set into a migrated, empty database.
 *
 * The organisation goes in as any organisation file does. Records, shares and what is derived from them go in by bulk:
 * what `store/` would have derived is written as it would be, and the comparison with the reference shows it.
 */
export async function load(url: string, dataSet: DataSet): Promise<void> {
  const kind = kindOf(url);
  const database = await openStore(url, { isDurable: false, auditKeys: AUDIT_KEYS });
  const known: Known = await applyOrganization(database, fileOf(dataSet), { now: FIRST_AT })
    .then(() => knownIn(database.reader, dataSet))
    .finally(() => database.close());

  const bulk = await openBulk(kind, url);
  try {
    await fill(bulk, kind, dataSet, known);
    await bulk.finish();
  } finally {
    await bulk.close();
  }
}

async function fill(bulk: Bulk, kind: DatabaseKind, dataSet: DataSet, known: Known): Promise<void> {
  const counts = MODULES.map(() => new Int32Array(dataSet.size.users));
  const total = MODULES.reduce((sum, module) => sum + dataSet.places.count(module), 0);
  await bulk.withoutIndexes(["Record", "RecordShare", "RecordGrant"], async () => {
    await withBar(`${kind}: records`, total, async (step) => {
      const rows = recordRows(dataSet, known, (module, owner) => {
        step();
        const ofModule = counts[module];
        if (ofModule) ofModule[owner] = (ofModule[owner] ?? 0) + 1;
      });
      await bulk.fill("Record", RECORD, rows);
    });
    await bulk.fill("RecordShare", SHARE, shareRows(dataSet, known));
    await bulk.fill("RecordGrant", GRANT, grantRowsOfShares(dataSet, known));
    await withBar(`${kind}: matches of criteria`, dataSet.size.records, (step) =>
      bulk.fill("RecordGrant", GRANT, grantRowsOfCriteria(dataSet, known, step)),
    );
  });
  const owned = counts.flatMap((ofModule, module) =>
    [...ofModule.entries()]
      .filter(([, n]) => n > 0)
      .map(([owner, n]) => [known.orgId, known.moduleIds[module] ?? null, owner, n]),
  );
  await bulk.fill("OwnerCount", ["orgId", "moduleId", "ownerSeq", "n"], owned);
}

/** Shows how far a step has come on standard error, where somebody looks. */
async function withBar(
  name: string,
  total: number,
  work: (step: () => void) => Promise<void>,
): Promise<void> {
  if (!process.stderr.isTTY) return work(() => undefined);
  const bar = new SingleBar({
    format: `${name} {bar} {percentage} % | {value} of {total} | {eta} s left`,
    stream: process.stderr,
  });
  bar.start(total, 0);
  let done = 0;
  try {
    await work(() => {
      done += 1;
      if (done % 5_000 === 0) bar.update(done);
    });
    bar.update(total);
  } finally {
    bar.stop();
  }
}
