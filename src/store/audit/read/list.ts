import { few, oneOf } from "../../../database/parts.ts";
import type { Viewer } from "../../core/viewer.ts";
import { type Page, type PageArgs, pageSize } from "../../directory/page.ts";
import type { LogPlace, LogQuery, LogTest } from "../../reach/log/query.ts";
import { logCount, logPage } from "../../reach/log/statements.ts";
import { readsAll } from "../scope/readers.ts";
import { type AuditRow, rowOf } from "../scope/row.ts";
import { cursorOf, placeOf } from "./cursor.ts";
import { type EventFilter, readFilter } from "./filter.ts";

export type EventListArgs = PageArgs & { readonly filter?: EventFilter | null | undefined };

/** A page of the log; its total is for those who read all of it. */
export type EventPage = Page<AuditRow> & { readonly totalIsLowerBound: () => Promise<boolean> };

/** More are not counted. */
const MOST_COUNTED = 10_000;

/**
 * The events that the viewer reads, newest first: all for holders of `VIEW_AUDIT_LOG`, for others their own and those of
 * who stands below them now (SA-22). What each tells is cut where it is shown.
 *
 * @throws {InvalidInput} naming the argument.
 */
export async function listEvents(viewer: Viewer, { filter, ...args }: EventListArgs): Promise<EventPage> {
  const test = await readFilter(viewer, filter ?? {});
  const size = pageSize(args);
  const query: LogQuery = {
    orgId: viewer.orgId,
    test: test ?? NOTHING,
    after: args.after == null ? null : await placeOf(viewer, "after", args.after),
    before: args.before == null ? null : await placeOf(viewer, "before", args.before),
    ...size,
  };
  // One more than asked for tells whether there is another page.
  const found = await ask(viewer, { ...query, limit: query.limit + 1 });
  const hasMore = found.length > query.limit;
  const numbers = query.isFromEnd ? found.slice(-query.limit) : found.slice(0, query.limit);
  const rows = await readRows(viewer, numbers);
  const [first, last] = [rows[0] ?? query.after, rows.at(-1) ?? query.before];
  const total = counting(viewer, query, rows.length);
  return {
    edges: rows.map((node) => ({ cursor: cursorOf(node), node })),
    hasNextPage: async () =>
      query.isFromEnd ? query.before !== null && hasEvent(viewer, query, last, "after") : hasMore,
    hasPreviousPage: async () =>
      query.isFromEnd ? hasMore : query.after !== null && hasEvent(viewer, query, first, "before"),
    totalCount: async () => (await total()).count,
    totalIsLowerBound: async () => (await total()).isLowerBound,
  };
}

/** The event, if the viewer reads it; null when absent or out of reach, by the same statement (AP-03). */
export async function findEvent(viewer: Viewer, id: string): Promise<AuditRow | null> {
  const { orgId, store } = viewer;
  const row = await store.database.reader.auditEvent.findUnique({ where: { orgId_id: { orgId, id } } });
  const test = await readFilter(viewer, {});
  if (row === null || test === null) return null;
  return test.actors === null || test.actors.some((actor) => actor === row.actorId) ? rowOf(row) : null;
}

const NOTHING: LogTest = {
  actors: [],
  actions: null,
  target: null,
  isSupport: null,
  from: null,
  to: null,
};

function ask({ store }: Viewer, query: LogQuery): Promise<readonly number[]> {
  return logPage(store.database.kind, store.database.reader, query);
}

async function readRows({ orgId, store }: Viewer, numbers: readonly number[]): Promise<readonly AuditRow[]> {
  const rows = await store.database.reader.auditEvent.findMany({
    where: { orgId, sequence: oneOf(few(numbers)) },
  });
  const byNumber = new Map(rows.map((row) => [row.sequence, rowOf(row)]));
  return numbers.flatMap((number) => byNumber.get(number) ?? []);
}

/** Whether the list has an event on the far side of the place; no place is the list's own end. */
async function hasEvent(
  viewer: Viewer,
  query: LogQuery,
  row: AuditRow | LogPlace | null | undefined,
  side: "after" | "before",
): Promise<boolean> {
  if (row == null) return false;
  const place = { at: Number(row.at), sequence: row.sequence };
  const rows = await ask(viewer, {
    ...query,
    after: side === "after" ? place : null,
    before: side === "before" ? place : null,
    limit: 1,
    isFromEnd: side === "before",
  });
  return rows.length > 0;
}

/** How many there are: of others than those who read all, no more than what they have before them. */
function counting(viewer: Viewer, { orgId, test }: LogQuery, shown: number) {
  let asked: Promise<{ readonly count: number; readonly isLowerBound: boolean }> | null = null;
  const count = async () => {
    if (!readsAll(viewer)) return { count: shown, isLowerBound: true };
    if (test === NOTHING) return { count: 0, isLowerBound: false };
    const { database } = viewer.store;
    const found = await logCount(database.kind, database.reader, { orgId, test }, MOST_COUNTED + 1);
    return { count: Math.min(found, MOST_COUNTED), isLowerBound: found > MOST_COUNTED };
  };
  return () => (asked ??= count());
}
