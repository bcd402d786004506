/**
 * JSON in which the order of keys does not show: the same text for the same value, however it was written.
 *
 * Whole numbers beyond doubles are written as numbers, instants as text, what is undefined in an object not at all.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value ?? null), (_, each) => (typeof each === "bigint" ? Number(each) : each));
}

function sorted(value: unknown): unknown {
  if (value instanceof Date || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  // From entries a key such as __proto__ is a key like any other.
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
