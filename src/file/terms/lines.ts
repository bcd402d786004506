import { Document, visit } from "yaml";
import { formatInstant } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import { compareText } from "../../kernel/text.ts";

/** Plain data as it is printed. */
export type Printed = string | number | boolean | null | readonly Printed[] | PrintedMap | PrintedEntries;

/** A key without a value is not printed. */
export type PrintedMap = { readonly [key: string]: Printed | undefined };

/** A map whose keys have an order: an object puts those that are numbers first. */
export type PrintedEntries = ReadonlyMap<string, Printed>;

/** A section of entries by key, one a line, by key in code point order. */
export function* section<Entry>(
  name: string,
  entries: ReadonlyMap<string, Entry>,
  print: (each: Entry, key: string) => Printed,
): Iterable<string> {
  if (entries.size === 0) {
    yield entry(0, name, {});
    return;
  }
  yield `${name}:`;
  for (const [key, each] of sorted(entries)) yield entry(1, key, print(each, key));
}

/** `key: { … }` on one line. */
export function entry(level: number, key: string, value: Printed): string {
  return `${"  ".repeat(level)}${keyText(key)}: ${flow(value)}`;
}

/** A map in block style, one key a line; the keys of `open` as maps in block style too. */
export function* block(
  level: number,
  key: string,
  value: PrintedMap | PrintedEntries,
  open: readonly string[] = [],
): Iterable<string> {
  const keys = entriesOf(value).flatMap(([inner, each]) =>
    each === undefined ? [] : [[inner, each] as const],
  );
  if (keys.length === 0) {
    yield entry(level, key, {});
    return;
  }
  yield `${"  ".repeat(level)}${keyText(key)}:`;
  for (const [inner, each] of keys) {
    if (open.includes(inner) && isMap(each)) yield* block(level + 1, inner, each);
    else yield entry(level + 1, inner, each);
  }
}

/** A list in block style, one item a line. */
export function* list(level: number, key: string, items: readonly Printed[]): Iterable<string> {
  if (items.length === 0) {
    yield entry(level, key, []);
    return;
  }
  yield `${"  ".repeat(level)}${keyText(key)}:`;
  for (const item of items) yield `${"  ".repeat(level + 1)}- ${flow(item)}`;
}

/** The value, unless reading fills it in by itself. */
export function unless<Usual, Value extends Printed>(usual: Usual, value: Usual | Value): Value | undefined {
  return value === usual ? undefined : (value as Value);
}

/** The list or map, unless it is empty. */
export function unlessEmpty<Value extends readonly Printed[] | PrintedMap | PrintedEntries>(
  value: Value,
): Value | undefined {
  const isEmpty = isMap(value) ? entriesOf(value).length === 0 : value.length === 0;
  return isEmpty ? undefined : value;
}

/** Milliseconds are written only when there are any. */
export function printedInstant(at: Instant | null): string | undefined {
  return at === null ? undefined : formatInstant(at).replace(".000Z", "Z");
}

/** The entries by key in code point order. */
export function sorted<Entry>(entries: ReadonlyMap<string, Entry>): (readonly [string, Entry])[] {
  return [...entries].sort(([a], [b]) => compareText(a, b));
}

/** Keys of the format are text whatever they look like, so `2024` needs no quotes; addresses may. */
function keyText(key: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(key) ? key : flow(key);
}

/** One line, whatever is inside: text that would not be read as itself is quoted, as in JSON. */
function flow(value: Printed): string {
  const document = new Document(value, { version: "1.2", schema: "core", aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === "string" && !PLAIN.test(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString(STYLE).trimEnd();
}

/**
 * What may go without quotes: begins with a letter or digit and is one line of visible characters.
 * Line breaks, document markers and what readers may trim are quoted.
 */
const PLAIN = /^[\p{L}\p{N}][\p{L}\p{N}\p{P}\p{S} ]*$/u;

const STYLE = {
  collectionStyle: "flow",
  lineWidth: 0,
  singleQuote: false,
  doubleQuotedAsJSON: true,
} as const;

function isMap(value: Printed): value is PrintedMap | PrintedEntries {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entriesOf(value: PrintedMap | PrintedEntries): readonly (readonly [string, Printed | undefined])[] {
  return value instanceof Map ? [...value] : Object.entries(value);
}
