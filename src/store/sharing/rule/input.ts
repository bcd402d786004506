import { InvalidInput, NotFound } from "../../../kernel/fault.ts";
import { asId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";
import { mapConstants, textConstants } from "../../../policy/criteria/criteria.ts";
import type { Condition } from "../../../policy/model/condition.ts";
import type { Field, Module, SharingRule } from "../../../policy/model/org.ts";
import type { Viewer } from "../../core/viewer.ts";
import { nounOf, readReference } from "../../directory/reference.ts";
import { findPerson } from "../../directory/users.ts";
import { admitDatesIn, conditionOf, placeIn, type RecordFilter } from "../../records/filter.ts";
import { recordRows } from "../../records/row.ts";

/** When a rule is to end; null when it is not. @throws {InvalidInput} for what is no instant to come. */
export function readExpiry(field: string, expiresAt: Instant | null, now: Instant): Instant | null {
  if (expiresAt === null || expiresAt > now) return expiresAt;
  throw new InvalidInput(field, "A sharing rule expires in the future. To end it now, deactivate it.");
}

/** A record or a user that criteria name, with the place in the input that names it. */
type Reference = { readonly field: Field; readonly id: string; readonly place: string };

/** Criteria in stored form, and what they refer to, which nobody has looked up yet. */
export type ReadCriteria = { readonly condition: Condition; readonly references: readonly Reference[] };

/**
 * Reads the criteria that a client writes, in the shape of a record filter over the module's own fields: nothing is
 * relative to the owner, the viewer or time (SH-32). References are global ids.
 *
 * @throws {InvalidInput} naming the place in the input, such as `input.criteria.all.0.compare.value`.
 */
export function readCriteria(module: Module, place: string, criteria: RecordFilter): ReadCriteria {
  const written = conditionOf(place, criteria, module.fields, "SH-32");
  const fields = new Map(module.fields.map((field) => [field.key, field]));
  const references = textConstants(written).flatMap(({ field: key, constant, path }): Reference[] => {
    const field = fields.get(key);
    const noun = field ? nounOf(field.type) : null;
    const here = placeIn(place, path);
    return field && noun !== null ? [{ field, id: readReference(noun, here, constant), place: here }] : [];
  });
  const condition = mapConstants(written, (constant, key) => {
    const field = fields.get(key);
    const noun = field ? nounOf(field.type) : null;
    return noun === null ? constant : readReference(noun, place, String(constant));
  });
  return { condition, references };
}

/** Admits the viewer to the dates that the criteria of a rule compare with (D20). @throws {Forbidden} */
export function admitCriteriaDates(
  viewer: Viewer,
  { moduleId, criteria }: Pick<SharingRule, "moduleId" | "criteria">,
): void {
  if (criteria === null || criteria === "UNREADABLE") return;
  admitDatesIn(viewer, viewer.policy.modules.get(moduleId)?.fields ?? [], criteria);
}

/**
 * Looks up what criteria refer to. A record that the viewer does not reach is one that does not exist (SH-53), and so
 * is one of another module than the lookup's.
 *
 * @throws {NotFound} naming the place in the input.
 */
export async function requireReferences(viewer: Viewer, { references }: ReadCriteria): Promise<void> {
  const lookups = references.filter(({ field }) => field.type === "LOOKUP");
  const ids = [...new Set(lookups.map(({ id }) => asId<"Record">(id)))];
  const rows = await recordRows(viewer).loadMany(ids);
  const modules = new Map(
    rows.flatMap((row) => {
      if (row instanceof Error) throw row;
      return row === null ? [] : [[row.id, row.moduleId] as const];
    }),
  );
  for (const { field, id, place } of references) {
    const isThere =
      field.type === "LOOKUP"
        ? modules.get(asId(id)) === field.lookupModuleId
        : findPerson(viewer, asId(id)) !== null;
    if (!isThere) throw new NotFound(place);
  }
}
