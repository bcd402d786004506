import type { Instant } from "../../kernel/instant.ts";
import type { Question } from "../model/policy.ts";

export type GateName = "STATUS" | "APPLICATION" | "TEAM_LICENSE" | "PROFILE" | "SUPPORT";

/** Why a gate is shut. */
export type Refusal = {
  readonly gate: GateName;
  /** One sentence for a person. */
  readonly sentence: string;
  /** The requirement behind it, where the specification numbers the line (TU-12a). */
  readonly requirement?: string;
};

/**
 * Something that must hold before any grant counts. A gate narrows and never widens; one shut gate beats every grant.
 */
export type Gate = {
  readonly name: GateName;
  /** Null when the gate is open for the question. */
  readonly refuse: (question: Question) => Refusal | null;
  /** The next instant at which the answer may change by itself; absent when it never does. */
  readonly nextChange?: (question: Question) => Instant | null;
};
