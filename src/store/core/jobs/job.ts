import type { Database } from "../../../database/database.ts";
import type { Clock } from "../../../kernel/instant.ts";
import type { Pace } from "./pace.ts";

/** Every kind of background work there is. */
export const JOBS = [
  "APPLY_SHARING_RULES",
  "SWEEP_DEAD_MATCHES",
  "SWEEP_REMOVED",
  "SWEEP_SHARES",
  "MOVE_OWNED_RECORDS",
  "TELL_REFUSALS",
  "TRANSFER_RECORDS",
  "SEND_MAIL",
  "PRUNE_MAIL",
] as const;
export type JobName = (typeof JOBS)[number];

/**
 * What keeps a job busy. Jobs of one lane run one after another, or step by step in turn, and never keep those of another lane waiting: a mail
 * server that does not answer holds up no sharing rule.
 */
export const LANES = ["DATABASE", "MAIL_SERVER"] as const;
export type Lane = (typeof LANES)[number];

/** What background work needs: the database to work on, and the time. */
export type Workplace = { readonly database: Database; readonly clock: Clock };

/** One run of a job. */
export type Run = Workplace & {
  /** Writes its batches, and leaves time for requests between them. */
  readonly pace: Pace;
  /** Whether to end after the batch that is being written. Asked between batches. */
  readonly isOver: () => boolean;
};

/**
 * One kind of background work. What is to be done stands in the database, and each batch locks what it works on: two
 * instances at once share it out, and what one that died has left is finished by the next that looks.
 */
export type Job = {
  readonly name: JobName;
  readonly lane: Lane;
  /**
   * Does all that there is to do now, at once or in steps: after each of these the other jobs of the lane have their turn,
   * and then it goes on. @throws what it failed with; it is run again by itself.
   */
  readonly run: (run: Run) => Promise<void> | AsyncIterable<void>;
  /** It is run so often though nobody wakes it, in milliseconds; null: at every look. */
  readonly everyMs: number | null;
};
