import type { DraftModule } from "./draft.ts";
import type { FileField } from "./organization-file.ts";

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
