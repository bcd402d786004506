import type { Module } from "../../policy/model/org.ts";
import { reachedBy, type Viewer } from "../core/viewer.ts";
import { type Page, type PageArgs, pageSize } from "../directory/page.ts";
import type { OrderTerm, PageQuery, Position } from "../reach/query.ts";
import { charge } from "./budget.ts";
import { fromCursor, toCursor } from "./cursor.ts";
import { type RecordFilter, type RecordOrder, readFilter, readOrder } from "./filter.ts";
import { type RecordRow, readRecordRows } from "./row.ts";

export type RecordListArgs = PageArgs & {
  readonly filter?: RecordFilter | null | undefined;
  readonly orderBy?: readonly RecordOrder[] | null | undefined;
};

/**
 * The records of a module that the viewer may read, filtered and ordered, newest first by default.
 *
 * The reach is part of the statement, so pages, counts and cursors speak of reached records only (SH-52). One
 * statement for the page and one for its rows; a count and a look back are one more each, when asked for.
 *
 * @throws {InvalidInput} naming the argument; `LIMIT_EXCEEDED` when the operation's filters and orders cost too much.
 */
export async function listRecords(
  viewer: Viewer,
  module: Module,
  args: RecordListArgs,
): Promise<Page<RecordRow>> {
  const order = readOrder(viewer, module, args.orderBy ?? []);
  const query = readQuery(viewer, module, order, args);
  const { queries } = viewer.store;
  charge(viewer, query);

  // One row more than asked for tells whether there is another page.
  const found = await queries.page({ ...query, limit: query.limit + 1 });
  const hasMore = found.length > query.limit;
  const places = query.isFromEnd ? found.slice(-query.limit) : found.slice(0, query.limit);
  const rows = await readRecordRows(
    viewer,
    places.map((place) => place.id),
  );
  const edges = places.flatMap((place) => {
    const node = rows.get(place.id);
    return node ? [{ cursor: toCursor(order, place), node }] : [];
  });

  const [first, last] = [places[0] ?? query.after, places.at(-1) ?? query.before];
  return {
    edges,
    // A page that was not told where to begin or end reaches the list's own end: nothing to ask.
    hasNextPage: async () =>
      query.isFromEnd ? query.before !== null && hasRow(viewer, query, last, "after") : hasMore,
    hasPreviousPage: async () =>
      query.isFromEnd ? hasMore : query.after !== null && hasRow(viewer, query, first, "before"),
    totalCount: () => queries.count(query.reached, query.filter),
  };
}

function readQuery(
  viewer: Viewer,
  module: Module,
  order: readonly OrderTerm[],
  args: RecordListArgs,
): PageQuery {
  return {
    reached: reachedBy(viewer, module, "READ"),
    filter: args.filter == null ? null : readFilter(viewer, module, args.filter),
    order,
    after: args.after == null ? null : fromCursor("after", order, args.after),
    before: args.before == null ? null : fromCursor("before", order, args.before),
    ...pageSize(args),
  };
}

/** Whether the list has a row on the far side of the place; no place is the list's own end. */
async function hasRow(
  viewer: Viewer,
  query: PageQuery,
  place: Position | null | undefined,
  side: "after" | "before",
) {
  if (place == null) return false;
  const rows = await viewer.store.queries.page({
    ...query,
    after: side === "after" ? place : null,
    before: side === "before" ? place : null,
    limit: 1,
    isFromEnd: side === "before",
  });
  return rows.length > 0;
}
