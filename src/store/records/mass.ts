import { type Fault, InvalidInput, isFault, NotFound } from "../../kernel/fault.ts";
import type { RecordId } from "../../kernel/id.ts";
import type { Permission } from "../../policy/org.ts";
import { admitAction, admitPermission, lockedRecords } from "../admit.ts";
import type { Viewer } from "../viewer.ts";
import { type Happening, type Writing, write } from "../write.ts";
import { applyDeletions } from "./delete.ts";
import type { RecordRow } from "./row.ts";
import { applyUpdate, checkShape, decideUpdate, type RecordChange } from "./update.ts";

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
    const ids = changes.map((change) => change.recordId);
    for (const [at, change] of changes.entries()) checkShape(`input.items.${at}`, change);
    const decided = await decideEach(writing, ids, "MASS_UPDATE", (record, at) =>
      decideUpdate(writing, `input.items.${at}`, record, changes[at] ?? { recordId: record.id }),
    );
    const happened: Happening[] = [];
    for (const { admitted } of decided) {
      if (admitted !== null) happened.push(await applyUpdate(writing, admitted));
    }
    return { result: { items: itemsOf(decided) }, happened };
  });
}

/** Deletes up to 500 records, in the manner of `massUpdateRecords`. */
export function massDeleteRecords(viewer: Viewer, ids: readonly RecordId[]): Promise<MassResult> {
  return write(viewer, "massDeleteRecords", async (writing) => {
    const decided = await decideEach(writing, ids, "MASS_DELETE", async (record) => {
      await admitAction(writing.viewer, record, "DELETE");
      return record;
    });
    const admitted = decided.flatMap((each) => each.admitted ?? []);
    return {
      result: { items: itemsOf(decided) },
      happened: admitted.length === 0 ? [] : await applyDeletions(writing, admitted),
    };
  });
}

type Decided<Item> = { readonly recordId: RecordId } & (
  | { readonly admitted: Item; readonly refusal: null }
  | { readonly admitted: null; readonly refusal: Refusal }
);

async function decideEach<Item>(
  writing: Writing,
  ids: readonly RecordId[],
  permission: Permission,
  decide: (record: RecordRow, at: number) => Promise<Item>,
): Promise<readonly Decided<Item>[]> {
  requireItems(ids);
  const { viewer } = writing;
  const records = await lockedRecords(writing, ids);
  return Promise.all(
    ids.map(async (recordId, at): Promise<Decided<Item>> => {
      try {
        const record = records[at];
        if (!record) throw new NotFound(`input.items.${at}.id`);
        const module = viewer.policy.modules.get(record.moduleId);
        if (!module) throw new NotFound(`input.items.${at}.id`);
        admitPermission(viewer, module, permission);
        return { recordId, admitted: await decide(record, at), refusal: null };
      } catch (error) {
        if (!isFault(error)) throw error;
        return { recordId, admitted: null, refusal: refusalIn(error) };
      }
    }),
  );
}

function requireItems(ids: readonly RecordId[]): void {
  if (ids.length === 0 || ids.length > MAX_ITEMS)
    throw new InvalidInput("input.items", `From 1 to ${MAX_ITEMS} items, not ${ids.length}.`, {
      requirement: "AP-07",
    });
  const seen = new Set<RecordId>();
  for (const [at, id] of ids.entries()) {
    if (seen.has(id)) throw new InvalidInput(`input.items.${at}.id`, "The record is named twice.");
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
