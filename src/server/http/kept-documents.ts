import type { DocumentNode, Token } from "graphql";
import { LRUCache } from "lru-cache";
import { CACHES } from "../../kernel/caches.ts";

/**
 * Where yoga keeps documents. Its own caches are bounded in entries alone, each of which may be a body of any size; these
 * are bounded in bytes (AP-18).
 */
export function keptDocuments() {
  return {
    documentCache: kept<DocumentNode>((text, document) => textBytes(text) + tokensOf(document) * TOKEN_BYTES),
    errorCache: kept<Error>((text) => textBytes(text) + ERROR_BYTES),
  };
}

/** A token, the node made of it, and its part of what validation says of the document; measured, and rounded up. */
const TOKEN_BYTES = 500;
/** An error with its stack. */
const ERROR_BYTES = 2_000;

/** One letter beyond Latin-1 makes two bytes of each. */
function textBytes(text: string): number {
  return text.length * 2;
}

function tokensOf({ loc }: DocumentNode): number {
  let count = 0;
  for (let token: Token | null | undefined = loc?.startToken; token; token = token.next) count += 1;
  return count;
}

function kept<Value extends object>(bytesOf: (text: string, value: Value) => number) {
  const { entries: max, bytes: maxSize } = CACHES.documents;
  return new LRUCache<string, Value>({
    max,
    maxSize,
    sizeCalculation: (value, text) => bytesOf(text, value) + 1,
  });
}
