import { InvalidInput } from "../../kernel/fault.ts";
import { fromGlobalId } from "../../kernel/global-id.ts";
import { ABSENT_ID } from "../../kernel/id.ts";
import type { FieldType } from "../../policy/model/org.ts";

/** What the values of a field refer to; null when they are no references. */
export function nounOf(type: FieldType): "Record" | "User" | null {
  return type === "LOOKUP" ? "Record" : type === "USER" ? "User" : null;
}

/**
 * The id that a global id names as a reference to a noun. The global id of another noun names nothing, and is looked up
 * like an id that is not there (AP-03).
 *
 * @throws {InvalidInput} naming the place in the input.
 */
export function readReference(noun: "Record" | "User", place: string, globalId: string): string {
  const named = fromGlobalId(globalId);
  if (named === null) throw new InvalidInput(place, "A reference is a global id.", { requirement: "AP-01" });
  return named.type === noun ? named.id : ABSENT_ID;
}
