import { InvalidInput, NotFound } from "../../kernel/fault.ts";
import type { FieldId, ModuleId } from "../../kernel/id.ts";
import type { Module } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { findField, findModule, type ModuleField } from "./modules.ts";

/** The module that an id names. @throws {NotFound} naming the input. */
export function reachedModule(viewer: Viewer, field: string, id: ModuleId): Module {
  const module = findModule(viewer, id);
  if (module === null) throw new NotFound(field);
  return module;
}

/** The field that an id names, with its module. @throws {NotFound} naming the input. */
export function reachedField(viewer: Viewer, field: string, id: FieldId): ModuleField {
  const found = findField(viewer, id);
  if (found === null) throw new NotFound(field);
  return found;
}

/** What may be left as it is, but not taken away. @throws {InvalidInput} for null, naming the input. */
export function readKept<Value>(field: string, value: Value | null | undefined, kept: Value): Value {
  if (value === null) throw new InvalidInput(field, "This cannot be taken away; leave it out to keep it.");
  return value ?? kept;
}

/** @throws {InvalidInput} `CONFIRMATION_REQUIRED` with what would be lost, unless it is said that it is meant. */
export function requireConfirmed(isConfirmed: boolean, loss: string): void {
  if (isConfirmed) return;
  throw new InvalidInput("input.confirm", `${loss} Send confirm: true when that is meant.`, {
    code: "CONFIRMATION_REQUIRED",
  });
}
