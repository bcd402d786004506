import type { z } from "zod";
import { foldEmail, isEmail } from "../kernel/text.ts";
import { KEY, KEY_EXPECTED } from "../policy/model/naming.ts";
import { FORECASTS } from "../policy/model/org.ts";
import { type Faults, listed, shown } from "./reading/faults.ts";
import { addIssues } from "./reading/issues.ts";
import type { Path } from "./reading/node.ts";
import { Packed } from "./reading/packed.ts";
import type { Source } from "./reading/source.ts";
import * as schema from "./schema.ts";
import { EMAIL_EXPECTED, key as keySchema } from "./terms.ts";

/**
 * The entries of a section that have the right shape, and the keys of all: a reference to a malformed entry is no
 * second fault.
 */
export type Section<Entry> = {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly keys: ReadonlySet<string>;
};

/** An item of a list, with its index in the file. */
export type Item<Entry> = { readonly index: number; readonly entry: Entry };

type Out<Schema extends z.ZodType> = z.output<Schema>;
export type DraftModule = Out<typeof schema.module>;
export type DraftRule = Out<typeof schema.sharingRule>;
export type DraftRecord = Out<typeof schema.record>;
export type DraftProfile =
  | { readonly kind: "STANDARD"; readonly entry: Out<typeof schema.standardProfile> }
  | { readonly kind: "CUSTOM"; readonly entry: Out<typeof schema.customProfile> };

/** The records of a module, which may be many. */
export type RecordSection = Section<DraftRecord> & { readonly entries: Packed<DraftRecord> };

/** What could be read of a file, entry by entry, before entries are held against each other. */
export type Draft = {
  readonly organization: Out<typeof schema.organization> | null;
  readonly roles: Section<Out<typeof schema.role>>;
  /** Without `administrator` and `team-user`, which say nothing. */
  readonly profiles: Section<DraftProfile>;
  readonly users: Section<Out<typeof schema.user>>;
  /** Addresses as the file writes them, by address in lower case: for places. */
  readonly spelling: ReadonlyMap<string, string>;
  readonly groups: Section<Out<typeof schema.group>>;
  readonly modules: Section<DraftModule>;
  readonly teamUserModules: readonly Item<string>[];
  readonly rules: Section<DraftRule>;
  readonly records: ReadonlyMap<string, RecordSection> | null;
  readonly shares: readonly Item<Out<typeof schema.share>>[] | null;
  readonly supportAccess: Out<typeof schema.supportAccess> | null;
  readonly expect: DraftExpectations | null;
};

export type DraftExpectations = {
  readonly at: number | null;
  readonly access: readonly Item<Out<typeof schema.expectedAccess>>[];
  readonly capabilities: readonly Item<Out<typeof schema.expectedCapabilities>>[];
};

/** Hears of every record that is read: how many they are now, of how many. */
export type OnRecord = (read: number, total: number) => void;

/** Reads every section by itself, so that one malformed entry does not hide the faults of the others. */
export function readDraft(source: Source, faults: Faults, onRecord: OnRecord): Draft {
  const read = <Schema extends z.ZodType>(path: Path, type: Schema, value: unknown) =>
    readValue(faults, path, type, value);
  refuseSections(source, faults);
  read(["sightline"], schema.organizationFile.shape.sightline, source.read("sightline"));
  const has = (name: string) => source.sections?.includes(name) === true;
  const spelling = new Map<string, string>();
  return {
    organization: read(["organization"], schema.organization, source.read("organization")),
    roles: readSection(source, faults, "roles", () => schema.role),
    profiles: readProfiles(source, faults),
    users: readUsers(source, faults, spelling),
    spelling,
    groups: readSection(source, faults, "groups", () => schema.group),
    modules: readSection(source, faults, "modules", (key) =>
      key === FORECASTS ? schema.forecasts : schema.module,
    ),
    teamUserModules: has("teamUserModules")
      ? readList(faults, ["teamUserModules"], keySchema, source.read("teamUserModules"))
      : [],
    rules: readSection(source, faults, "sharingRules", () => schema.sharingRule),
    records: has("records") ? readRecords(source, faults, onRecord) : null,
    shares: has("shares") ? readList(faults, ["shares"], schema.share, source.read("shares")) : null,
    supportAccess: has("supportAccess")
      ? read(["supportAccess"], schema.supportAccess, source.read("supportAccess"))
      : null,
    expect: has("expect") ? readExpectations(faults, source.read("expect")) : null,
  };
}

const REQUIRED = ["sightline", "organization", "roles", "users"];

function refuseSections(source: Source, faults: Faults): void {
  const { sections } = source;
  const known = Object.keys(schema.organizationFile.shape);
  if (sections === null) {
    faults.add([], { message: "the file is no map", expected: `a map with ${listed(known)}` });
    return;
  }
  for (const section of sections) {
    if (known.includes(section)) continue;
    faults.add([section], {
      message: `unknown key ${JSON.stringify(section)}`,
      expected: `one of ${known.join(", ")}`,
      part: "KEY",
    });
  }
  for (const section of REQUIRED) {
    if (!sections.includes(section))
      faults.add([], {
        message: `${JSON.stringify(section)} is missing`,
        expected: `the section ${section}`,
      });
  }
}

function readValue<Schema extends z.ZodType>(
  faults: Faults,
  path: Path,
  type: Schema,
  value: unknown,
): Out<Schema> | null {
  if (value === undefined) return null;
  const result = type.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  addIssues(faults, path, result.error.issues);
  return null;
}

function readSection<Schema extends z.ZodType>(
  source: Source,
  faults: Faults,
  name: string,
  typeOf: (key: string) => Schema,
): Section<Out<Schema>> {
  const entries = new Map<string, Out<Schema>>();
  const keys = new Set<string>();
  for (const [key, value] of sectionEntries(source, faults, name)) {
    keys.add(key);
    if (!KEY.test(key))
      faults.add([name, key], { message: `${shown(key)} is no key`, expected: KEY_EXPECTED, part: "KEY" });
    const entry = readValue(faults, [name, key], typeOf(key), value);
    if (entry !== null) entries.set(key, entry);
  }
  return { entries, keys };
}

function sectionEntries(
  source: Source,
  faults: Faults,
  name: string,
): readonly (readonly [string, unknown])[] {
  if (source.sections?.includes(name) !== true) return [];
  const entries = source.entries(name);
  if (entries === null)
    faults.add([name], { message: `found ${shown(source.read(name))}`, expected: `a map of ${name} by key` });
  return entries ?? [];
}

function readProfiles(source: Source, faults: Faults): Section<DraftProfile> {
  const entries = new Map<string, DraftProfile>();
  const keys = new Set<string>();
  for (const [key, value] of sectionEntries(source, faults, "profiles")) {
    keys.add(key);
    const path = ["profiles", key];
    if (!KEY.test(key))
      faults.add(path, { message: `${shown(key)} is no key`, expected: KEY_EXPECTED, part: "KEY" });
    if (key === "administrator" || key === "team-user") {
      readValue(faults, path, schema.fixedProfile, value);
    } else if (key === "standard") {
      const entry = readValue(faults, path, schema.standardProfile, value);
      if (entry !== null) entries.set(key, { kind: "STANDARD", entry });
    } else {
      const entry = readValue(faults, path, schema.customProfile, value);
      if (entry !== null) entries.set(key, { kind: "CUSTOM", entry });
    }
  }
  return { entries, keys };
}

function readUsers(source: Source, faults: Faults, spelling: Map<string, string>): Draft["users"] {
  const entries = new Map<string, Out<typeof schema.user>>();
  for (const [written, value] of sectionEntries(source, faults, "users")) {
    const path = ["users", written];
    if (!isEmail(written))
      faults.add(path, { message: `${shown(written)} is no address`, expected: EMAIL_EXPECTED, part: "KEY" });
    const email = foldEmail(written);
    const twin = spelling.get(email);
    if (twin !== undefined) {
      faults.add(path, {
        message: `${shown(written)} is the address of ${shown(twin)} too: case does not distinguish users`,
        part: "KEY",
        code: "CONFLICT",
        requirement: "UA-22",
      });
    }
    spelling.set(email, twin ?? written);
    const entry = readValue(faults, path, schema.user, value);
    if (entry !== null && twin === undefined) entries.set(email, entry);
  }
  return { entries, keys: new Set(spelling.keys()) };
}

function readRecords(source: Source, faults: Faults, onRecord: OnRecord): ReadonlyMap<string, RecordSection> {
  const modules = source.recordModules();
  if (modules === null)
    faults.add(["records"], { message: "found no map", expected: "a map of records by module" });
  const total = source.recordCount();
  let done = 0;
  const sections = new Map<string, RecordSection>();
  for (const module of modules ?? []) {
    const keys = new Set<string>();
    const written = source.records(module);
    if (written === null)
      faults.add(["records", module], { message: "found no map", expected: "a map of records by key" });
    const read = function* (): Iterable<[string, DraftRecord]> {
      for (const [key, value] of written ?? []) {
        done += 1;
        onRecord(done, total);
        keys.add(key);
        const path = ["records", module, key];
        if (!KEY.test(key))
          faults.add(path, { message: `${shown(key)} is no key`, expected: KEY_EXPECTED, part: "KEY" });
        const entry = readValue(faults, path, schema.record, value);
        if (entry !== null) yield [key, entry];
      }
    };
    sections.set(module, { entries: Packed.of(read()), keys });
  }
  return sections;
}

function readList<Schema extends z.ZodType>(
  faults: Faults,
  path: Path,
  type: Schema,
  value: unknown,
): Item<Out<Schema>>[] {
  if (!Array.isArray(value)) {
    faults.add(path, { message: `found ${shown(value)}`, expected: "a list" });
    return [];
  }
  return value.flatMap((each, index) => {
    const entry = readValue(faults, [...path, index], type, each);
    return entry === null ? [] : [{ index, entry }];
  });
}

function readExpectations(faults: Faults, value: unknown): DraftExpectations | null {
  const outer = readValue(faults, ["expect"], schema.expectShape, value);
  if (outer === null) return null;
  const { at, access = [], capabilities = [] } = outer;
  return {
    at: at ?? null,
    access: readList(faults, ["expect", "access"], schema.expectedAccess, access),
    capabilities: readList(faults, ["expect", "capabilities"], schema.expectedCapabilities, capabilities),
  };
}
