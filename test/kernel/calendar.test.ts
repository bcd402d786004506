import { describe, expect, test } from "vitest";
import { dayIn, formatInstant, isCalendarDate, isTimeZone, parseInstant } from "../../src/kernel/calendar.ts";

describe("BU-01 instants", () => {
  test.each([
    ["2027-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"],
    ["2027-01-01T01:30:00+01:30", "2027-01-01T00:00:00.000Z"],
    ["2026-12-31T19:00:00.5-05:00", "2027-01-01T00:00:00.500Z"],
    ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["2027-01-01", null],
    ["2027-01-01T00:00Z", null],
    ["2027-01-01T00:00:00", null],
    ["2027-01-01 00:00:00Z", null],
    ["2027-01-01t00:00:00z", null],
    ["2027-02-29T00:00:00Z", null],
    ["2027-13-01T00:00:00Z", null],
    ["2027-01-01T24:00:00Z", null],
    ["2027-01-01T00:60:00Z", null],
    ["2027-01-01T00:00:60Z", null],
    ["2027-01-01T00:00:00+24:00", null],
    ["2027-01-01T00:00:00+01:60", null],
    ["2027-01-01T00:00:00.1234Z", null],
    ["0000-01-01T00:00:00+14:00", null],
    ["9999-12-31T23:59:59-14:00", null],
    ["1798761600000", null],
    ["", null],
  ])("BU-01 %s is %s", (text, expected) => {
    const instant = parseInstant(text);
    expect(instant === null ? null : formatInstant(instant)).toBe(expected);
  });
});

describe("BU-01 days", () => {
  test.each([
    ["2026-12-31", true],
    ["2024-02-29", true],
    ["2000-02-29", true],
    ["0050-01-01", true],
    ["1900-02-29", false],
    ["2026-02-30", false],
    ["2026-00-10", false],
    ["2026-1-1", false],
    ["2026-12-31T00:00:00Z", false],
    ["", false],
  ])("BU-01 %s is a day: %s", (text, expected) => {
    expect(isCalendarDate(text)).toBe(expected);
  });

  test.each([
    ["UTC", true],
    ["Europe/Berlin", true],
    ["America/Argentina/Buenos_Aires", true],
    ["Europe/Nowhere", false],
    ["+01:00", false],
    ["", false],
  ])("BU-01 %s is a time zone: %s", (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });

  test.each([
    ["UTC", "2026-12-31T23:30:00Z", "2026-12-31"],
    ["Europe/Berlin", "2026-12-31T23:30:00Z", "2027-01-01"],
    ["America/New_York", "2027-01-01T04:59:59Z", "2026-12-31"],
    ["Pacific/Kiritimati", "2026-12-31T10:00:00Z", "2027-01-01"],
  ])("SA-02 in %s at %s the day is %s", (zone, text, expected) => {
    expect(dayIn(zone, parseInstant(text) ?? 0)).toBe(expected);
  });
});
