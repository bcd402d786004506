import type { FieldId } from "../../kernel/id.ts";
import { admitVanishingValues } from "../core/admit.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { reachedField, requireConfirmed } from "../directory/reached-module.ts";
import { breakRules, rulesAfter, wakesOfBroken } from "./broken-rules.ts";
import { fieldContent } from "./content.ts";
import { leaveToSweep } from "./removal.ts";

export type FieldRemoval = { readonly fieldId: FieldId; readonly isConfirmed: boolean };

/**
 * Deletes a field. Its values are hidden with it, and swept from the records later; rules that use it are broken, and a
 * field like it does not mend them (SH-32).
 */
export function deleteField(
  viewer: Viewer,
  { fieldId, isConfirmed }: FieldRemoval,
): Promise<{ readonly fieldId: FieldId }> {
  return write(viewer, "deleteField", {
    read: ({ viewer }) => {
      return reachedField(viewer, "input.id", fieldId);
    },
    change: async (writing, { module, field }) => {
      const { tx, viewer } = writing;
      const { orgId } = viewer;
      const mayVanish = admitVanishingValues(viewer, module);
      requireConfirmed(isConfirmed, `The field ${field.label ?? field.key} goes with every value of it.`);

      const { position } = await tx.field.delete({ where: { orgId_id: { orgId, id: fieldId } } });
      // Without a gap, as a file would have them.
      await tx.field.updateMany({
        where: { orgId, moduleId: module.id, position: { gt: position } },
        data: { position: { decrement: 1 } },
      });
      const fields = module.fields.filter((each) => each.id !== fieldId);
      const rules = rulesAfter(viewer, module, fields, field.key);
      const broken = await breakRules(writing, rules.broken);
      await leaveToSweep(tx, orgId, mayVanish, field.key, viewer.now);
      return {
        result: { fieldId },
        wakes: ["SWEEP_REMOVED", ...wakesOfBroken(broken)],
        happened: [
          ...broken,
          {
            action: "DELETE_FIELD",
            target: { type: "Field", id: fieldId },
            before: { moduleId: module.id, ...fieldContent(field) },
            after: null,
          },
        ],
      };
    },
  });
}
