import { InvalidInput } from "../../kernel/fault.ts";
import { NO_REQUEST, type RequestFacts } from "../core/request.ts";
import type { Viewer } from "../core/viewer.ts";
import { PRICE, priceOfFilter, priceOfOrder } from "../reach/condition/price.ts";
import type { OrderTerm, RowTest } from "../reach/query.ts";

export { PRICE };

/**
 * What the filters and orders of all lists of an operation may cost together, in comparisons of a text. At 100,000
 * records that is some seconds, in which SQLite answers nobody else: a statement that runs is stopped by no time limit.
 */
export const MAX_COMPARISONS = 300;

/** By operation; each of its mutation fields counts for itself. */
const spent = new WeakMap<RequestFacts, number>();

/** A statement of a list. */
export type Asked = {
  readonly filter: RowTest | null;
  readonly order: readonly OrderTerm[];
  /** How many places the rows must lie behind or before. */
  readonly cursors: number;
};

/**
 * Charges a statement of a list before it is sent.
 *
 * @throws {InvalidInput} when the operation has asked for too much: nothing of the statement has run then.
 */
export function charge({ request }: Viewer, { filter, order, cursors }: Asked): void {
  const ofFilter = priceOfFilter(filter);
  const actual = (spent.get(request) ?? 0) + ofFilter + priceOfOrder(order, cursors);
  if (actual > MAX_COMPARISONS)
    throw new InvalidInput(
      ofFilter > 0 ? "filter" : "orderBy",
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
