import { pageOf } from "../../store/directory/list.ts";
import type { Page, PageArgs } from "../../store/directory/page.ts";

/**
 * A page of the store as a connection. What costs a statement runs when its field is asked for, once however many
 * aliases ask (AP-09).
 */
export function connectionOf<Row>(page: Page<Row>) {
  const hasNextPage = once(page.hasNextPage);
  const hasPreviousPage = once(page.hasPreviousPage);
  return {
    edges: [...page.edges],
    totalCount: once(page.totalCount),
    pageInfo: {
      // The plugin's type has no promise here, though execution awaits one like anywhere else.
      get hasNextPage() {
        return hasNextPage() as Promise<boolean> & boolean;
      },
      get hasPreviousPage() {
        return hasPreviousPage() as Promise<boolean> & boolean;
      },
      startCursor: page.edges[0]?.cursor ?? null,
      endCursor: page.edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A page of named rows that are in memory, ascending by name. */
export function connectionByName<Row extends { readonly name: string; readonly id: string }>(
  rows: readonly Row[],
  args: PageArgs,
) {
  return connectionOf(pageOf(rows, args, ({ name, id }) => [name, id]));
}

function once<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let asked: Promise<Value> | null = null;
  return () => (asked ??= ask());
}
