import DataLoader from "dataloader";
import type { Turns } from "../../kernel/turns.ts";
import { turnsOf } from "./turns.ts";
import type { Viewer } from "./viewer.ts";

/** SQLite refuses about a thousand binds in one statement. */
const MAX_BATCH = 500;

/** The loader of one viewer: what is absent, or not for that viewer, is null. */
export type Loader<Id, Row> = DataLoader<Id, Row | null>;

/**
 * Defines a loader: what one viewer asks for in one turn is read in one statement (AP-09).
 *
 * Every viewer has one of its own, made when first asked for and gone with the viewer: nothing that was read for
 * somebody else, or under an older policy, is ever given out.
 *
 * @param read gives the rows there are, by id.
 */
export function loaderOf<Id, Row>(
  read: (viewer: Viewer, ids: readonly Id[]) => Promise<ReadonlyMap<Id, Row>>,
): (viewer: Viewer) => Loader<Id, Row> {
  const opened = new WeakMap<Viewer, Loader<Id, Row>>();
  return (viewer) => {
    const known = opened.get(viewer);
    if (known) return known;
    const loader: Loader<Id, Row> = new DataLoader(
      async (ids) => {
        const rows = await read(viewer, ids);
        return ids.map((id) => rows.get(id) ?? null);
      },
      { maxBatchSize: MAX_BATCH, batchScheduleFn: (send) => sendOnce(turnsOf(viewer), send) },
    );
    opened.set(viewer, loader);
    return loader;
  };
}

/**
 * Sends a batch when all that can be asked for now has been: after the promises that are resolved already, as loaders do,
 * and after the parts of the operation that only wait for their turn. How many statements there are never depends on how
 * busy the process is.
 */
function sendOnce(turns: Turns, send: () => void): void {
  Promise.resolve().then(() =>
    process.nextTick(() => {
      if (turns.isAwaited) turns.settled().then(() => sendOnce(turns, send), send);
      else send();
    }),
  );
}
