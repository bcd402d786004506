import type { Instant } from "./instant.ts";

/** A day as `YYYY-MM-DD`. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** RFC 3339 with an offset, at most milliseconds: `2027-01-01T00:00:00Z`, `2027-01-01T01:00:00.250+01:00`. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;

const MINUTE_MS = 60_000;

/** Whether the text is `YYYY-MM-DD` and that day exists in the Gregorian calendar. */
export function isCalendarDate(text: string): boolean {
  return midnight(text) !== null;
}

/**
 * The instant that RFC 3339 text names, in milliseconds; null when the text is anything else.
 *
 * Nothing is guessed or rounded: an offset is required, so are seconds; a day that does not exist, `24:00`, a leap
 * second, more than three digits of a second, or a result outside the years 0000 to 9999 is refused.
 */
export function parseInstant(text: string): Instant | null {
  const parts = INSTANT.exec(text);
  if (parts === null) return null;
  const [, day = "", hour = "", minute = "", second = "", fraction = "", sign, offsetHour = "0", offsetMinute = "0"] = parts;
  const start = midnight(day);
  if (start === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return null;
  const offsetMs = (sign === "-" ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute)) * MINUTE_MS;
  const local = start + (Number(hour) * 60 + Number(minute)) * MINUTE_MS + Number(second) * 1000;
  const instant = local + Number(fraction.padEnd(3, "0")) - offsetMs;
  return formatInstant(instant).length === 24 ? instant : null;
}

/** `YYYY-MM-DDTHH:mm:ss.sssZ`: for the years 0000 to 9999 of fixed width, so that order of text is order of time. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** Whether the name is one of the IANA time zone database, such as `Europe/Berlin` or `UTC`; offsets are not. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The day `YYYY-MM-DD` on the calendar of a time zone at an instant (SA-02). The zone must be one of `isTimeZone`. */
export function dayIn(timeZone: string, instant: Instant): string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const parts = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
  return `${parts.get("year")?.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
}

/** The instant at which a day begins in UTC; null when there is no such day. */
function midnight(text: string): Instant | null {
  const parts = DAY.exec(text);
  if (parts === null) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isSame = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isSame ? date.getTime() : null;
}
