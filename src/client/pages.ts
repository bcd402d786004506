import type { Client } from "./client.ts";
import {
  type RecordLineFragment,
  RecordsDocument,
  type RecordsQuery,
  type RecordsQueryVariables,
} from "./generated/graphql.ts";

/**
 * The records of a module that the viewer may read, page by page: each is asked for when it is wanted, up to `first`
 * records long.
 *
 * @throws {RequestFailed} from the page that fails.
 */
export async function* recordPages(
  client: Client,
  list: Omit<RecordsQueryVariables, "after">,
): AsyncGenerator<readonly RecordLineFragment[]> {
  let after: string | null = null;
  do {
    const { records }: RecordsQuery = await client.request(RecordsDocument, { ...list, after });
    if (records === null) return;
    yield records.edges.flatMap(({ node }) => (node === null ? [] : [node]));
    after = records.pageInfo.hasNextPage ? records.pageInfo.endCursor : null;
  } while (after !== null);
}
