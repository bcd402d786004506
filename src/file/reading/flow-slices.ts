import { isMap, isScalar, Lexer } from "yaml";
import { parseYaml } from "./node.ts";
import { isSound, type ModuleSlices, NotSliceable, type RecordSlices, type Slice } from "./record-slices.ts";

/** Keys that say without quotes what they say with them. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** What stands between two pieces: nothing, or what is no data. */
const EMPTY = /^(?:\s*|#.*)$/;

type Cut = {
  /** Of the key `records`. */
  offset: number;
  /** Of its value, with the braces. */
  start: number;
  end: number;
  readonly modules: Map<string, ModuleSlices>;
};

/**
 * Cuts a text whose `records:` is written in braces down to the single records: JSON, and YAML in flow style.
 *
 * Null whenever cutting could read anything else than the whole text says, as in `sliceRecords`. The text is walked with
 * the lexer of the parser itself, so that both agree on where a text, a comment or a brace ends.
 */
export function sliceFlowRecords(text: string): RecordSlices | null {
  const cut = cutByBraces(text);
  if (cut === null) return null;
  const { offset, start, end, modules } = cut;
  const left = `${text.slice(0, start)}{}${text.slice(end)}`;
  const rest = parseYaml(left);
  if (!isMap(rest.contents) || !isSound(rest, left)) return null;
  const [named, ...more] = rest.contents.items.filter(({ key }) => isScalar(key) && key.value === "records");
  // What was cut out is the value of that key and nothing else.
  if (more.length > 0 || !isScalar(named?.key) || named.key.range?.[0] !== offset) return null;
  if (!isMap(named.value) || named.value.range?.[0] !== start) return null;
  const removed = end - start - "{}".length;
  return {
    head: { document: rest, placeOf: (at) => (at > start ? at + removed : at) },
    tail: { document: parseYaml(""), placeOf: (at) => at },
    offset,
    modules,
    wrap: (slice) => `{${slice}}`,
    wrapped: 1,
  };
}

/** One piece of the text that means something, with where it stands. */
type Piece = { readonly at: number; readonly text: string };

function* piecesOf(text: string): Iterable<Piece> {
  let at = 0;
  for (const piece of new Lexer().lex(text)) {
    // Marks of the lexer itself stand nowhere in the text.
    if (piece === "\u0002" || piece === "\u001f") continue;
    // Braces that end by indentation, and further documents, are left to the parser.
    if (piece === "\u0018" || piece === "---" || piece === "...") throw new NotSliceable();
    if (!EMPTY.test(piece)) yield { at, text: piece };
    at += piece.length;
  }
}

function cutByBraces(text: string): Cut | null {
  const pieces = piecesOf(text)[Symbol.iterator]();
  const next = (): Piece => {
    const { value, done } = pieces.next();
    if (done === true) throw new NotSliceable();
    return value;
  };
  try {
    const { offset, isInBraces } = skipToRecords(text, next);
    const modules: Cut["modules"] = new Map();
    const opening = next();
    const end = takeMap(opening, next, modules, (module) => {
      const records = new Map<string, Slice>();
      const inside = next();
      modules.set(keyOf(module), { offset: module.at, value: inside.at, records });
      takeMap(inside, next, records, (key) => {
        records.set(keyOf(key), { start: key.at, end: skipValue(next(), next) });
      });
    });
    const cut = { offset, start: opening.at, end, modules };
    return isInBraces || isIndented(text, cut) ? cut : null;
  } catch (error) {
    if (error instanceof NotSliceable) return null;
    throw error;
  }
}

/** Goes to the value of the file's key `records`; gives where the key stands, and whether the file is in braces whole. */
function skipToRecords(
  text: string,
  next: () => Piece,
): { readonly offset: number; readonly isInBraces: boolean } {
  let piece = next();
  const isInBraces = piece.text === "{";
  for (let depth = 0; ; piece = next()) {
    const isTop = isInBraces ? depth === 1 : depth === 0 && (piece.at === 0 || text[piece.at - 1] === "\n");
    if (isTop && (piece.text === '"records"' || piece.text === "records")) {
      if (next().text !== ":") throw new NotSliceable();
      return { offset: piece.at, isInBraces };
    }
    depth += depthOf(piece);
  }
}

/**
 * Takes a map in braces, `take` taking the value of each key.
 *
 * @param taken the keys that there are already.
 * @returns where the map ends.
 */
function takeMap(
  opening: Piece,
  next: () => Piece,
  taken: ReadonlyMap<string, unknown>,
  take: (key: Piece) => void,
): number {
  if (opening.text !== "{") throw new NotSliceable();
  let piece = next();
  while (piece.text !== "}") {
    // A repeated key is a fault, which the whole text shows with its place.
    if (taken.has(keyOf(piece)) || next().text !== ":") throw new NotSliceable();
    take(piece);
    piece = next();
    if (piece.text === ",") piece = next();
    else if (piece.text !== "}") throw new NotSliceable();
  }
  return piece.at + 1;
}

/** Skips a value: a scalar, or whatever stands in its braces or brackets. Gives where it ends. */
function skipValue(first: Piece, next: () => Piece): number {
  let depth = depthOf(first);
  if (depth < 0 || /^[,:?&*!]/.test(first.text)) throw new NotSliceable();
  let last = first;
  while (depth > 0) {
    last = next();
    depth += depthOf(last);
  }
  return last.at + last.text.length;
}

function depthOf({ text }: Piece): number {
  if (text === "{" || text === "[") return 1;
  return text === "}" || text === "]" ? -1 : 0;
}

function keyOf({ text }: Piece): string {
  if (PLAIN.test(text)) return text;
  const key = text.startsWith('"') ? unquoted(text) : null;
  if (key === null || key === "__proto__") throw new NotSliceable();
  return key;
}

function unquoted(text: string): string | null {
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether braces below a key that stands at the margin end further right, as the parser asks for. */
function isIndented(text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const line = text.lastIndexOf("\n", end - 1) + 1;
  return line <= start || text[line] === " ";
}
