import { foldEmail } from "../kernel/text.ts";
import { readFieldValue } from "../policy/criteria/field-value.ts";
import type { Draft, DraftRecord } from "./draft.ts";
import { fieldOf } from "./fields.ts";
import type { FileField, FileValue } from "./organization-file.ts";
import { type Found, listed, shown } from "./reading/faults.ts";
import type { Path } from "./reading/node.ts";

/** A record's values in stored form, and what is wrong with those that are left out; paths begin under `values`. */
export type ReadValues = {
  readonly values: ReadonlyMap<string, FileValue>;
  readonly faults: readonly ({ readonly path: Path } & Found)[];
};

/**
 * Reads the values of one record of the file: in stored form, with references to records and users of the file.
 *
 * A null value is no value. Nothing is read when the module is malformed, which is a fault of its own.
 */
export function readValues(draft: Draft, moduleKey: string, record: DraftRecord): ReadValues {
  const module = draft.modules.entries.get(moduleKey);
  const values = new Map<string, FileValue>();
  const faults: ({ path: Path } & Found)[] = [];
  if (module === undefined && draft.modules.keys.has(moduleKey)) return { values, faults };
  const fields = module?.fields ?? {};
  for (const [key, input] of Object.entries(record.values)) {
    const written = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (written === undefined) {
      const known = Object.keys(fields);
      faults.push({
        path: [key],
        part: "KEY",
        message: `${shown(moduleKey)} has no field ${shown(key)}`,
        expected: known.length === 0 ? "no values: the module has no fields" : `one of ${listed(known)}`,
      });
    } else if (input !== null) {
      const read = readValue(draft, fieldOf(written), input);
      if ("message" in read) faults.push({ path: [key], ...read });
      else values.set(key, read.value);
    }
  }
  for (const [key, { required }] of Object.entries(fields)) {
    const isWritten = Object.hasOwn(record.values, key);
    if (!required || (isWritten && (record.values[key] ?? null) !== null)) continue;
    faults.push({
      path: isWritten ? [key] : [],
      part: "KEY",
      message: `the required value ${shown(key)} is missing`,
      expected: "a value",
    });
  }
  return { values, faults };
}

function readValue(draft: Draft, field: FileField, input: unknown): { readonly value: FileValue } | Found {
  const read = readFieldValue(field, input);
  if (read.kind === "UNFIT")
    return { message: `${shown(input)} is no ${field.type}`, expected: read.expected };
  if (field.type === "USER") {
    const email = foldEmail(String(read.value));
    if (draft.users.keys.has(email)) return { value: { kind: "USER", email } };
    return { message: `there is no user ${shown(email)}`, expected: "the address of a user" };
  }
  if (field.lookupModule !== null) {
    const [module, key] = [field.lookupModule, String(read.value)];
    if (draft.records?.get(module)?.keys.has(key) === true) return { value: { kind: "RECORD", module, key } };
    return { message: `${shown(module)} has no record ${shown(key)}`, expected: "the key of a record" };
  }
  return { value: read.value };
}
