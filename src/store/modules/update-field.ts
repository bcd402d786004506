import { jsonOrNull } from "../../database/json.ts";
import type { FieldId } from "../../kernel/id.ts";
import type { Field, FieldType, Module } from "../../policy/model/org.ts";
import type { FieldValue } from "../../policy/model/values.ts";
import { admitVanishingValues } from "../core/admit.ts";
import { readExpectedVersion, requireVersion } from "../core/own-version.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import type { ModuleField } from "../directory/modules.ts";
import { reachedField, readKept, requireConfirmed } from "../directory/reached-module.ts";
import { breakRules, rulesAfter, wakesOfBroken } from "./broken-rules.ts";
import { fieldContent } from "./content.ts";
import { readFieldLabel, readFilling, readShape } from "./field-shape.ts";
import { affectedBy, EVERYTHING, type Keep, leaving, rewriteValues } from "./rewrite-values.ts";

/** Undefined leaves what the field has. */
export type FieldChange = {
  readonly fieldId: FieldId;
  /** Null: it is called by its key. */
  readonly label: string | null | undefined;
  readonly isRequired: boolean | null | undefined;
  /** The value that records without one get. */
  readonly fillWith: unknown;
  readonly type: FieldType | null | undefined;
  readonly options: readonly string[] | null | undefined;
  /** The field's version when its options were read: needed to replace them (SH-40). */
  readonly expectedVersion: number | null | undefined;
  readonly lookupModule: string | null | undefined;
  /** That values which do not fit any more are meant to go. */
  readonly isConfirmed: boolean;
};

/**
 * Changes a field. Another type or another module to point to takes every value away, options that go take away where
 * they were chosen; rules that use what changed are broken (SH-32). A label, an order, an option more changes nothing
 * else.
 */
export function updateField(viewer: Viewer, change: FieldChange): Promise<{ readonly fieldId: FieldId }> {
  return write(viewer, "updateField", {
    read: async ({ viewer }) => {
      const label = change.label === undefined ? undefined : readFieldLabel(change.label);
      const type = readKept("input.type", change.type, undefined);
      const isRequired = readKept("input.isRequired", change.isRequired, undefined);
      const { module, field: before } = reachedField(viewer, "input.id", change.fieldId);
      const after: Field = {
        ...before,
        ...readShape(viewer, { ...change, type: type ?? before.type }, before),
        label: label === undefined ? before.label : label,
        isRequired: isRequired ?? before.isRequired,
      };
      const replacesList = change.options !== undefined && before.options.length > 0;
      const expected = replacesList ? readExpectedVersion(change.expectedVersion, "Options") : null;
      const loss = lossOf(before, after);
      const isNeeded = after.isRequired && (loss.kind !== "NOTHING" || !before.isRequired);
      const fillWith = await readFilling(viewer, module, after, { input: change.fillWith, isNeeded });
      return { module, before, after, expected, loss, fillWith };
    },
    change: async (writing, { module, before, after, expected, loss, fillWith }) => {
      const keep = keepingAfter(writing.viewer, module, loss);
      if (expected !== null) requireVersion(expected, before.version);
      if (loss.kind !== "NOTHING") requireConfirmed(change.isConfirmed, sentenceOf(loss));

      const broken = await apply(writing, { module, field: after }, loss, keep, fillWith);
      return {
        result: { fieldId: before.id },
        wakes: wakesOfBroken(broken),
        happened: [
          ...broken,
          {
            action: "UPDATE_FIELD",
            target: { type: "Field", id: before.id },
            before: fieldContent(before),
            after: { ...fieldContent(after), ...(fillWith === null ? {} : { fillWith }) },
          },
        ],
      };
    },
  });
}

/** Which values do not fit the field any more. */
type Loss =
  | { readonly kind: "NOTHING" }
  | { readonly kind: "EVERYTHING" }
  | { readonly kind: "OPTIONS"; readonly removed: ReadonlySet<string> };

function lossOf(before: Field, after: Field): Loss {
  if (before.type !== after.type || before.lookupModuleId !== after.lookupModuleId)
    return { kind: "EVERYTHING" };
  const removed = new Set(before.options).difference(new Set(after.options));
  return removed.size > 0 ? { kind: "OPTIONS", removed } : { kind: "NOTHING" };
}

function sentenceOf(loss: Exclude<Loss, { kind: "NOTHING" }>): string {
  switch (loss.kind) {
    case "EVERYTHING":
      return "Every value of the field goes.";
    case "OPTIONS":
      return `Values go where they are ${[...loss.removed].map((option) => JSON.stringify(option)).join(", ")}.`;
  }
}

async function apply(
  writing: Writing,
  { module, field }: ModuleField,
  loss: Loss,
  keep: Keep,
  fillWith: FieldValue | null,
) {
  const { tx, viewer } = writing;
  const { orgId } = viewer;
  const { id, label, type, isRequired, options, lookupModuleId } = field;
  await tx.field.update({
    where: { orgId_id: { orgId, id } },
    data: {
      label,
      type,
      isRequired,
      options: jsonOrNull(options.length > 0 ? options : null),
      lookupModuleId,
      version: { increment: 1 },
    },
  });
  const fields = module.fields.map((each) => (each.id === id ? field : each));
  const rules = rulesAfter(viewer, module, fields, loss.kind === "EVERYTHING" ? field.key : null);
  const broken = await breakRules(writing, rules.broken);
  if (loss.kind !== "NOTHING" || fillWith !== null) {
    const rewriting = { moduleId: module.id, key: field.key, keep, fillWith };
    const { place, advice } = INSTEAD[loss.kind];
    await rewriteValues(writing, await affectedBy(writing, rewriting, place, advice), rules.kept);
  }
  return broken;
}

/** What is to be done where a loss, or filling what is empty, would change too many records. */
const INSTEAD: Readonly<Record<Loss["kind"], { readonly place: string; readonly advice: string }>> = {
  NOTHING: {
    place: "input.fillWith",
    advice: "Give records without a value theirs in several mass updates first.",
  },
  EVERYTHING: {
    place: "input.type",
    advice: "Delete the field, whose values are then removed in the background, and make a new one.",
  },
  OPTIONS: {
    place: "input.options",
    advice: "Give the records that have such an option another one in several mass updates first.",
  },
};

/** What values are after the loss, if the viewer may lose them. @throws {Forbidden} */
function keepingAfter(viewer: Viewer, module: Module, loss: Loss): Keep {
  if (loss.kind === "NOTHING") return EVERYTHING;
  return leaving(admitVanishingValues(viewer, module), (value) => leftOf(value, loss));
}

/** What a loss leaves of a value; of a list from which every option has gone, nothing. */
function leftOf(value: FieldValue, loss: Exclude<Loss, { kind: "NOTHING" }>): FieldValue | null {
  switch (loss.kind) {
    case "EVERYTHING":
      return null;
    case "OPTIONS": {
      if (typeof value !== "object") return loss.removed.has(String(value)) ? null : value;
      const left = value.filter((option) => !loss.removed.has(option));
      if (left.length === value.length) return value;
      return left.length === 0 ? null : left;
    }
  }
}
