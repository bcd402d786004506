import { foldEmail } from "../../../kernel/text.ts";
import { readFieldValue } from "../../../policy/criteria/field-value.ts";
import { MOST_CHARACTERS } from "../../../policy/model/values.ts";
import { type Found, listed, shown } from "../../reading/faults.ts";
import type { DocumentPath } from "../../reading/node.ts";
import { isRecord, noRecord } from "../../terms/references.ts";
import type { FileField } from "../modules/index.ts";
import type { Draft } from "../section.ts";
import type { DraftRecord, FileValue } from "./index.ts";

/** A record's values in stored form, and what is wrong with those that are left out; paths begin under `values`. */
export type ReadValues = {
  readonly values: ReadonlyMap<string, FileValue>;
  readonly faults: readonly ({ readonly path: DocumentPath } & Found)[];
};

/**
 * Reads the values of one record of the file: in stored form, with references to records and users of the file.
 *
 * A null value is no value; a required lookup may say null, no other field that is required. Nothing is read when the module is malformed, which is a fault of its own.
 */
export function readValues(draft: Draft, moduleKey: string, record: DraftRecord): ReadValues {
  const module = draft.modules.entries.get(moduleKey);
  const values = new Map<string, FileValue>();
  const faults: ({ path: DocumentPath } & Found)[] = [];
  if (module === undefined && draft.modules.keys.has(moduleKey)) return { values, faults };
  const fields: ReadonlyMap<string, FileField> = module?.fields ?? new Map();
  for (const [key, input] of Object.entries(record.values)) {
    const field = fields.get(key);
    if (field === undefined) {
      faults.push({
        path: [key],
        part: "KEY",
        message: `${shown(moduleKey)} has no field ${shown(key)}`,
        expected:
          fields.size === 0
            ? "no values: the module has no fields"
            : `one of ${listed(new Set(fields.keys()))}`,
        near: [key, [...fields.keys()]],
      });
    } else if (input !== null) {
      const read = readValue(draft, field, input);
      if ("message" in read) faults.push({ path: [key], ...read });
      else values.set(key, read.value);
    }
  }
  faults.push(...missing(fields, record));
  const size = JSON.stringify(record.values).length;
  if (size > MOST_CHARACTERS)
    faults.push({
      path: [],
      message: `the values have ${size} characters`,
      expected: `at most ${MOST_CHARACTERS} together`,
      requirement: "AP-17",
    });
  return { values, faults };
}

/** A lookup whose target was deleted is null until the record is written next, and a file may say so (SH-53). */
function* missing(
  fields: ReadonlyMap<string, FileField>,
  { values }: DraftRecord,
): Iterable<ReadValues["faults"][number]> {
  for (const [key, { isRequired, lookupModule }] of fields) {
    const isWritten = Object.hasOwn(values, key);
    const isThere = isWritten && (lookupModule !== null || (values[key] ?? null) !== null);
    if (!isRequired || isThere) continue;
    yield {
      path: isWritten ? [key] : [],
      part: "KEY",
      message: `the required value ${shown(key)} is missing`,
      expected: lookupModule === null ? "a value" : "a value, or null when what it pointed to was deleted",
    };
  }
}

function readValue(draft: Draft, field: FileField, input: unknown): { readonly value: FileValue } | Found {
  const read = readFieldValue(field, input);
  if (read.kind === "UNFIT") {
    const near = read.near === undefined ? {} : { near: read.near };
    return { message: `${shown(input)} is no ${field.type}`, expected: read.expected, ...near };
  }
  if (field.type === "USER") {
    const email = foldEmail(String(read.value));
    if (draft.users.keys.has(email)) return { value: { kind: "USER", email } };
    return {
      message: `there is no user ${shown(email)}`,
      expected: "the address of a user",
      near: [email, draft.users.keys],
    };
  }
  if (field.lookupModule !== null) {
    const [module, key] = [field.lookupModule, String(read.value)];
    return isRecord(draft, module, key)
      ? { value: { kind: "RECORD", module, key } }
      : noRecord(draft, module, key);
  }
  return { value: read.value };
}
