import type { Field, Module } from "../../policy/model/org.ts";
import type { FieldFacts, ModuleFacts } from "../core/audit-event.ts";

/** A module as an audit event tells it; its fields have events of their own. */
export function moduleContent({ key, label, kind, defaultAccess, isOpenToTeam }: Module): ModuleFacts {
  return { key, label, kind, defaultAccess, isOpenToTeam };
}

/** A field as an audit event tells it. */
export function fieldContent({ key, label, type, isRequired, options, lookupModuleId }: Field): FieldFacts {
  return {
    key,
    label,
    type,
    isRequired,
    ...(options.length > 0 ? { options } : {}),
    ...(lookupModuleId === null ? {} : { lookupModuleId }),
  };
}
