import { dayIn, yearsAfter } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { User } from "../model/org.ts";
import type { Policy } from "../model/policy.ts";
import { holds } from "./holding.ts";

/** So far from now everybody may choose dates, before and after; exactly so far is included (D20). */
const YEARS = 5;

/** A date that somebody chooses: a day `YYYY-MM-DD`, or an instant. */
export type ChosenDate = { readonly day: string } | { readonly at: Instant };

/** Whether somebody may choose the date: near to now, or with `DATE_RANGE_BEYOND_5_YEARS`, on the organisation's calendar. */
export function mayChooseDate(policy: Policy, user: User, now: Instant, date: ChosenDate): boolean {
  const { timeZone } = policy.org;
  const [first, last] = [yearsAfter(timeZone, now, -YEARS), yearsAfter(timeZone, now, YEARS)];
  const isNear =
    "at" in date
      ? first <= date.at && date.at <= last
      : dayIn(timeZone, first) <= date.day && date.day <= dayIn(timeZone, last);
  return isNear || holds(policy, user, "DATE_RANGE_BEYOND_5_YEARS", now);
}
