import { type Fault, InvalidInput, NotFound } from "../../kernel/fault.ts";
import type { RecordId } from "../../kernel/id.ts";
import type { Viewer } from "../core/viewer.ts";
import { asItem, type Item, type Writing, writeEach } from "../core/write.ts";
import { applyDeletions } from "./delete.ts";
import { lockedRecords } from "./locked.ts";
import { moduleOf } from "./relations.ts";
import type { RecordRow } from "./row.ts";
import { applyUpdates, checkShape, type RecordChange, readUpdate, requireExpected } from "./update.ts";

/** More items than these in one request are refused (AP-07). */
export const MAX_ITEMS = 500;

/** What became of one item, in the order of the input: done, or the fault that refused it. */
export type MassItem = { readonly recordId: RecordId; readonly refusal: MassRefusal | null };

/** A fault as plain values. */
export type MassRefusal = Pick<Fault, "message" | "code"> & {
  readonly field: string | null;
  readonly requirement: string | null;
};

export type MassResult = { readonly items: readonly MassItem[] };

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
  requireItems(ids, (at) => `${placeOf(at)}${idEnd}`);
  const rows = await lockedRecords(writing, ids);
  return Promise.all(inputs.map((input, at) => asItem(() => read(input, rows[at] ?? null, placeOf(at)))));
}

/** Goes on with the items that have not been refused yet. */
function eachItem<Read>(
  items: readonly Item<Read>[],
  go: (read: Read, place: string) => Promise<Read>,
): Promise<readonly Item<Read>[]> {
  return Promise.all(
    items.map((item, at) => ("fault" in item ? item : asItem(() => go(item.read, placeOf(at))))),
  );
}

function placeOf(at: number): string {
  return `input.items.${at}`;
}

function found(record: RecordRow | null, place: string): RecordRow {
  if (record === null) throw new NotFound(place);
  return record;
}

function requireItems(ids: readonly RecordId[], placeOf: (at: number) => string): void {
  if (ids.length === 0 || ids.length > MAX_ITEMS)
    throw new InvalidInput("input.items", `From 1 to ${MAX_ITEMS} items, not ${ids.length}.`, {
      requirement: "AP-07",
    });
  const seen = new Set<RecordId>();
  for (const [at, id] of ids.entries()) {
    if (seen.has(id)) throw new InvalidInput(placeOf(at), "The record is named twice.");
    seen.add(id);
  }
}

function admittedOf<Read>(items: readonly Item<Read>[]): readonly Read[] {
  return items.flatMap((item) => ("fault" in item ? [] : [item.read]));
}

function outcomeOf(ids: readonly RecordId[], items: readonly Item<unknown>[]): MassResult {
  return {
    items: items.map((item, at) => ({
      recordId: ids[at] as RecordId,
      refusal: "fault" in item ? refusalIn(item.fault) : null,
    })),
  };
}

function refusalIn(fault: Fault): MassRefusal {
  return {
    code: fault.code,
    message: fault.message,
    field: "field" in fault ? fault.field : null,
    requirement: "requirement" in fault ? fault.requirement : null,
  };
}
