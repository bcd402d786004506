import { NotFound } from "../../kernel/fault.ts";
import type { RecordId } from "../../kernel/id.ts";
import {
  admittedOf,
  type EachOutcome,
  eachItem,
  type ItemOutcome,
  outcomeOf,
  placeOf,
  requireItems,
} from "../core/items.ts";
import type { Viewer } from "../core/viewer.ts";
import { asItem, type Item, type Writing, writeEach } from "../core/write.ts";
import { applyDeletions } from "./delete.ts";
import { lockedRecords } from "./locked.ts";
import { moduleOf } from "./relations.ts";
import type { RecordRow } from "./row.ts";
import { applyUpdates, checkShape, type RecordChange, readUpdate, requireExpected } from "./update.ts";

export type MassItem = ItemOutcome<RecordId>;
export type MassResult = EachOutcome<RecordId>;

/**
 * Changes up to 500 records: every item is decided first, those that are admitted are changed in one transaction with
 * an event each, and those that are not say why (AP-07).
 */
export function massUpdateRecords(viewer: Viewer, changes: readonly RecordChange[]): Promise<MassResult> {
  const ids = changes.map((change) => change.recordId);
  return writeEach(viewer, "massUpdateRecords", {
    read: (writing) =>
      readEach(writing, changes, ids, ".id", async (change, row, place) => {
        checkShape(place, change);
        return readUpdate(writing, place, found(row, `${place}.id`), change);
      }),
    change: async (writing, items) => {
      const current = await eachItem(items, async (update, place) => {
        await requireExpected(writing.viewer, place, update);
        return update;
      });
      return { result: outcomeOf(ids, current), happened: await applyUpdates(writing, admittedOf(current)) };
    },
  });
}

/** Deletes up to 500 records, in the manner of `massUpdateRecords`. */
export function massDeleteRecords(viewer: Viewer, ids: readonly RecordId[]): Promise<MassResult> {
  return writeEach(viewer, "massDeleteRecords", {
    read: (writing) =>
      readEach(writing, ids, ids, "", async (_, row, place) => {
        const record = found(row, place);
        return { record, module: moduleOf(writing.viewer, record) };
      }),
    change: async (writing, items) => {
      const records = admittedOf(items).map(({ record }) => record);
      return { result: outcomeOf(ids, items), happened: await applyDeletions(writing, records) };
    },
  });
}

/**
 * Reads every item by itself, in the order of refusals of a single one (AP-04).
 *
 * @param idEnd where an item's id stands below its place in the input.
 * @param read of the item, and of its record: null when absent or out of reach.
 */
async function readEach<Input, Read>(
  writing: Writing,
  inputs: readonly Input[],
  ids: readonly RecordId[],
  idEnd: string,
  read: (input: Input, row: RecordRow | null, place: string) => Promise<Read>,
): Promise<readonly Item<Read>[]> {
  requireItems(ids, (at) => `${placeOf(at)}${idEnd}`, "record");
  const rows = await lockedRecords(writing, ids);
  return Promise.all(inputs.map((input, at) => asItem(() => read(input, rows[at] ?? null, placeOf(at)))));
}

function found(record: RecordRow | null, place: string): RecordRow {
  if (record === null) throw new NotFound(place);
  return record;
}
