import { v7 } from "uuid";
import { jsonOrNull } from "../../database/json.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type FieldId, type ModuleId } from "../../kernel/id.ts";
import { RESERVED_FIELDS } from "../../policy/model/naming.ts";
import type { Field, Module } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { type Writing, write } from "../core/write.ts";
import { readKey, requireFreeKey } from "../directory/key.ts";
import { reachedModule } from "../directory/reached-module.ts";
import { countRecords } from "../grants/application.ts";
import { breakRules, rulesAfter, wakesOfBroken } from "./broken-rules.ts";
import { fieldContent } from "./content.ts";
import { type FieldShapeInput, readFieldLabel, readFilling, readShape } from "./field-shape.ts";
import { sweepNow } from "./removal.ts";
import { affectedBy, NOTHING_BEFORE, rewriteValues } from "./rewrite-values.ts";

export type NewField = FieldShapeInput & {
  readonly moduleId: ModuleId;
  readonly key: string;
  /** Null: it is called by its key. */
  readonly label: string | null;
  readonly isRequired: boolean;
  /** The value that the records of the module get when it is required. */
  readonly fillWith: unknown;
};

/** Makes a field, after all others of its module. When it is required, every record has a value from the beginning. */
export function createField(viewer: Viewer, wanted: NewField): Promise<{ readonly fieldId: FieldId }> {
  return write(viewer, "createField", {
    read: async ({ viewer }) => {
      const { now } = viewer;
      const key = readFieldKey("input.key", wanted.key);
      const label = readFieldLabel(wanted.label);
      const module = reachedModule(viewer, "input.module", wanted.moduleId);
      const shape = readShape(viewer, wanted, null);
      const { isRequired } = wanted;
      const field: Field = { id: asId(v7({ msecs: now })), key, label, isRequired, ...shape, version: 0 };
      const filling = { input: wanted.fillWith, isNeeded: isRequired };
      const fillWith = await readFilling(viewer, module, field, filling);
      return { key, module, field, fillWith };
    },
    change: async (writing, { key, module, field, fillWith }) => {
      const { tx, viewer } = writing;
      const { orgId } = viewer;
      requireFreeKey("input.key", key, "Field", module.fields);
      // Values of a field that had the key are nobody's, and must not be this one's.
      await requireSwept(writing, module, key);

      const { options, ...columns } = field;
      const inModule = { orgId, moduleId: module.id };
      const last = await tx.field.aggregate({ where: inModule, _max: { position: true } });
      await tx.field.create({
        data: {
          ...inModule,
          ...columns,
          options: jsonOrNull(options.length > 0 ? options : null),
          position: (last._max.position ?? -1) + 1,
        },
      });
      const rules = rulesAfter(viewer, module, [...module.fields, field], null);
      const broken = await breakRules(writing, rules.broken);
      // A new field has no values; what might lie under its key all the same is a remnant.
      if (fillWith !== null) {
        const rewriting = { moduleId: module.id, key, keep: NOTHING_BEFORE, fillWith };
        const affected = await affectedBy(writing, rewriting, "input.fillWith", FILL_FIRST);
        await rewriteValues(writing, affected, rules.kept);
      }
      return {
        result: { fieldId: field.id },
        wakes: wakesOfBroken(broken),
        happened: [
          ...broken,
          {
            action: "CREATE_FIELD",
            target: { type: "Field", id: field.id },
            before: null,
            after: {
              moduleId: module.id,
              ...fieldContent(field),
              ...(fillWith === null ? {} : { fillWith }),
            },
          },
        ],
      };
    },
  });
}

const FILL_FIRST =
  "Make the field without isRequired, give the records their values in several mass updates, and then require it.";

/** So many records are swept at once, where a field is made under a key that is being swept. */
const MOST_SWEPT = 5_000;

/**
 * Sweeps what a field of before has left under the key, as far as that is no more than others may wait for.
 *
 * @throws {InvalidInput} `CONFLICT` while more is being swept in the background.
 */
async function requireSwept(
  { tx, viewer }: Writing,
  { id: moduleId, label }: Module,
  key: string,
): Promise<void> {
  const { orgId, store, request } = viewer;
  const removal = await tx.removal.findFirst({ where: { orgId, moduleId, key }, select: { id: true } });
  if (removal === null) return;
  if ((await countRecords(tx, orgId, moduleId)) > MOST_SWEPT)
    throw new InvalidInput(
      "input.key",
      `The values of the field ${key} that ${label} had are still being removed: try again in a few minutes, or take another key.`,
      { code: "CONFLICT", requirement: "SH-32" },
    );
  await sweepNow(store.database.kind, tx, orgId, { moduleId, key }, request.signal);
}

function readFieldKey(place: string, text: string): string {
  const key = readKey(place, text);
  if (!RESERVED_FIELDS.includes(key)) return key;
  throw new InvalidInput(place, `Every record has ${key} already, besides its fields.`);
}
