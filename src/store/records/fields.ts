import type { CriteriaField } from "../../policy/criteria/check.ts";
import type { Field, FieldType, Module } from "../../policy/model/org.ts";
import { reachedBy, type Viewer } from "../core/viewer.ts";
import { ATTRIBUTES, type Attribute, type Operand } from "../reach/query.ts";

/** The type that an attribute is compared as. */
const ATTRIBUTE_TYPE: Readonly<Record<Attribute, FieldType>> = {
  id: "LOOKUP",
  key: "TEXT",
  name: "TEXT",
  owner: "USER",
  createdBy: "USER",
  createdAt: "DATETIME",
  updatedAt: "DATETIME",
};

/** What may stand in a filter or an order: the attributes that every record has, and the fields of the module. */
export function comparableFields(module: Module): readonly CriteriaField[] {
  const attributes = ATTRIBUTES.map((key) => ({ key, type: ATTRIBUTE_TYPE[key], options: [] }));
  return [...attributes, ...module.fields];
}

/** The operand behind a name; null when the module has no such field. */
export function operandNamed(viewer: Viewer, module: Module, name: string): Operand | null {
  const attribute = ATTRIBUTES.find((each) => each === name);
  if (attribute !== undefined) return { kind: "ATTRIBUTE", attribute };
  const field = module.fields.find((each) => each.key === name);
  return field ? { kind: "FIELD", field, target: targetOf(viewer, field) } : null;
}

/** The reach that a lookup's target must be in to count as existing (SH-53). */
function targetOf(viewer: Viewer, field: Field): Extract<Operand, { kind: "FIELD" }>["target"] {
  const module = field.lookupModuleId === null ? undefined : viewer.policy.modules.get(field.lookupModuleId);
  return module ? reachedBy(viewer, module, "READ") : null;
}
