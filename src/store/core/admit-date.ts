import { Forbidden } from "../../kernel/fault.ts";
import { type ChosenDate, mayChooseDate } from "../../policy/rights/date-range.ts";
import type { Viewer } from "./viewer.ts";

/** Admits the viewer to choosing a date, whatever for: in an argument, or as a constant of a filter. @throws {Forbidden} */
export function admitDate({ policy, user, now }: Viewer, date: ChosenDate): void {
  if (mayChooseDate(policy, user, now, date)) return;
  const shown = "day" in date ? date.day : new Date(date.at).toISOString();
  throw new Forbidden(
    `${shown} is further than five years from now, which needs the capability DATE_RANGE_BEYOND_5_YEARS.`,
    "D20",
  );
}
