import { formatInstant } from "../../kernel/calendar.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { SupportWindow } from "../core/audit-event.ts";

/** The end of a window as the log tells it. */
export function accessAsEvent(end: {
  readonly expiresOn: string;
  readonly expiresAt: Instant;
}): SupportWindow {
  return { expiresOn: end.expiresOn, expiresAt: formatInstant(end.expiresAt) };
}
