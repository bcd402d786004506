import { InvalidInput } from "../../kernel/fault.ts";

/** The arguments of every connection (AP-01). */
export type PageArgs = {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
};

export const DEFAULT_PAGE = 25;
export const MAX_PAGE = 100;

/** How many rows, and from which end. */
export type PageSize = { readonly limit: number; readonly isFromEnd: boolean };

/**
 * Reads `first` and `last`: one of them at most, 1 to 100, 25 from the beginning when neither is given.
 *
 * @throws {InvalidInput} naming the argument.
 */
export function pageSize({ first, last }: PageArgs): PageSize {
  if (first != null && last != null) {
    throw new InvalidInput("last", "Give first or last, not both.", { requirement: "AP-01" });
  }
  const [name, limit] = last == null ? ["first", first ?? DEFAULT_PAGE] : ["last", last];
  if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > MAX_PAGE) {
    throw new InvalidInput(String(name), `${name} must be from 1 to ${MAX_PAGE}, not ${limit}.`, {
      requirement: "AP-01",
    });
  }
  return { limit: Number(limit), isFromEnd: last != null };
}

/**
 * A page of a list: full, or the last one in its direction (EN-10). What costs a statement of its own is asked for
 * when it is wanted.
 */
export type Page<Row> = {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly hasNextPage: () => Promise<boolean>;
  readonly hasPreviousPage: () => Promise<boolean>;
  /** Exact, under the same reach. */
  readonly totalCount: () => Promise<number>;
};
