import { Temporal } from "temporal-polyfill";
import type { Instant } from "./instant.ts";

/** A day as `YYYY-MM-DD`; whether it exists is the calendar's to say. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** RFC 3339 with an offset, at most milliseconds: `2027-01-01T00:00:00Z`, `2027-01-01T01:00:00.250+01:00`. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:[0-5]\d(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether the text is `YYYY-MM-DD` and that day exists in the Gregorian calendar. */
export function isCalendarDate(text: string): boolean {
  return DAY.test(text) && attempt(() => Temporal.PlainDate.from(text)) !== null;
}

/**
 * The instant that RFC 3339 text names, in milliseconds; null when the text is anything else.
 *
 * Nothing is guessed or rounded: an offset is required, so are seconds; a day that does not exist, `24:00`, a leap
 * second, more than three digits of a second, or a result outside the years 0000 to 9999 is refused.
 */
export function parseInstant(text: string): Instant | null {
  if (!INSTANT.test(text)) return null;
  const instant = attempt(() => Temporal.Instant.from(text).epochMilliseconds);
  return instant !== null && formatInstant(instant).length === 24 ? instant : null;
}

/** `YYYY-MM-DDTHH:mm:ss.sssZ`: for the years 0000 to 9999 of fixed width, so that order of text is order of time. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** Whether the name is one of the IANA time zone database, such as `Europe/Berlin` or `UTC`; offsets are not. */
export function isTimeZone(name: string): boolean {
  return (
    /^[A-Za-z]/.test(name) &&
    attempt(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)) !== null
  );
}

/** The day `YYYY-MM-DD` on the calendar of a time zone at an instant (SA-02). The zone must be one of `isTimeZone`. */
export function dayIn(timeZone: string, instant: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

/** The first instant of the day after `day` in the time zone, whose days need not begin at midnight (SA-02). */
export function startOfDayAfter(timeZone: string, day: string): Instant {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
}

/** The same moment of the calendar in a time zone so many years later, or earlier; 28 February where there is no 29th. */
export function yearsAfter(timeZone: string, instant: Instant, years: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).add({ years })
    .epochMilliseconds;
}

/** How many days the later of two days comes after the earlier; negative the other way round. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;
}

/** What the calendar gives, or null where it refuses. */
function attempt<Value>(ask: () => Value): Value | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
