import { InvalidInput } from "../../kernel/fault.ts";
import type { FieldId, ModuleId } from "../../kernel/id.ts";
import { didYouMean } from "../../kernel/nearest.ts";
import { compareText } from "../../kernel/text.ts";
import { RESERVED_MODULES } from "../../policy/model/naming.ts";
import { type Field, FORECASTS, type Module } from "../../policy/model/org.ts";
import { once } from "../../policy/model/policy.ts";
import type { Viewer } from "../core/viewer.ts";
import { sortedOnce } from "./sorted.ts";

/** The modules of the organisation, by label: structure that every active member reads (AP-23). */
export function listModules(viewer: Viewer): readonly Module[] {
  return sortedOnce(viewer.policy, "modules", "ALL", () =>
    viewer.policy.org.modules.toSorted((a, b) => compareText(a.label, b.label) || compareText(a.id, b.id)),
  );
}

export function findModule(viewer: Viewer, id: ModuleId): Module | null {
  return viewer.policy.modules.get(id) ?? null;
}

export function findModuleByKey(viewer: Viewer, key: string): Module | null {
  return viewer.policy.modulesByKey.get(key) ?? null;
}

/**
 * The module that an argument names. Module keys are not secret, so an unknown one is a mistake of the asker (AP-04).
 *
 * @throws {InvalidInput} naming the argument.
 */
export function moduleNamed(viewer: Viewer, argument: string, key: string): Module {
  const module = findModuleByKey(viewer, key);
  if (module === null)
    throw new InvalidInput(
      argument,
      `There is no module ${JSON.stringify(key)}.${didYouMean(
        key,
        viewer.policy.org.modules.map((each) => each.key),
      )}`,
    );
  return module;
}

/**
 * The module that an input names, if a default, a rule or a share can be set for it.
 *
 * @throws {InvalidInput} for what hangs on records (SH-08), for `forecasts` (SH-09), and for an unknown key.
 */
export function sharedModule(
  viewer: Viewer,
  field: string,
  key: string,
  noun: "default" | "sharing rule",
): Module {
  if (RESERVED_MODULES.includes(key))
    throw new InvalidInput(field, `There is no ${noun} for ${key}: they follow their record.`, {
      requirement: "SH-08",
    });
  if (key === FORECASTS)
    throw new InvalidInput(field, `There is no ${noun} for ${key}: they are always private.`, {
      requirement: "SH-09",
    });
  return moduleNamed(viewer, field, key);
}

/** A field with the module that it belongs to. */
export type ModuleField = { readonly module: Module; readonly field: Field };

/** The fields of a module, in its own order. */
export function fieldsIn(module: Module): readonly ModuleField[] {
  return module.fields.map((field) => ({ module, field }));
}

export function findField(viewer: Viewer, id: FieldId): ModuleField | null {
  const fields = once(
    viewer.policy,
    "fields by id",
    () => new Map(viewer.policy.org.modules.flatMap(fieldsIn).map((each) => [each.field.id, each])),
  );
  return fields.get(id) ?? null;
}
