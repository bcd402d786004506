import { z } from "zod";
import type { Instant } from "../../../kernel/instant.ts";
import type { FieldValue } from "../../../policy/model/values.ts";
import { Packed } from "../../reading/packed.ts";
import { checkKey, type Entries, isWritten, type Reading, readValue } from "../../terms/entries.ts";
import { entry, type Printed, printedInstant, sorted, unlessEmpty } from "../../terms/lines.ts";
import { closed, email, instant, key, name, type RecordReference } from "../../terms/shape.ts";
import type { FileField } from "../modules/index.ts";
import type { Draft, OrganizationFile, Section } from "../section.ts";
import { checkRecords } from "./check.ts";
import { exportRecords } from "./export.ts";
import { identifyRecords, importRecords } from "./import.ts";
import { readValues } from "./values.ts";

export type FileRecord = {
  /** Address of a user, or of the agent of `supportAccess` (SA-08). */
  readonly owner: string;
  readonly name: string;
  /** By field key; null values are absent. */
  readonly values: ReadonlyMap<string, FileValue>;
  /** Null: the instant of loading. */
  readonly createdAt: Instant | null;
};

/** A value in stored form, but for LOOKUP and USER, which name what they point to. */
export type FileValue =
  | FieldValue
  | ({ readonly kind: "RECORD" } & RecordReference)
  | { readonly kind: "USER"; readonly email: string };

const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

const shape = closed({
  owner: email.describe("One of `users`, or the agent of `supportAccess`."),
  name: name.describe("What people call it."),
  values: z
    .record(z.string(), value)
    .default({})
    .describe("By field of the module: a `LOOKUP` is the key of a record, a `USER` an address."),
  createdAt: instant
    .refine((at) => at >= 0, { error: "no earlier than 1970" })
    .optional()
    .describe("When it was made; when the file was applied unless said."),
});

/** A record as written: plain data, which can be packed. */
export type DraftRecord = z.output<typeof shape>;

/** The records of a module, which may be many. */
export type RecordEntries = Entries<DraftRecord> & { readonly entries: Packed<DraftRecord> };

/** Records are many: they are read, printed and written one by one or in batches, and kept as text (BU-06). */
export const records: Section<"records"> = {
  shapes: {
    records: z
      .record(key, z.record(key, shape))
      .optional()
      .describe("Records by module and key. A file without this section says nothing of any."),
  },
  read,
  check: checkRecords,
  complete,
  print,
  rows: { identities: identifyRecords, namingRecords: importRecords },
  export: exportRecords,
};

function read(reading: Reading): Draft["records"] {
  if (!isWritten(reading, "records")) return null;
  const { source, faults, onRecord } = reading;
  const modules = source.recordModules();
  if (modules === null)
    faults.add(["records"], { message: "found no map", expected: "a map of records by module" });
  const total = source.recordCount();
  let done = 0;
  const sections = new Map<string, RecordEntries>();
  for (const module of modules ?? []) {
    const keys = new Set<string>();
    const written = source.records(module);
    if (written === null)
      faults.add(["records", module], { message: "found no map", expected: "a map of records by key" });
    const readAll = function* (): Iterable<[string, DraftRecord]> {
      for (const [key, value] of written ?? []) {
        done += 1;
        onRecord(done, total);
        keys.add(key);
        const path = ["records", module, key];
        checkKey(reading, path, key);
        const entry = readValue(reading, path, shape, value);
        if (entry !== null) yield [key, entry];
      }
    };
    sections.set(module, { entries: Packed.of(readAll()), keys });
  }
  return sections;
}

/** Unpacks and completes each record when it is asked for. */
function complete(draft: Draft): OrganizationFile["records"] {
  if (draft.records === null) return null;
  return new Map(
    [...draft.records].map(([module, { entries }]) => [
      module,
      entries.mapped(
        (record): FileRecord => ({
          owner: record.owner,
          name: record.name,
          values: readValues(draft, module, record).values,
          createdAt: record.createdAt ?? null,
        }),
      ),
    ]),
  );
}

function* print({ modules, records }: OrganizationFile): Iterable<string> {
  if (records === null) return;
  if (records.size === 0) {
    yield entry(0, "records", {});
    return;
  }
  yield "records:";
  for (const [module, entries] of sorted(records)) {
    const fields = [...(modules.get(module)?.fields ?? [])];
    if (entries.size === 0) yield entry(1, module, {});
    else yield `  ${module}:`;
    for (const [key, each] of sorted(entries)) yield entry(2, key, printed(each, fields));
  }
}

function printed(
  { owner, name, values, createdAt }: FileRecord,
  fields: readonly (readonly [string, FileField])[],
): Printed {
  const inOrder = fields.flatMap(([key, { isRequired, lookupModule }]): [string, Printed][] => {
    const value = values.get(key);
    if (value !== undefined) return [[key, printedValue(value)]];
    // That the target was deleted is said: leaving a required value out would be a mistake (SH-53).
    return isRequired && lookupModule !== null ? [[key, null]] : [];
  });
  return {
    owner,
    name,
    values: unlessEmpty(Object.fromEntries(inOrder)),
    createdAt: printedInstant(createdAt),
  };
}

function printedValue(value: FileValue): Printed {
  if (typeof value !== "object") return value;
  if (!("kind" in value)) return value;
  return value.kind === "RECORD" ? value.key : value.email;
}
