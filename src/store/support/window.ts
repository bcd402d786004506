import { dayIn, daysBetween } from "../../kernel/calendar.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import { type Instant, LAST_INSTANT } from "../../kernel/instant.ts";
import { supportEnd } from "../../policy/rights/support-window.ts";
import type { Viewer } from "../core/viewer.ts";
import type { Writing } from "../core/write.ts";

/** The last day is not over, on the calendar of the organisation (SA-02). @throws {InvalidInput} naming `input.expiresOn`. */
export function requireDayAhead({ policy, now }: Viewer, expiresOn: string): void {
  const today = dayIn(policy.org.timeZone, now);
  if (expiresOn < today) throw wrongDay(`${expiresOn} is over. The last day is today, ${today}, or later.`);
}

/**
 * The end of a window that is to reach to the end of a day, in the organisation's time zone (SA-02, SA-15).
 *
 * @param grantedAt when it began, or begins.
 * @throws {InvalidInput} naming `input.expiresOn`: a day after the longest duration that the organisation allows, one
 * that ends after the year 9999.
 */
export async function readEnd(
  { tx, viewer }: Writing,
  expiresOn: string,
  grantedAt: Instant,
): Promise<Instant> {
  const { orgId, policy } = viewer;
  const { timeZone } = policy.org;
  const { longestSupportDays: longest } = await tx.organization.findUniqueOrThrow({
    where: { id: orgId },
    select: { longestSupportDays: true },
  });
  const first = dayIn(timeZone, grantedAt);
  if (longest !== null && isTooLong(first, expiresOn, longest))
    throw wrongDay(
      `${expiresOn} is too late. The organisation allows ${longest} days of support access at most, the first day, ${first}, included.`,
    );
  const expiresAt = supportEnd(timeZone, expiresOn, grantedAt);
  if (expiresAt > LAST_INSTANT) throw wrongDay(`${expiresOn} ends after the year 9999.`);
  return expiresAt;
}

/** Whether the days from the first to the last, both included, are more than that. */
export function isTooLong(first: string, last: string, longestDays: number): boolean {
  return daysBetween(first, last) + 1 > longestDays;
}

function wrongDay(message: string): InvalidInput {
  return new InvalidInput("input.expiresOn", message, { requirement: "SA-02" });
}
