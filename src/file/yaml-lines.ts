import { Document, visit } from "yaml";

/** Plain data as it is printed. */
export type Printed = string | number | boolean | readonly Printed[] | { readonly [key: string]: Printed };

/** `key: { … }` on one line. */
export function entry(level: number, key: string, value: Printed): string {
  return `${"  ".repeat(level)}${keyText(key)}: ${flow(value)}`;
}

/** A map in block style, one key a line; the keys of `open` as maps in block style too. */
export function* block(
  level: number,
  key: string,
  value: { readonly [key: string]: Printed },
  open: readonly string[] = [],
): Iterable<string> {
  const keys = Object.entries(value);
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

function isMap(value: Printed): value is { readonly [key: string]: Printed } {
  return typeof value === "object" && !Array.isArray(value);
}
