import { InvalidInput } from "../../kernel/fault.ts";
import type { ModuleId } from "../../kernel/id.ts";
import { missingOfName } from "../../kernel/name.ts";
import { MAX_OPTIONS } from "../../policy/model/naming.ts";
import type { Field, FieldType, Module } from "../../policy/model/org.ts";
import type { FieldValue } from "../../policy/model/values.ts";
import type { Viewer } from "../core/viewer.ts";
import { readName } from "../directory/input.ts";
import { moduleNamed } from "../directory/modules.ts";
import { readValues } from "../records/input.ts";

/** What decides which values fit a field. */
export type FieldShape = Pick<Field, "type" | "options" | "lookupModuleId">;

export type FieldShapeInput = {
  readonly type: FieldType;
  /** Undefined leaves those that the field has. */
  readonly options: readonly string[] | null | undefined;
  /** The key of a module; undefined leaves the one that the field points to. */
  readonly lookupModule: string | null | undefined;
};

/**
 * Reads the shape of a field: options always and only for picklists, a module to point to for a lookup.
 *
 * @param before the field as it is; null when it is being made.
 * @throws {InvalidInput} naming the input.
 */
export function readShape(viewer: Viewer, wanted: FieldShapeInput, before: Field | null): FieldShape {
  return {
    type: wanted.type,
    options: readOptions(wanted, before),
    lookupModuleId: readLookupModule(viewer, wanted, before),
  };
}

function readOptions({ type, options }: FieldShapeInput, before: Field | null): readonly string[] {
  const place = "input.options";
  if (!isPicklist(type)) {
    if (options != null) throw new InvalidInput(place, `A field of type ${type} offers no options.`);
    return [];
  }
  if (options === undefined && before !== null && isPicklist(before.type)) return before.options;
  if (options == null || options.length === 0)
    throw new InvalidInput(place, `A field of type ${type} offers at least one option.`);
  const present = new Set(before?.options);
  const most = Math.max(MAX_OPTIONS, present.size);
  if (options.length > most)
    throw new InvalidInput(place, `A field offers at most ${most} options, not ${options.length}.`, {
      requirement: "AP-10",
    });
  const seen = new Set<string>();
  for (const [at, option] of options.entries()) {
    // An option that stands already may be from a version that asked for less.
    const missing = present.has(option) ? null : missingOfName(option);
    if (missing !== null) throw new InvalidInput(`${place}.${at}`, `An option has ${missing}.`);
    if (seen.has(option))
      throw new InvalidInput(`${place}.${at}`, `${JSON.stringify(option)} is offered twice.`);
    seen.add(option);
  }
  return options;
}

function readLookupModule(
  viewer: Viewer,
  { type, lookupModule }: FieldShapeInput,
  before: Field | null,
): ModuleId | null {
  const place = "input.lookupModule";
  if (type !== "LOOKUP") {
    if (lookupModule != null) throw new InvalidInput(place, `A field of type ${type} points to no module.`);
    return null;
  }
  if (lookupModule === undefined && before?.type === "LOOKUP") return before.lookupModuleId;
  if (lookupModule == null)
    throw new InvalidInput(place, "A field of type LOOKUP points to a module: name its key.");
  return moduleNamed(viewer, place, lookupModule).id;
}

function isPicklist(type: FieldType): boolean {
  return type === "PICKLIST" || type === "MULTI_PICKLIST";
}

/** Reads a label; without one a field is called by its key. @throws {InvalidInput} naming the input. */
export function readFieldLabel(text: string | null): string | null {
  return text === null ? null : readName("input.label", text);
}

/**
 * Reads the value that records without one are to get, like any value of the field: references are global ids, and
 * point to what the viewer reaches.
 *
 * It is asked for by what is to become of the field alone. Whether any record lacks a value must not show.
 *
 * @throws {InvalidInput} and {NotFound} naming the input.
 */
export async function readFilling(
  viewer: Viewer,
  module: Module,
  field: Field,
  { input, isNeeded }: { readonly input: unknown; readonly isNeeded: boolean },
): Promise<FieldValue | null> {
  const place = "fillWith";
  if (input == null) {
    if (!isNeeded) return null;
    throw new InvalidInput(
      `input.${place}`,
      "Say which value records without one get: the field is required.",
    );
  }
  if (!field.isRequired)
    throw new InvalidInput(
      `input.${place}`,
      "Only a required field is filled in: send isRequired: true too.",
    );
  const only: Module = { ...module, fields: [{ ...field, key: place }] };
  const values = await readValues(viewer, only, "input", { [place]: input }, {});
  return values[place] ?? null;
}
