import { type Document, isMap, isScalar } from "yaml";
import { hasAlias, parseYaml } from "./node.ts";

/** A part of the text that is a document of its own, and where in the text something of it stands. */
type TextPart = { readonly document: Document; readonly placeOf: (offset: number) => number };

/** Where one record stands with its key. */
export type Slice = { readonly start: number; readonly end: number };

/** The records of a module, with where its key stands and where its value begins. */
export type ModuleSlices = {
  readonly offset: number;
  readonly value: number;
  readonly records: ReadonlyMap<string, Slice>;
};

/** A text cut around and inside its `records`. */
export type RecordSlices = {
  /** What stands before `records`, or all that is left without it. */
  readonly head: TextPart;
  /** What stands after its last record. */
  readonly tail: TextPart;
  /** Of the key `records`. */
  readonly offset: number;
  readonly modules: ReadonlyMap<string, ModuleSlices>;
  /** Makes a document of what stands in a slice. */
  readonly wrap: (slice: string) => string;
  /** How many characters that puts before it. */
  readonly wrapped: number;
};

/** `key:` and nothing else; keys that need quotes are no keys of modules or records. */
const OPENING = /^( *)([A-Za-z0-9][A-Za-z0-9._-]*):[ \t]*(?:#.*)?\r?$/;
const RECORD_KEY = /^ *([A-Za-z0-9][A-Za-z0-9._-]*):(?=[ \t\r]|$)/;
const BLANK = /^[ \t\r]*(?:#.*)?$/;

/** Thrown while reading a slice that turns out not to be one entry: the whole text has to be read instead. */
export class NotSliceable extends Error {}

/**
 * Cuts a text whose `records:` is written in block style, one record per slice.
 *
 * Null whenever cutting could read anything else than the whole text says: another layout, a directive, a repeated key,
 * text before or after that is no document by itself. Slices are not parsed here; `parseSlice` refuses those that are
 * not exactly one entry.
 */
export function sliceRecords(text: string): RecordSlices | null {
  const cut = cutByIndent(text);
  if (cut === null) return null;
  const before = text.slice(0, cut.offset);
  const after = text.slice(cut.end);
  if (/^(?:%|\.\.\.)/m.test(before) || (after !== "" && !/^["'A-Za-z0-9]/.test(after))) return null;
  const head = parseYaml(before);
  const tail = parseYaml(after);
  if (!isSound(head, before) || !isMap(head.contents) || !isSound(tail, after)) return null;
  if (tail.contents !== null && !isMap(tail.contents)) return null;
  if (hasCommonKey(head, tail)) return null;
  return {
    head: { document: head, placeOf: (at) => at },
    tail: { document: tail, placeOf: (at) => at + cut.end },
    offset: cut.offset,
    modules: cut.modules,
    wrap: (slice) => slice,
    wrapped: 0,
  };
}

/** Parses the slice of one record: a map with one entry. Throws `NotSliceable` when it is anything else. */
export function parseSlice(
  { wrap, wrapped }: Pick<RecordSlices, "wrap" | "wrapped">,
  text: string,
  key: string,
  { start, end }: Slice,
): TextPart {
  const slice = wrap(text.slice(start, end));
  const document = parseYaml(slice);
  const items = isMap(document.contents) ? document.contents.items : [];
  const found = items[0]?.key;
  if (!isSound(document, slice) || items.length !== 1 || !isScalar(found) || found.value !== key)
    throw new NotSliceable();
  return { document, placeOf: (at) => at + start - wrapped };
}

type Cut = {
  offset: number;
  end: number;
  readonly modules: Map<string, ModuleSlices>;
};

/** Cuts by indentation alone: modules at the first depth under `records:`, records at the first depth under a module. */
function cutByIndent(text: string): Cut | null {
  const cut: Cut = { offset: -1, end: text.length, modules: new Map() };
  const cutter = cutterInto(cut);
  for (const { start, line } of linesIn(text)) {
    if (cut.offset === -1) {
      const opening = OPENING.exec(line);
      if (opening?.[1] === "" && opening[2] === "records") cut.offset = start;
    } else if (!BLANK.test(line)) {
      const indent = line.length - line.trimStart().length;
      if (line.slice(0, indent).includes("\t")) return null;
      if (indent === 0) {
        cut.end = start;
        break;
      }
      if (!cutter.take(start, line, indent)) return null;
    }
  }
  cutter.close(cut.end);
  const { offset, modules } = cut;
  const isWhole =
    offset !== -1 && modules.size > 0 && [...modules.values()].every(({ records }) => records.size > 0);
  return isWhole ? cut : null;
}

/** Takes the lines under `records:` one by one; false for a line that does not belong to the layout. */
function cutterInto({ modules }: Cut) {
  let moduleIndent = -1;
  let recordIndent = -1;
  let module: { readonly key: string; readonly offset: number } | null = null;
  let records: Map<string, Slice> = new Map();
  let open: { readonly key: string; readonly start: number } | null = null;

  const close = (end: number) => {
    if (open !== null) records.set(open.key, { start: open.start, end });
    open = null;
  };
  const takeModule = (start: number, line: string, indent: number) => {
    close(start);
    const key = OPENING.exec(line)?.[2];
    if (key === undefined || modules.has(key)) return false;
    records = new Map();
    module = { key, offset: start + indent };
    recordIndent = -1;
    modules.set(key, { ...module, value: module.offset, records });
    return true;
  };
  const takeRecord = (start: number, line: string, indent: number) => {
    close(start);
    const key = RECORD_KEY.exec(line)?.[1];
    if (key === undefined || module === null || records.has(key)) return false;
    if (records.size === 0) modules.set(module.key, { ...module, value: start + indent, records });
    open = { key, start };
    return true;
  };
  const take = (start: number, line: string, indent: number) => {
    if (moduleIndent === -1) moduleIndent = indent;
    if (indent <= moduleIndent) return indent === moduleIndent && takeModule(start, line, indent);
    if (recordIndent === -1) recordIndent = indent;
    if (indent <= recordIndent) return indent === recordIndent && takeRecord(start, line, indent);
    return true;
  };
  return { take, close };
}

function* linesIn(text: string): Iterable<{ start: number; line: string }> {
  for (let start = 0; start < text.length; ) {
    const newLine = text.indexOf("\n", start);
    const end = newLine === -1 ? text.length : newLine;
    yield { start, line: text.slice(start, end) };
    start = end + 1;
  }
}

/** Read without a fault, and without an alias, which may stand for something in another part. */
export function isSound(document: Document, text: string): boolean {
  return (
    document.errors.length === 0 &&
    document.warnings.length === 0 &&
    !(text.includes("*") && hasAlias(document))
  );
}

function hasCommonKey(head: Document, tail: Document): boolean {
  const keys = (document: Document) =>
    isMap(document.contents)
      ? document.contents.items.map(({ key }) => (isScalar(key) ? String(key.value) : ""))
      : [];
  const first = new Set([...keys(head), "records"]);
  return keys(tail).some((key) => first.has(key));
}
