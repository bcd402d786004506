import { describe, expect, test } from "vitest";
import { may } from "./oracle.ts";
import { startOfDayAfter, supportEndsAt } from "./support.ts";
import { NOW, world } from "./world.ts";

const ENDS: [title: string, expiresOn: string, zone: string, grantedAt: string, end: string][] = [
  ["the start of the day after", "2026-12-31", "UTC", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  [
    "in the organisation's zone, ahead",
    "2026-12-31",
    "Pacific/Kiritimati",
    "2026-12-01T00:00:00Z",
    "2026-12-31T10:00:00Z",
  ],
  [
    "in the organisation's zone, behind",
    "2026-12-31",
    "Pacific/Pago_Pago",
    "2026-12-01T00:00:00Z",
    "2027-01-01T11:00:00Z",
  ],
  [
    "a day that summer time shortens",
    "2026-03-29",
    "Europe/Berlin",
    "2026-03-01T00:00:00Z",
    "2026-03-29T22:00:00Z",
  ],
  [
    "a day that has no midnight",
    "2026-09-05",
    "America/Santiago",
    "2026-09-01T00:00:00Z",
    "2026-09-06T04:00:00Z",
  ],
  ["at least 24 hours", "2026-12-01", "UTC", "2026-12-01T23:00:00Z", "2026-12-02T23:00:00Z"],
];

describe("SA-02 the oracle ends support access", () => {
  test.each(ENDS)("%s", (_title, expiresOn, timeZone, grantedAt, end) => {
    const file = world();
    file.organization.timeZone = timeZone;
    file.supportAccess = { agent: "agent@vendor.test", expiresOn, grantedAt };
    const endsAt = supportEndsAt(file, NOW);
    expect(new Date(endsAt).toISOString()).toBe(new Date(end).toISOString());
    const ask = (now: number) =>
      may(file, { user: "Agent@vendor.test", action: "DELETE", module: "tickets", recordKey: "t1", now });
    expect([Date.parse(grantedAt) - 1, Date.parse(grantedAt), endsAt - 1, endsAt].map(ask)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test("startOfDayAfter is the first instant of another date there", () => {
    expect(startOfDayAfter("2026-12-01", "Asia/Kathmandu")).toBe(Date.parse("2026-12-01T18:15:00Z"));
  });
});
