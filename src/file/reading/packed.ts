/**
 * A map whose entries are kept as JSON text and read anew whenever asked for: plain data takes a fraction of the memory
 * that its objects take, which is what 100,000 records need (BU-06).
 *
 * Entries are in the order in which they were put in. What is read belongs to whoever asked.
 */
export class Packed<Entry> implements ReadonlyMap<string, Entry> {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #open: (text: string, key: string) => Entry;

  private constructor(texts: ReadonlyMap<string, string>, open: (text: string, key: string) => Entry) {
    this.#texts = texts;
    this.#open = open;
  }

  /** @param entries plain data: what JSON says again as it was. The second of a repeated key replaces the first. */
  static of<Entry>(entries: Iterable<readonly [string, Entry]>): Packed<Entry> {
    const texts = new Map<string, string>();
    for (const [key, entry] of entries) texts.set(key, JSON.stringify(entry));
    return new Packed(texts, (text) => JSON.parse(text) as Entry);
  }

  /** The same entries as something else; `change` is called whenever one is asked for. */
  mapped<Out>(change: (entry: Entry, key: string) => Out): Packed<Out> {
    return new Packed(this.#texts, (text, key) => change(this.#open(text, key), key));
  }

  /** Shown and compared as the map that it is. */
  get [Symbol.toStringTag](): string {
    return "Map";
  }

  get size(): number {
    return this.#texts.size;
  }

  has(key: string): boolean {
    return this.#texts.has(key);
  }

  get(key: string): Entry | undefined {
    const text = this.#texts.get(key);
    return text === undefined ? undefined : this.#open(text, key);
  }

  keys(): MapIterator<string> {
    return this.#texts.keys();
  }

  *entries(): Generator<[string, Entry], undefined> {
    for (const [key, text] of this.#texts) yield [key, this.#open(text, key)];
  }

  *values(): Generator<Entry, undefined> {
    for (const [key, text] of this.#texts) yield this.#open(text, key);
  }

  forEach(visit: (entry: Entry, key: string, map: ReadonlyMap<string, Entry>) => void): void {
    for (const [key, entry] of this) visit(entry, key, this);
  }

  [Symbol.iterator](): Generator<[string, Entry], undefined> {
    return this.entries();
  }
}
