import { InvalidInput, MOST_FAULTS_TOLD, NotFound, together } from "../../kernel/fault.ts";
import { asId, type UserId } from "../../kernel/id.ts";
import { didYouMean } from "../../kernel/nearest.ts";
import { readFieldValue } from "../../policy/criteria/field-value.ts";
import type { Field, Module } from "../../policy/model/org.ts";
import {
  charactersIn,
  type FieldValue,
  type FieldValues,
  MOST_CHARACTERS,
} from "../../policy/model/values.ts";
import { holds } from "../../policy/rights/holding.ts";
import type { Viewer } from "../core/viewer.ts";
import { personNamed } from "../directory/named.ts";
import { nounOf, readReference } from "../directory/reference.ts";
import { recordRows } from "./row.ts";
import { valueIn } from "./values.ts";

/** New values of some fields; null takes a value away. */
type Change = ReadonlyMap<string, FieldValue | null>;

/**
 * Reads the values that a client writes: those that are named replace the present ones, null takes one away, the rest
 * stays. References are global ids.
 *
 * All that is wrong with the shape is refused before any reference is looked up (AP-04). A record that the viewer does
 * not reach is one that does not exist (SH-53).
 *
 * @param before the present values; null when the record is being made, so that required values must be there.
 * @returns all values afterwards.
 * @throws {InvalidInput} and {NotFound} naming the field, below `place`.
 */
export async function readValues(
  viewer: Viewer,
  module: Module,
  place: string,
  input: unknown,
  before: FieldValues | null,
): Promise<FieldValues> {
  const { change, faults } = readShape(module, place, input);
  const values = merged(before ?? {}, change);
  const wrong = new Set(faults.map(({ field }) => field));
  for (const { key, isRequired } of module.fields) {
    // A value that became required later may still be missing where it is not written.
    const isWritten = before === null || change.has(key);
    const field = `${place}.${key}`;
    if (isRequired && isWritten && valueIn(values, key) === null && !wrong.has(field))
      faults.push(new InvalidInput(field, `${module.label} requires a value for ${key}.`));
  }
  if (faults.length > 0) throw together(faults);
  requireSize(place, values, before);
  await Promise.all(
    module.fields.map((field) =>
      refer(
        viewer,
        field,
        `${place}.${field.key}`,
        change.get(field.key) ?? null,
        before && valueIn(before, field.key),
      ),
    ),
  );
  return values;
}

/** What is larger already may be made smaller, or stay as large. */
function requireSize(place: string, values: FieldValues, before: FieldValues | null): void {
  const size = charactersIn(values);
  if (size <= Math.max(MOST_CHARACTERS, before === null ? 0 : charactersIn(before))) return;
  throw new InvalidInput(
    place,
    `The values of a record have at most ${MOST_CHARACTERS} characters together, not ${size}.`,
    { requirement: "AP-17" },
  );
}

function merged(before: FieldValues, change: Change): FieldValues {
  const values = new Map(Object.entries(before));
  for (const [key, value] of change) {
    if (value === null) values.delete(key);
    else values.set(key, value);
  }
  return Object.fromEntries(values);
}

/** Values are an object, or left out. @throws {InvalidInput} naming the input. */
export function requireValues(place: string, input: unknown): Readonly<Record<string, unknown>> {
  if (input === undefined || input === null) return {};
  if (typeof input !== "object" || Array.isArray(input))
    throw new InvalidInput(place, "Values are an object: field keys and what they become.");
  return input as Readonly<Record<string, unknown>>;
}

/** What was written, and all that is wrong with it: who mends one fault is not told of the next only then (AP-13). */
function readShape(
  module: Module,
  place: string,
  input: unknown,
): { readonly change: Change; readonly faults: InvalidInput[] } {
  const fields = new Map(module.fields.map((field) => [field.key, field]));
  const change = new Map<string, FieldValue | null>();
  const faults: InvalidInput[] = [];
  for (const [key, value] of Object.entries(requireValues(place, input))) {
    try {
      change.set(key, readNamed(module, fields, place, key, value));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      faults.push(error);
      if (faults.length === MOST_FAULTS_TOLD) break;
    }
  }
  return { change, faults };
}

function readNamed(
  module: Module,
  fields: ReadonlyMap<string, Field>,
  place: string,
  key: string,
  value: unknown,
): FieldValue | null {
  const field = fields.get(key);
  if (field !== undefined) return value === null ? null : readValue(field, `${place}.${key}`, value);
  throw new InvalidInput(
    `${place}.${key}`,
    `${module.label} has no field ${JSON.stringify(key)}.${didYouMean(key, fields.keys())}`,
  );
}

function readValue(field: Field, place: string, input: unknown): FieldValue {
  const read = readFieldValue(field, input);
  if (read.kind === "UNFIT") {
    const near = read.near === undefined ? "" : didYouMean(...read.near);
    throw new InvalidInput(place, `This is no ${field.type}: expected ${read.expected}.${near}`);
  }
  const noun = nounOf(field.type);
  return noun === null ? read.value : readReference(noun, place, String(read.value));
}

async function refer(
  viewer: Viewer,
  field: Field,
  place: string,
  value: FieldValue | null,
  before: FieldValue | null,
): Promise<void> {
  if (value === null) return;
  switch (field.type) {
    case "LOOKUP": {
      const target = await recordRows(viewer).load(asId(String(value)));
      if (target === null || target.moduleId !== field.lookupModuleId) throw new NotFound(place);
      return;
    }
    case "USER":
      if (value !== before) referToUser(viewer, place, asId(String(value)));
      return;
    case "TEXT":
    case "NUMBER":
    case "BOOLEAN":
    case "DATE":
    case "DATETIME":
    case "PICKLIST":
    case "MULTI_PICKLIST":
    case "EMAIL":
      return;
  }
}

function referToUser(viewer: Viewer, place: string, id: UserId): void {
  const user = personNamed(viewer, place, id);
  if (holds(viewer.policy, user, "BE_LOOKED_UP", viewer.now)) return;
  throw new InvalidInput(place, `${user.name} cannot be looked up.`, {
    ...(user.license === "TEAM" ? { requirement: "TU-12h" } : {}),
  });
}
