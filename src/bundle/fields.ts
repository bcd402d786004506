import type { FileField } from "../policy/organization-file.ts";
import type { DraftModule } from "./draft.ts";

/** A field as written, with every default filled in. */
export function fieldOf(written: DraftModule["fields"][string]): FileField {
  return {
    label: written.label ?? null,
    type: written.type,
    isRequired: written.required,
    options: "options" in written ? written.options : [],
    lookupModule: written.type === "LOOKUP" ? written.module : null,
  };
}
