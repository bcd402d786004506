import type { Facts } from "../mutations-random/facts.ts";
import type { Outcome, Step } from "../mutations-random/step.ts";
import type { OrganizationFile } from "../oracle/file.ts";

/** One mutation as somebody sends it. */
export type Sent = Pick<Step, "mutation" | "as" | "input" | "select">;

/**
 * Two mutations that meet, on as many subjects as there are repetitions: subject `n` has rows of its own in the
 * organisation, so that one repetition is nothing to another.
 */
export type Race = {
  readonly title: string;
  /** How often it is run on each database, if a run is as large as that. */
  readonly times: number;
  /** False: the backgrounds of both gateways are awake, and write beside the two. */
  readonly isQuiet?: false;
  /** Adds the rows of a subject. */
  readonly subject: (file: OrganizationFile, n: number) => void;
  /** What changes the ground. */
  readonly a: (facts: Facts, n: number) => Sent;
  /** What stands on it. */
  readonly b: (facts: Facts, n: number) => Sent;
  /** How the two end, one after the other, in either order. */
  readonly inOrder: {
    readonly ab: readonly [a: Outcome, b: Outcome];
    readonly ba: readonly [a: Outcome, b: Outcome];
  };
  /**
   * How `b` must end when it begins after `a` was answered, sent to the other gateway: revocation is never late. Null
   * where `a` revokes nothing.
   */
  readonly late: Outcome | null;
  /** What is left of the subject, without ids and instants: the same for all subjects that went the same way. */
  readonly left: (facts: Facts, n: number) => unknown;
};
