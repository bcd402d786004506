/**
 * Compares answers of two worlds to the same changes. What was made in either has an id, a key and cursors of its own,
 * at random: those stand for each other from where they are first seen in the same place.
 */
export class Counterparts {
  readonly #known: ReadonlySet<string>;
  readonly #there = new Map<string, string>();
  readonly #here = new Map<string, string>();

  /** @param known ids and keys that were there before: they stand for themselves alone. */
  constructor(known: Iterable<string>) {
    this.#known = new Set(known);
  }

  /** The path of the first place where the two differ; null when there is none. */
  difference(here: unknown, there: unknown, name = "", path = "answer"): string | null {
    if (typeof here !== "object" || here === null || typeof there !== "object" || there === null) {
      return here === there || this.#areCounterparts(name, here, there) ? null : path;
    }
    const keys = new Set([...Object.keys(here), ...Object.keys(there)]);
    for (const key of keys) {
      const inner = Array.isArray(here) ? name : key;
      const found = this.difference(at(here, key), at(there, key), inner, `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }

  #areCounterparts(name: string, here: unknown, there: unknown): boolean {
    if (typeof here !== "string" || typeof there !== "string" || !MADE.has(name)) return false;
    if (this.#known.has(here) || this.#known.has(there)) return false;
    const [known, back] = [this.#there.get(here) ?? there, this.#here.get(there) ?? here];
    this.#there.set(here, known);
    this.#here.set(there, back);
    return known === there && back === here;
  }
}

/** What is made at random. */
const MADE: ReadonlySet<string> = new Set(["id", "key"]);

function at(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}
