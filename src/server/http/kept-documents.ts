import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";
import { CACHES } from "../../kernel/caches.ts";

/** Where yoga keeps documents. Its own caches are bounded in entries alone, each of which may be a body of any size. */
export function keptDocuments() {
  return { documentCache: kept<DocumentNode>(), errorCache: kept<Error>() };
}

function kept<Value extends object>() {
  const { entries: max, characters: maxSize } = CACHES.documents;
  return new LRUCache<string, Value>({ max, maxSize, sizeCalculation: (_, text) => text.length + 1 });
}
