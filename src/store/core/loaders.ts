import DataLoader from "dataloader";
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
      { maxBatchSize: MAX_BATCH },
    );
    opened.set(viewer, loader);
    return loader;
  };
}
