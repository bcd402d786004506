import type { DatabaseKind, Tx } from "../../database/database.ts";
import type { OrgId } from "../../kernel/id.ts";
import type { FieldValue, FieldValues } from "../../policy/model/values.ts";
import { holdTargets } from "../reach/rows/targets.ts";

/** A record as far as criteria ask. */
type Valued = { readonly values: FieldValues };

/**
 * Gives the records with their values as criteria read them: a lookup whose target was deleted has none (SH-53), like
 * in an answer, a filter and a file. Targets that are there stay until the transaction ends.
 *
 * @param lookupsOf the keys of the LOOKUP fields that criteria read of a record; without any, nothing is asked.
 */
export async function asCriteriaRead<Row extends Valued>(
  kind: DatabaseKind,
  tx: Tx,
  orgId: OrgId,
  records: readonly Row[],
  lookupsOf: (record: Row) => ReadonlySet<string>,
): Promise<readonly Row[]> {
  const targetOf = (record: Row, [key, value]: readonly [string, FieldValue | null]) =>
    typeof value === "string" && lookupsOf(record).has(key) ? [value] : [];
  const targets = new Set(
    records.flatMap((record) => Object.entries(record.values).flatMap((entry) => targetOf(record, entry))),
  );
  if (targets.size === 0) return records;
  const living = await holdTargets(kind, tx, orgId, [...targets]);
  return records.map((record) => {
    const kept = Object.entries(record.values).filter((entry) =>
      targetOf(record, entry).every((target) => living.has(target)),
    );
    return { ...record, values: Object.fromEntries(kept) };
  });
}
