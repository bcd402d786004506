import { InvalidInput } from "../../kernel/fault.ts";
import { compareText } from "../../kernel/text.ts";
import { type Page, type PageArgs, pageSize } from "./page.ts";

/** What a row of a list in memory is placed by: its text, then its id, which settles ties. */
export type Place = readonly [text: string, id: string];

/**
 * A page of a list that is in memory already, such as people or roles of the compiled policy: no statement at all.
 *
 * @param rows ascending by their places.
 * @throws {InvalidInput} naming the argument.
 */
export function pageOf<Row>(rows: readonly Row[], args: PageArgs, placeOf: (row: Row) => Place): Page<Row> {
  const { limit, isFromEnd } = pageSize(args);
  const after = args.after == null ? null : readPlace("after", args.after);
  const before = args.before == null ? null : readPlace("before", args.before);
  const start = after === null ? 0 : firstAt(rows, (row) => comparePlaces(placeOf(row), after) > 0);
  const end =
    before === null ? rows.length : firstAt(rows, (row) => comparePlaces(placeOf(row), before) >= 0);
  const from = isFromEnd ? Math.max(start, end - limit) : start;
  const to = isFromEnd ? end : Math.min(end, start + limit);
  return {
    edges: rows.slice(from, to).map((node) => ({ cursor: toText(placeOf(node)), node })),
    hasNextPage: async () => to < rows.length && to >= from,
    hasPreviousPage: async () => from > 0,
    totalCount: async () => rows.length,
  };
}

/** Where the rows begin that are there, all of which stand behind those that are not. */
function firstAt<Row>(rows: readonly Row[], isThere: (row: Row) => boolean): number {
  let [from, to] = [0, rows.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const row = rows[middle];
    if (row !== undefined && isThere(row)) to = middle;
    else from = middle + 1;
  }
  return from;
}

/** Negative, zero or positive, for sorting by places. */
function comparePlaces(a: Place, b: Place): number {
  return compareText(a[0], b[0]) || compareText(a[1], b[1]);
}

function toText(place: Place): string {
  return Buffer.from(JSON.stringify(place), "utf8").toString("base64url");
}

function readPlace(argument: "after" | "before", cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === "string")) {
      return [String(place[0]), String(place[1])];
    }
  } catch {
    // Said below, in one sentence for every way of being broken.
  }
  throw new InvalidInput(argument, `${argument} is not a cursor of this list.`);
}
