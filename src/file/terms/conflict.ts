import type { InputCode } from "../../kernel/fault.ts";
import type { DocumentPath } from "../reading/node.ts";

/** One entry of the file that only the organisation's present state shows to be wrong. */
export type Conflict = {
  /** Keys from the top of the file. */
  readonly path: DocumentPath;
  readonly message: string;
  readonly expected: string;
  readonly code: InputCode;
};

/** The file is sound by itself but does not fit what is there: every such entry. Nothing was written. */
export class FileConflicts extends Error {
  override readonly name = "FileConflicts";
  readonly conflicts: readonly Conflict[];

  constructor(conflicts: readonly Conflict[]) {
    super(conflicts.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
    this.conflicts = conflicts;
  }
}
