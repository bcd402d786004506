import type { InputCode } from "../../kernel/fault.ts";
import { shown } from "../reading/faults.ts";
import type { DocumentPath } from "../reading/node.ts";
import { cycleText } from "./cycles.ts";

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

/** So many circles are told. */
const TOLD = 20;

/**
 * Refuses to leave circles in force among what the file does not name: nothing could be decided about anybody.
 *
 * @throws {FileConflicts} when there are any.
 */
export function refuseLeftCircles(
  noun: "roles" | "users" | "groups",
  circles: readonly (readonly string[])[],
): void {
  if (circles.length === 0) return;
  throw new FileConflicts(
    circles.slice(0, TOLD).map((circle) => ({
      path: [noun],
      message: `what the file does not name goes round in a circle: ${cycleText(circle)}`,
      expected: `${shown(circle[0] ?? "")} in the file too, or --prune`,
      code: "CONFLICT",
    })),
  );
}
