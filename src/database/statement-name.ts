import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { CACHES } from "../kernel/caches.ts";

/** A name, and what keeping it takes. */
const NAME_BYTES = 200;

/** Begins a statement of which there are few forms, so that each connection may keep it prepared. */
export const KEPT = "/* kept */";

/**
 * The name under which a connection keeps a statement prepared: planning a page by the ways into a reach takes as long
 * as reading it. Undefined for all others, of which there may be any number: nothing ever forgets a kept one.
 */
export function statementName({ sql }: { readonly sql: string }): string {
  const name = sql.startsWith(KEPT) ? (names.get(sql) ?? nameNow(sql)) : undefined;
  // The driver takes none for a statement without a name; the adapter's type does not say so.
  return name as string;
}

const names = new LRUCache<string, string>({
  maxSize: CACHES.statementNames.bytes,
  // Statements are of one byte a letter.
  sizeCalculation: (_, sql) => sql.length + NAME_BYTES,
});

function nameNow(sql: string): string {
  const name = createHash("sha256").update(sql).digest("base64url");
  names.set(sql, name);
  return name;
}
