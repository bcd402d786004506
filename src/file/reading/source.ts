import { type Document, isMap, LineCounter } from "yaml";
import { sliceFlowRecords } from "./flow-slices.ts";
import {
  type DocumentPath,
  keysAt,
  offsetAt,
  type Part,
  parseYaml,
  type SyntaxFault,
  toPlain,
  uniquePairs,
} from "./node.ts";
import type { Place } from "./place.ts";
import { parseSlice, type RecordSlices, sliceRecords } from "./record-slices.ts";
import { textFaults } from "./text-faults.ts";

/** One entry of a map of the file, its value as plain data. */
export type SourceEntry = readonly [key: string, value: unknown];

/** The text of an organisation file: its data piece by piece, and where each piece stands. */
export type Source = {
  /** What is wrong with the text; filled further while entries are read. */
  readonly syntax: SyntaxFault[];
  /** The keys of the file's top level; null when it is no map. */
  readonly sections: readonly string[] | null;
  /** The value of a section as plain data. Not for `records`. */
  readonly read: (section: string) => unknown;
  /** The entries of a section in the file's order; null when it is no map. Not for `records`. */
  readonly entries: (section: string) => readonly SourceEntry[] | null;
  /** The keys of a map in the file's order. Not for `records`. */
  readonly keys: (path: DocumentPath) => readonly string[];
  /** The keys under `records`; null when it is no map. */
  readonly recordModules: () => readonly string[] | null;
  /** One record at a time, so that a large file needs no tree of itself (BU-06); null when the module's value is no map. */
  readonly records: (module: string) => Iterable<SourceEntry> | null;
  /** How many records there are, those that are no records included. */
  readonly recordCount: () => number;
  readonly place: (path: DocumentPath, part: Part) => Place;
  readonly placeOf: (offset: number) => Place;
};

/** Opens YAML text, which JSON is too, as one tree: about 75 times the size of the text in memory. */
export function openWhole(text: string): Source {
  const document = parseYaml(text);
  const syntax = textFaults(document, text);
  const root = sectionsOf(document, syntax);
  const lines = linesOf(text);
  const recordsNode = root?.get("records");
  const modules = isMap(recordsNode)
    ? new Map(uniquePairs(recordsNode, syntax).map(({ key, value }) => [key, value]))
    : null;
  return {
    syntax,
    sections: root === null ? null : [...root.keys()],
    read: (section) => toPlain(document, root?.get(section), syntax),
    entries: (section) => plainEntries(document, root?.get(section), syntax),
    keys: (path) => keysAt(document, path),
    recordModules: () => (modules === null ? null : [...modules.keys()]),
    records: (module) => plainEntries(document, modules?.get(module), syntax),
    recordCount: () =>
      [...(modules ?? [])].reduce((sum, [, node]) => sum + (isMap(node) ? node.items.length : 0), 0),
    place: (path, part) => lines(offsetAt(document, path, part)),
    placeOf: lines,
  };
}

/**
 * Opens YAML or JSON text whose records are written one by one, in block style or in braces, each parsed by itself
 * (BU-06); null for another layout. Reading records may throw `NotSliceable`; the whole text then has to be opened.
 */
export function openSliced(text: string): Source | null {
  const slices = sliceRecords(text) ?? sliceFlowRecords(text);
  return slices === null ? null : sourceOf(text, slices);
}

function sourceOf(text: string, slices: RecordSlices): Source {
  const lines = linesOf(text);
  const { head, tail, modules } = slices;
  const syntax: SyntaxFault[] = [];
  const headRoot = sectionsOf(head.document, syntax) ?? new Map<string, unknown>();
  headRoot.delete("records");
  const tailRoot = sectionsOf(tail.document, syntax) ?? new Map<string, unknown>();
  const partOf = (section: string) => (tailRoot.has(section) ? tail : head);
  const nodeOf = (section: string) => (tailRoot.has(section) ? tailRoot : headRoot).get(section);
  return {
    syntax,
    sections: [...headRoot.keys(), "records", ...tailRoot.keys()],
    read: (section) =>
      shifted(syntax, partOf(section).placeOf, (faults) =>
        toPlain(partOf(section).document, nodeOf(section), faults),
      ),
    entries: (section) =>
      shifted(syntax, partOf(section).placeOf, (faults) =>
        plainEntries(partOf(section).document, nodeOf(section), faults),
      ),
    keys: (path) => keysAt(partOf(String(path[0])).document, path),
    recordModules: () => [...modules.keys()],
    *records(module) {
      for (const [key, slice] of modules.get(module)?.records ?? []) {
        const { document, placeOf } = parseSlice(slices, text, key, slice);
        const [value] =
          shifted(syntax, placeOf, (faults) => plainEntries(document, document.contents, faults)) ?? [];
        yield [key, value?.[1]];
      }
    },
    recordCount: () => [...modules.values()].reduce((sum, { records }) => sum + records.size, 0),
    place(path, part) {
      const [section, module, key, ...rest] = path;
      if (section !== "records") {
        const { document, placeOf } = partOf(String(section));
        return lines(placeOf(offsetAt(document, path, part)));
      }
      const named = modules.get(String(module));
      if (named === undefined) return lines(slices.offset);
      if (path.length === 2) return lines(part === "KEY" ? named.offset : named.value);
      const slice = named.records.get(String(key));
      if (slice === undefined) return lines(named.offset);
      const { document, placeOf } = parseSlice(slices, text, String(key), slice);
      return lines(placeOf(offsetAt(document, [String(key), ...rest], part)));
    },
    placeOf: lines,
  };
}

/** Moves the faults of a part of the text to their offsets in the whole. */
function shifted<T>(
  syntax: SyntaxFault[],
  placeOf: (offset: number) => number,
  read: (faults: SyntaxFault[]) => T,
): T {
  const faults: SyntaxFault[] = [];
  const result = read(faults);
  syntax.push(...faults.map((fault) => ({ ...fault, offset: placeOf(fault.offset) })));
  return result;
}

function sectionsOf(document: Document, syntax: SyntaxFault[]): Map<string, unknown> | null {
  const { contents } = document;
  return isMap(contents)
    ? new Map(uniquePairs(contents, syntax).map(({ key, value }) => [key, value]))
    : null;
}

function plainEntries(document: Document, node: unknown, syntax: SyntaxFault[]): SourceEntry[] | null {
  if (!isMap(node)) return null;
  return uniquePairs(node, syntax).map(({ key, value }) => [key, toPlain(document, value, syntax)]);
}

function linesOf(text: string): (offset: number) => Place {
  const counter = new LineCounter();
  counter.addNewLine(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) counter.addNewLine(at + 1);
  return (offset) => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
}
