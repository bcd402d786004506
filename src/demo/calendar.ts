import { formatInstant, isCalendarDate, parseInstant } from "../kernel/calendar.ts";
import type { Instant } from "../kernel/instant.ts";

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** `YYYY-MM-DD`, that many days after the instant's day in UTC. */
export function dayAfter(instant: Instant, days: number): string {
  return formatInstant(instant + days * DAY_MS).slice(0, 10);
}

/** An instant as the file writes it. */
export function written(instant: Instant): string {
  return formatInstant(instant).replace(".000Z", "Z");
}

/** The whole weeks from one instant to another, rounded down: moving by weeks keeps Mondays Mondays. */
export function wholeWeeks(from: Instant, to: Instant): number {
  return Math.floor((to - from) / WEEK_MS);
}

/** The same data with every text that is a day or an instant moved by so many weeks. */
export function moved(data: unknown, weeks: number): unknown {
  if (typeof data === "string") return movedText(data, weeks);
  if (Array.isArray(data)) return data.map((item) => moved(item, weeks));
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, moved(value, weeks)]));
}

function movedText(text: string, weeks: number): string {
  if (isCalendarDate(text)) return dayAfter(Date.parse(text), weeks * 7);
  const instant = parseInstant(text);
  return instant === null ? text : written(instant + weeks * WEEK_MS);
}
