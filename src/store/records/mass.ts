import { type Fault, InvalidInput, isFault, NotFound } from "../../kernel/fault.ts";
import type { RecordId } from "../../kernel/id.ts";
import { admitPermission } from "../core/admit.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { admitAction, lockedRecords } from "./admit.ts";
import { applyDeletions } from "./delete.ts";
import { moduleOf } from "./relations.ts";
import type { RecordRow } from "./row.ts";
import { applyUpdates, checkShape, decideUpdate, type RecordChange } from "./update.ts";

/** More items than these in one request are refused (AP-07). */
export const MAX_ITEMS = 500;

/** What became of one item, in the order of the input: done, or the fault that refused it. */
export type MassItem = { readonly recordId: RecordId; readonly refusal: Refusal | null };

/** A fault as plain values. */
export type Refusal = Pick<Fault, "message" | "code"> & {
  readonly field: string | null;
  readonly requirement: string | null;
};

export type MassResult = { readonly items: readonly MassItem[] };

/**
 * Changes up to 500 records: every item is decided first, those that are admitted are changed in one transaction with
 * an event each, and those that are not say why (AP-07).
 */
export function massUpdateRecords(viewer: Viewer, changes: readonly RecordChange[]): Promise<MassResult> {
  return write(viewer, "massUpdateRecords", async (writing) => {
    const { viewer } = writing;
    const decided = await decideEach(writing, changes, "input.items.#.id", {
      idOf: (change) => change.recordId,
      check: (change, place) => checkShape(place, change),
      decide: (change, record, place) =>
        decideUpdate(writing, place, record, change, async (module) => {
          admitPermission(viewer, module, "MASS_UPDATE");
          await admitAction(viewer, record, "UPDATE");
        }),
    });
    const admitted = decided.flatMap((each) => each.admitted ?? []);
    return { result: { items: itemsOf(decided) }, happened: await applyUpdates(writing, admitted) };
  });
}

/** Deletes up to 500 records, in the manner of `massUpdateRecords`. */
export function massDeleteRecords(viewer: Viewer, ids: readonly RecordId[]): Promise<MassResult> {
  return write(viewer, "massDeleteRecords", async (writing) => {
    const { viewer } = writing;
    const decided = await decideEach(writing, ids, "input.items.#", {
      idOf: (id) => id,
      check: () => undefined,
      decide: async (_, record) => {
        admitPermission(viewer, moduleOf(viewer, record), "MASS_DELETE");
        await admitAction(viewer, record, "DELETE");
        return record;
      },
    });
    const admitted = decided.flatMap((each) => each.admitted ?? []);
    return { result: { items: itemsOf(decided) }, happened: await applyDeletions(writing, admitted) };
  });
}

type Decided<Item> = { readonly recordId: RecordId } & (
  | { readonly admitted: Item; readonly refusal: null }
  | { readonly admitted: null; readonly refusal: Refusal }
);

type Deciding<Input, Item> = {
  readonly idOf: (input: Input) => RecordId;
  /** What is wrong with an input whatever the record. @throws a fault. */
  readonly check: (input: Input, place: string) => void;
  /** What is to be written, of a record in reach. @throws a fault. */
  readonly decide: (input: Input, record: RecordRow, place: string) => Promise<Item>;
};

/**
 * Decides every item by itself, in the order of refusals of a single one (AP-04).
 *
 * @param idPlace where an item's id stands in the input, `#` for its number.
 */
async function decideEach<Input, Item>(
  writing: Writing,
  inputs: readonly Input[],
  idPlace: string,
  { idOf, check, decide }: Deciding<Input, Item>,
): Promise<readonly Decided<Item>[]> {
  const ids = inputs.map(idOf);
  const placeOf = (at: number) => idPlace.replace("#", String(at));
  requireItems(ids, placeOf);
  const records = await lockedRecords(writing, ids);
  return Promise.all(
    inputs.map(async (input, at): Promise<Decided<Item>> => {
      const recordId = idOf(input);
      try {
        check(input, `input.items.${at}`);
        const record = records[at];
        if (!record) throw new NotFound(placeOf(at));
        return { recordId, admitted: await decide(input, record, `input.items.${at}`), refusal: null };
      } catch (error) {
        if (!isFault(error)) throw error;
        return { recordId, admitted: null, refusal: refusalIn(error) };
      }
    }),
  );
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

function itemsOf<Item>(decided: readonly Decided<Item>[]): readonly MassItem[] {
  return decided.map(({ recordId, refusal }) => ({ recordId, refusal }));
}

function refusalIn(fault: Fault): Refusal {
  return {
    code: fault.code,
    message: fault.message,
    field: "field" in fault ? fault.field : null,
    requirement: "requirement" in fault ? fault.requirement : null,
  };
}
