import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";

/** Keys and indexes from the root of the file. */
export type DocumentPath = readonly (string | number)[];

/** Whether a fault is the key's or the value's. */
export type Part = "KEY" | "VALUE";

/** Something wrong with the text itself, at an offset in it. */
export type SyntaxFault = { readonly offset: number; readonly message: string };

/** A file may be nested so deep; conditions are bounded more tightly. */
export const MAX_DEPTH = 100;

/** So many nodes may come out of aliases: a small file cannot become a large one. */
const MAX_ALIASED = 100_000;

/** YAML 1.2, core schema: `yes` and `2027-01-01` are text, nothing is merged, keys are text. */
export function parseYaml(text: string): Document {
  return parseDocument(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    resolveKnownTags: false,
    stringKeys: true,
    // The library compares each key with every other; `toPlain` refuses repetition in linear time.
    uniqueKeys: false,
    prettyErrors: false,
    // Nothing is printed either way; silent, it would leave a second document out without a word.
    logLevel: "error",
  });
}

/**
 * The plain data of a node: maps as objects without a prototype, lists, text, numbers, booleans, null.
 *
 * Adds a fault for what plain data cannot say: a repeated key, a key that is no text, `__proto__`, an alias of itself,
 * too much depth.
 */
export function toPlain(document: Document, node: unknown, faults: SyntaxFault[]): unknown {
  return convert({ document, faults }, node, 0, []);
}

type Conversion = { readonly document: Document; readonly faults: SyntaxFault[] };

/** @param open what the aliases around the node stand for. */
function convert(within: Conversion, node: unknown, depth: number, open: readonly Node[]): unknown {
  if (depth > MAX_DEPTH) return refuse(within, node, `nested deeper than ${MAX_DEPTH} levels`);
  if (open.length > 0 && isExhausted(within, open)) return null;
  if (isAlias(node)) return convertAlias(within, node, depth, open);
  if (isScalar(node)) return node.value ?? null;
  if (isSeq(node)) return node.items.map((item) => convert(within, item, depth + 1, open));
  if (!isMap(node)) return null;
  const object: { [key: string]: unknown } = Object.create(null);
  for (const { key, value } of uniquePairs(node, within.faults))
    object[key] = convert(within, value, depth + 1, open);
  return object;
}

function convertAlias(within: Conversion, alias: Alias, depth: number, open: readonly Node[]): unknown {
  const target = aliasesOf(within.document).targets.get(alias);
  if (target === undefined)
    return refuse(
      within,
      alias,
      `the alias *${alias.source} stands for nothing: a text that begins with * goes between quotes`,
    );
  if (open.includes(target)) return refuse(within, alias, `the alias *${alias.source} contains itself`);
  return convert(within, target, depth + 1, [...open, target]);
}

/** Counts one more node that came out of an alias; the first beyond the limit is a fault. */
function isExhausted(within: Conversion, open: readonly Node[]): boolean {
  const aliases = aliasesOf(within.document);
  aliases.expanded += 1;
  if (aliases.expanded === MAX_ALIASED + 1) refuse(within, open[0], "aliases make the file too large");
  return aliases.expanded > MAX_ALIASED;
}

function refuse({ faults }: Conversion, node: unknown, message: string): null {
  faults.push({ offset: offsetOf(node), message });
  return null;
}

type Aliases = { readonly targets: ReadonlyMap<Alias, Node>; expanded: number };

const known = new WeakMap<Document, Aliases>();

/** What each alias of the document stands for, found in one pass, and how many nodes aliases have become so far. */
function aliasesOf(document: Document): Aliases {
  const found = known.get(document);
  if (found !== undefined) return found;
  const anchored = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  visit(document, (_key, node) => {
    if (isAlias(node)) {
      const target = anchored.get(node.source);
      if (target !== undefined) targets.set(node, target);
    } else if (isNode(node) && node.anchor !== undefined) {
      anchored.set(node.anchor, node);
    }
  });
  const aliases = { targets, expanded: 0 };
  known.set(document, aliases);
  return aliases;
}

/** Whether a part of the document is an alias. */
export function hasAlias(document: Document): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

type KeyedNode = { readonly key: string; readonly keyNode: Node; readonly value: unknown };

/** The pairs of a map in order; the second of a repeated key, and what is no key, become faults. */
export function uniquePairs(
  map: { readonly items: readonly { readonly key: unknown; readonly value: unknown }[] },
  faults: SyntaxFault[],
): KeyedNode[] {
  const seen = new Set<string>();
  const pairs: KeyedNode[] = [];
  for (const { key: keyNode, value } of map.items) {
    const key = isScalar(keyNode) ? keyNode.value : undefined;
    if (typeof key !== "string" || key === "__proto__" || !isScalar(keyNode)) {
      faults.push({ offset: offsetOf(keyNode), message: "a key has to be plain text" });
    } else if (seen.has(key)) {
      faults.push({
        offset: offsetOf(keyNode),
        message: `the key ${JSON.stringify(key)} is written twice in this map`,
      });
    } else {
      seen.add(key);
      pairs.push({ key, keyNode, value });
    }
  }
  return pairs;
}

/**
 * The offset of what the path leads to: of the last key, or of the value behind it. Where the path leads nowhere (a
 * key is missing), the deepest key on the way that exists.
 */
export function offsetAt(document: Document, path: DocumentPath, part: Part): number {
  let node: unknown = document.contents;
  let keyNode: unknown = null;
  for (const step of path) {
    const holder: unknown = isAlias(node) ? aliasesOf(document).targets.get(node) : node;
    if (isSeq(holder) && typeof step === "number" && holder.items[step] !== undefined) {
      node = holder.items[step];
      keyNode = node;
      continue;
    }
    const pair = isMap(holder) ? pairsByKey(holder).get(step) : undefined;
    if (pair === undefined) return offsetOf(keyNode ?? node);
    node = isWritten(pair.value) ? pair.value : pair.key;
    keyNode = pair.key;
  }
  return offsetOf(part === "KEY" ? (keyNode ?? node) : node);
}

const indexed = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

/** The first pair of each key: a map with many faults is gone through once, not once for each. */
function pairsByKey(map: YAMLMap): ReadonlyMap<unknown, Pair> {
  const found = indexed.get(map);
  if (found !== undefined) return found;
  const pairs = new Map<unknown, Pair>();
  for (const pair of map.items)
    if (isScalar(pair.key) && !pairs.has(pair.key.value)) pairs.set(pair.key.value, pair);
  indexed.set(map, pairs);
  return pairs;
}

/** The keys of the map that the path leads to, as they are written: an object puts those that are numbers first. */
export function keysAt(document: Document, path: DocumentPath): readonly string[] {
  const holderOf = (node: unknown): unknown => (isAlias(node) ? aliasesOf(document).targets.get(node) : node);
  let holder = holderOf(document.contents);
  for (const step of path) holder = isMap(holder) ? holderOf(pairsByKey(holder).get(step)?.value) : null;
  return isMap(holder) ? [...pairsByKey(holder).keys()].map(String) : [];
}

/** `key:` with nothing behind it has a value that stands nowhere. */
function isWritten(value: unknown): boolean {
  return value !== null && !(isScalar(value) && value.range?.[0] === value.range?.[1]);
}

function offsetOf(node: unknown): number {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  return range?.[0] ?? 0;
}
