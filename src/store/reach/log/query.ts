import type { OrgId, UserId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";

/** Which events of a log; what is null is not asked for. */
export type LogTest = {
  /** Those of these people alone; null is everybody's, the system's among them. */
  readonly actors: readonly UserId[] | null;
  readonly actions: readonly string[] | null;
  readonly target: { readonly type: string; readonly id: string } | null;
  readonly isSupport: boolean | null;
  /** From this instant on … */
  readonly from: Instant | null;
  /** … and before this one. */
  readonly to: Instant | null;
};

/** A place in a log, which is read by instant, newest first; of one instant, what was written last comes first. */
export type LogPlace = { readonly at: Instant; readonly sequence: number };

export type LogQuery = {
  readonly orgId: OrgId;
  readonly test: LogTest;
  /** Events strictly after this place, which are older … */
  readonly after: LogPlace | null;
  /** … and strictly before this one. */
  readonly before: LogPlace | null;
  readonly limit: number;
  /** Whether those wanted are the oldest; they come newest first all the same. */
  readonly isFromEnd: boolean;
};
