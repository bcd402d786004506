import type { z } from "zod";
import { KEY, KEY_EXPECTED } from "../../policy/model/naming.ts";
import { type Faults, instead, shown } from "../reading/faults.ts";
import { addIssues } from "../reading/issues.ts";
import type { DocumentPath } from "../reading/node.ts";
import type { Source, SourceEntry } from "../reading/source.ts";

/**
 * The entries of a section that have the right shape, and the keys of all: a reference to a malformed entry is no
 * second fault.
 */
export type Entries<Entry> = {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly keys: ReadonlySet<string>;
};

/** An item of a list, with its index in the file. */
export type Item<Entry> = { readonly index: number; readonly entry: Entry };

/** Hears of every record that is read: how many they are now, of how many. */
export type OnRecord = (read: number, total: number) => void;

/** One reading of a file, entry by entry, so that one malformed entry does not hide the faults of the others. */
export type Reading = { readonly source: Source; readonly faults: Faults; readonly onRecord: OnRecord };

/** Whether the file has the section. */
export function isWritten({ source }: Reading, section: string): boolean {
  return source.sections?.includes(section) === true;
}

/** The value in its shape; null, and a fault for all that is wrong with it, when it does not have it. */
export function readValue<Schema extends z.ZodType>(
  { faults }: Reading,
  path: DocumentPath,
  type: Schema,
  value: unknown,
): z.output<Schema> | null {
  if (value === undefined) return null;
  const result = type.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  addIssues(faults, path, result.error.issues);
  return null;
}

/** A section that is a map by key. An entry that its shape turns into null says nothing, and is none. */
export function readEntries<Entry>(
  reading: Reading,
  section: string,
  typeOf: (key: string) => z.ZodType<Entry | null>,
): Entries<Entry> {
  const entries = new Map<string, Entry>();
  const keys = new Set<string>();
  for (const [key, value] of entriesIn(reading, section)) {
    keys.add(key);
    checkKey(reading, [section, key], key);
    const entry = readValue(reading, [section, key], typeOf(key), value);
    if (entry !== null) entries.set(key, entry);
  }
  return { entries, keys };
}

/** What stands in a section that is a map; nothing when the file has none. */
export function entriesIn(reading: Reading, section: string): readonly SourceEntry[] {
  if (!isWritten(reading, section)) return [];
  const { source, faults } = reading;
  const entries = source.entries(section);
  if (entries === null) {
    const found = source.read(section);
    faults.add([section], {
      message: `found ${shown(found)}`,
      expected: instead(found, `a map of ${section} by key`),
    });
  }
  return entries ?? [];
}

export function checkKey({ faults }: Reading, path: DocumentPath, key: string): void {
  if (!KEY.test(key))
    faults.add(path, { message: `${shown(key)} is no key`, expected: KEY_EXPECTED, part: "KEY" });
}

export function readList<Schema extends z.ZodType>(
  reading: Reading,
  path: DocumentPath,
  type: Schema,
  value: unknown,
): Item<z.output<Schema>>[] {
  if (!Array.isArray(value)) {
    reading.faults.add(path, { message: `found ${shown(value)}`, expected: instead(value, "a list") });
    return [];
  }
  return value.flatMap((each, index) => {
    const entry = readValue(reading, [...path, index], type, each);
    return entry === null ? [] : [{ index, entry }];
  });
}

/** The entries without those that a later one of the same key replaces. */
export function lastOfEach<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): Entry[] {
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()];
}
