import type { Question } from "../model/policy.ts";
import { application } from "./application.ts";
import type { Gate, Refusal } from "./gate.ts";
import { profile } from "./profile.ts";
import { status } from "./status.ts";
import { support } from "./support.ts";
import { teamLicense } from "./team-license.ts";

/** Every gate, in the order in which an explanation names them. */
export const GATES: readonly Gate[] = [status, application, teamLicense, profile, support];

/** The gates that are shut for the question; empty when grants count. */
export function refusalsOf(question: Question): readonly Refusal[] {
  return GATES.flatMap((gate) => gate.refuse(question) ?? []);
}
