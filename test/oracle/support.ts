import type { OrganizationFile } from "./file.ts";
import { sameEmail } from "./people.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

/** SA-06: the support agent is no user of the file; it is the address in `supportAccess`. */
export function isAgent(file: OrganizationFile, email: string): boolean {
  return file.supportAccess !== undefined && sameEmail(file.supportAccess.agent, email);
}

/** SA-02, SA-03: from the very instant of granting, until before the very instant `expiresAt`. */
export function isSupportLive(file: OrganizationFile, now: number): boolean {
  const revokedAt = file.supportAccess?.revokedAt;
  if (revokedAt !== undefined && Date.parse(revokedAt) <= now) return false;
  return supportBeginsAt(file, now) <= now && now < supportEndsAt(file, now);
}

/** `grantedAt`, else the clock of the load: `expect.at`, else now. Milliseconds since 1970. */
export function supportBeginsAt(file: OrganizationFile, now: number): number {
  const begin = file.supportAccess?.grantedAt ?? file.expect?.at;
  return begin === undefined ? now : Date.parse(begin);
}

/** SA-02: the later of the start of the day after `expiresOn` in the organisation's zone and 24 hours from the granting. */
export function supportEndsAt(file: OrganizationFile, now: number): number {
  const support = file.supportAccess;
  if (support === undefined) throw new Error("no support access in the file");
  return Math.max(
    startOfDayAfter(support.expiresOn, file.organization.timeZone),
    supportBeginsAt(file, now) + DAY_MS,
  );
}

const startsOfDay = new Map<string, number>();

/** The first instant, looked for minute by minute, at which the calendar in that zone shows a later day than `date`. */
export function startOfDayAfter(date: string, timeZone: string): number {
  const known = startsOfDay.get(`${date} ${timeZone}`);
  if (known !== undefined) return known;
  const calendar = calendarOf(timeZone);
  let instant = Date.parse(`${date}T00:00:00Z`);
  while (calendar.format(instant) <= date) instant += MINUTE_MS;
  startsOfDay.set(`${date} ${timeZone}`, instant);
  return instant;
}

/** The date a calendar in that zone shows at an instant, as `2026-12-31`. */
export function dateIn(timeZone: string, instant: number): string {
  return calendarOf(timeZone).format(instant);
}

const calendars = new Map<string, Intl.DateTimeFormat>();

/** Making a calendar is slow, asking it is not. The Swedish calendar writes 2026-12-31. */
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const calendar =
    calendars.get(timeZone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  calendars.set(timeZone, calendar);
  return calendar;
}
