import { type Fault, InvalidInput } from "../../kernel/fault.ts";
import { turnsOf } from "./turns.ts";
import type { Viewer } from "./viewer.ts";
import { asItem, type Item } from "./write.ts";

/** More items than these in one request are refused (AP-07). */
export const MAX_ITEMS = 500;

/** A fault as plain values. */
export type ItemRefusal = Pick<Fault, "message" | "code"> & {
  readonly field: string | null;
  readonly requirement: string | null;
};

/** What became of one item, by what the input names: done, or the fault that refused it. */
export type ItemOutcome<Id extends string> = { readonly id: Id; readonly refusal: ItemRefusal | null };

/** In the order of the input. */
export type EachOutcome<Id extends string> = { readonly items: readonly ItemOutcome<Id>[] };

/** Where an item stands in the input. */
export function placeOf(at: number): string {
  return `input.items.${at}`;
}

/**
 * Requires from one to 500 items, each about something else.
 *
 * @param placeOfId where the id of an item stands.
 * @param noun what an id names, as the refusal says it.
 * @throws {InvalidInput} naming the place.
 */
export function requireItems(ids: readonly string[], placeOfId: (at: number) => string, noun: string): void {
  if (ids.length === 0 || ids.length > MAX_ITEMS)
    throw new InvalidInput("input.items", `From 1 to ${MAX_ITEMS} items, not ${ids.length}.`, {
      requirement: "AP-07",
    });
  const seen = new Set<string>();
  for (const [at, id] of ids.entries()) {
    if (seen.has(id)) throw new InvalidInput(placeOfId(at), `The ${noun} is named twice.`);
    seen.add(id);
  }
}

/** Goes on with the items that have not been refused yet, all at once: what they read together is read together. */
export function eachItem<Read, Next>(
  items: readonly Item<Read>[],
  go: (read: Read, place: string) => Next | Promise<Next>,
): Promise<readonly Item<Next>[]> {
  return Promise.all(
    items.map((item, at) => ("fault" in item ? item : asItem(async () => go(item.read, placeOf(at))))),
  );
}

/**
 * Goes on with the items that have not been refused yet, one after another, where each is decided in memory after those
 * before it: between two of them others have a turn (EN-32).
 */
export async function eachInTurn<Read, Next>(
  viewer: Viewer,
  items: readonly Item<Read>[],
  go: (read: Read, place: string) => Next,
): Promise<readonly Item<Next>[]> {
  const turns = turnsOf(viewer);
  const gone: Item<Next>[] = [];
  for (const [at, item] of items.entries()) {
    await turns.taken();
    gone.push("fault" in item ? item : await asItem(async () => go(item.read, placeOf(at))));
  }
  return gone;
}

/** Those that were not refused. */
export function admittedOf<Read>(items: readonly Item<Read>[]): readonly Read[] {
  return items.flatMap((item) => ("fault" in item ? [] : [item.read]));
}

/** What became of each, in the order of the ids. */
export function outcomeOf<Id extends string>(
  ids: readonly Id[],
  items: readonly Item<unknown>[],
): EachOutcome<Id> {
  return {
    items: ids.map((id, at) => {
      const item = items[at];
      return { id, refusal: item !== undefined && "fault" in item ? refusalIn(item.fault) : null };
    }),
  };
}

function refusalIn(fault: Fault): ItemRefusal {
  return {
    code: fault.code,
    message: fault.message,
    field: "field" in fault ? fault.field : null,
    requirement: "requirement" in fault ? fault.requirement : null,
  };
}
