import { InvalidInput } from "../../kernel/fault.ts";
import { NO_REQUEST, type RequestFacts } from "../core/request.ts";
import type { Viewer } from "../core/viewer.ts";
import { PRICE, priceOfFilter, priceOfOrder } from "../reach/condition/price.ts";
import type { PageQuery } from "../reach/query.ts";

export { PRICE };

/**
 * What the filters and orders of all lists of an operation may cost together, in comparisons of a text. At 100,000
 * records that is seconds, in which SQLite answers nobody else: a statement that runs is stopped by no time limit.
 */
export const MAX_COMPARISONS = 600;

/** By operation; each of its mutation fields counts for itself. */
const spent = new WeakMap<RequestFacts, number>();

/** So many characters of values an operation shows at most: the answer is one text, and is made in one go. */
export const MAX_SHOWN = 10_000_000;

const shown = new WeakMap<RequestFacts, number>();

/**
 * Charges what an operation shows of the values of a record. It counts what the viewer sees: values that are hidden tell
 * nothing by their length.
 *
 * @throws {InvalidInput} when the operation shows too much.
 */
export function chargeShown({ request }: Viewer, characters: number): void {
  const actual = (shown.get(request) ?? 0) + characters;
  if (request !== NO_REQUEST) shown.set(request, actual);
  if (actual <= MAX_SHOWN) return;
  throw new InvalidInput(
    "values",
    `The values that the operation asks for have more than ${MAX_SHOWN} characters. Ask for fewer records at once.`,
    {
      code: "LIMIT_EXCEEDED",
      requirement: "AP-10",
      details: { limit: { name: "characters", max: MAX_SHOWN, actual } },
    },
  );
}

/** What a list is asked for. */
export type Asked = Pick<PageQuery, "filter" | "order" | "after" | "before">;

/** What a list costs: its page and its count, and for each cursor the look to the other side of it. */
export function priceOfList({ filter, order, after, before }: Asked): number {
  const cursors = (after === null ? 0 : 1) + (before === null ? 0 : 1);
  const ofFilter = priceOfFilter(filter);
  return ofFilter * (2 + cursors) + priceOfOrder(order, cursors) + cursors * priceOfOrder(order, 1);
}

/**
 * Charges a list before any statement of it is sent, for all that may follow: were its count charged when it is asked for,
 * it would be for chance to say which of several lists is refused, and a row out of reach could tell by it.
 *
 * @throws {InvalidInput} when the operation asks for too much: nothing of the list has run then.
 */
export function charge({ request }: Viewer, asked: Asked): void {
  const actual = (spent.get(request) ?? 0) + priceOfList(asked);
  if (actual > MAX_COMPARISONS)
    throw new InvalidInput(
      asked.filter === null ? "orderBy" : "filter",
      `The filters and orders of the operation cost ${actual} comparisons; at most ${MAX_COMPARISONS} are allowed. The description of RecordFilter has the prices.`,
      {
        code: "LIMIT_EXCEEDED",
        requirement: "AP-10",
        details: { limit: { name: "comparisons", max: MAX_COMPARISONS, actual } },
      },
    );
  // Outside of a request every list is by itself.
  if (request !== NO_REQUEST) spent.set(request, actual);
}
