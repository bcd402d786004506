import { inParts, oneOf } from "../../database/parts.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type ModuleId, type RecordId } from "../../kernel/id.ts";
import { fieldsOf } from "../../policy/criteria/criteria.ts";
import type { SharingRule } from "../../policy/model/org.ts";
import type { FieldValue, FieldValues } from "../../policy/model/values.ts";
import type { MayVanish } from "../core/admit.ts";
import type { Writing } from "../core/write.ts";
import { deriveGrants, matchingRules } from "../grants/derive.ts";
import { valuesUnder } from "../reach/rows/field-values.ts";
import { rewriteRecords } from "../reach/rows/rewrite.ts";
import type { StoredRecord } from "../records/batches.ts";
import { nextUpdatedAt } from "../records/update.ts";

/** Records at once: as many as can have their grants derived together. */
const BATCH = 250;

/** What is left of a value; null when nothing is. The very same value when all of it is. */
export type Keep = ((value: FieldValue) => FieldValue | null) & { readonly [asked]: true };
declare const asked: unique symbol;

/** Every value stays. */
export const EVERYTHING = ((value: FieldValue) => value) as unknown as Keep;

/** Of a field that was not there before, nobody loses a value. */
export const NOTHING_BEFORE = (() => null) as unknown as Keep;

/** What is left where values may vanish, by whoever was admitted to that. */
export function leaving(_: MayVanish, keep: (value: FieldValue) => FieldValue | null): Keep {
  return keep as unknown as Keep;
}

/** What becomes of the values of one field. */
export type Rewriting = {
  readonly moduleId: ModuleId;
  /** The key of the field. */
  readonly key: string;
  readonly keep: Keep;
  /** What records get that have no value, or none left; null is nothing. */
  readonly fillWith: FieldValue | null;
};

/** More records than these are not rewritten in one transaction: whoever writes meanwhile waits for it (EN-32). */
export const MOST_REWRITTEN = 5_000;

/** What is to be rewritten, once it is known to be no more than may be. */
export type Affected = { readonly rewriting: Rewriting; readonly ids: readonly RecordId[] };

/**
 * Finds the records of the module whose value is to become another one.
 *
 * @param advice what is to be done instead where they are too many.
 * @throws {InvalidInput} `LIMIT_EXCEEDED` beyond `MOST_REWRITTEN` of them.
 */
export async function affectedBy(
  { tx, viewer }: Writing,
  rewriting: Rewriting,
  place: string,
  advice: string,
): Promise<Affected> {
  const { orgId, store, request } = viewer;
  const { moduleId, key } = rewriting;
  const ids: RecordId[] = [];
  const kind = store.database.kind;
  for await (const values of valuesUnder(kind, tx, { orgId, moduleId, key }, request.signal)) {
    for (const [id, value] of values) if (after(value, rewriting) !== value) ids.push(id);
    if (ids.length > MOST_REWRITTEN)
      throw new InvalidInput(
        place,
        `More than ${MOST_REWRITTEN} records would have to change at once. ${advice}`,
        { code: "LIMIT_EXCEEDED", requirement: "EN-32" },
      );
  }
  return { rewriting, ids };
}

/**
 * Rewrites the values of one field, batch by batch in the order of ids, with the matches that follow from it. Nobody else
 * writes records meanwhile: a change of policy is alone (EN-05).
 *
 * @param rules the rules of the module that outlive the change, with criteria that read under the fields after it.
 */
export async function rewriteValues(
  { tx, viewer }: Writing,
  { rewriting, ids }: Affected,
  rules: readonly SharingRule[],
): Promise<void> {
  const { orgId, now, policy, store, request } = viewer;
  const matching = matchingRules(rules, policy.modules, now);
  const isMatched = [...matching.values()]
    .flatMap(({ rules }) => rules)
    .some((rule) => readsField(rule, rewriting.key));
  for (const part of inParts(ids, BATCH)) {
    request.signal?.throwIfAborted();
    const rows = await tx.record.findMany({ where: { orgId, id: oneOf(part) }, orderBy: { id: "asc" } });
    const changed = await rewriteBatch({ tx, viewer }, rows, rewriting);
    if (isMatched && changed.length > 0)
      await deriveGrants(store.database.kind, tx, orgId, changed, matching);
  }
}

async function rewriteBatch(
  { tx, viewer: { store, orgId, now } }: Writing,
  rows: readonly StoredRecord[],
  rewriting: Rewriting,
): Promise<readonly RecordId[]> {
  const changed = rows.flatMap((row) => {
    const values = rewritten(row.values as FieldValues, rewriting);
    if (values === null) return [];
    const updatedAt = nextUpdatedAt({ updatedAt: row.updatedAt.getTime() }, now);
    return [{ id: asId<"Record">(row.id), values, updatedAt }];
  });
  await rewriteRecords(store.database.kind, tx, orgId, changed);
  return changed.map(({ id }) => id);
}

/** The values afterwards; null when they stay as they are. */
function rewritten(values: FieldValues, rewriting: Rewriting): FieldValues | null {
  const { key } = rewriting;
  const before = Object.hasOwn(values, key) ? (values[key] ?? null) : null;
  const is = after(before, rewriting);
  if (is === before) return null;
  const others = Object.entries(values).filter(([each]) => each !== key);
  return Object.fromEntries(is === null ? others : [...others, [key, is]]);
}

/** What becomes of a value; the very same when it stays. */
function after(before: FieldValue | null, { keep, fillWith }: Rewriting): FieldValue | null {
  return (before === null ? null : keep(before)) ?? fillWith;
}

function readsField({ criteria }: SharingRule, key: string): boolean {
  return criteria !== null && criteria !== "UNREADABLE" && fieldsOf(criteria).has(key);
}
