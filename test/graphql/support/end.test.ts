import { expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { startOfDayAfter } from "../../oracle/support.ts";
import { onlyError } from "../gateway.ts";
import { AGENT, accessIn, openSupportWorld } from "./support-world.ts";

/** Where, granted when, until which day, and the instant of the end. */
const ENDS: readonly (readonly [
  what: string,
  zone: string,
  granted: string,
  lastDay: string,
  end: string,
])[] = [
  ["the end of a day", "UTC", "2026-12-01T12:00:00Z", "2026-12-24", "2026-12-25T00:00:00Z"],
  ["a day ahead of UTC", "Pacific/Kiritimati", "2026-12-01T12:00:00Z", "2026-12-24", "2026-12-24T10:00:00Z"],
  ["a day behind UTC", "Pacific/Pago_Pago", "2026-12-01T12:00:00Z", "2026-12-24", "2026-12-25T11:00:00Z"],
  // Both changes of daylight saving, on the last day, and between.
  ["the short day of spring", "Europe/Berlin", "2027-03-01T12:00:00Z", "2027-03-28", "2027-03-28T22:00:00Z"],
  ["the long day of autumn", "Europe/Berlin", "2027-10-01T12:00:00Z", "2027-10-31", "2027-10-31T23:00:00Z"],
  ["across spring", "America/New_York", "2027-03-01T12:00:00Z", "2027-03-20", "2027-03-21T04:00:00Z"],
  ["across autumn", "America/New_York", "2027-11-01T12:00:00Z", "2027-11-20", "2027-11-21T05:00:00Z"],
  // A change of half an hour; days that begin at one o'clock; a day that never was.
  ["half an hour", "Australia/Lord_Howe", "2027-04-01T12:00:00Z", "2027-04-04", "2027-04-04T13:30:00Z"],
  ["no midnight", "America/Santiago", "2026-09-01T12:00:00Z", "2026-09-05", "2026-09-06T04:00:00Z"],
  [
    "before the day that is skipped",
    "Pacific/Apia",
    "2011-12-20T12:00:00Z",
    "2011-12-29",
    "2011-12-30T10:00:00Z",
  ],
  ["the day that is skipped", "Pacific/Apia", "2011-12-20T12:00:00Z", "2011-12-30", "2011-12-30T10:00:00Z"],
  // Never less than 24 hours, whatever the day: also where the day has 23 or 25.
  ["today", "UTC", "2026-12-01T23:59:59.999Z", "2026-12-01", "2026-12-02T23:59:59.999Z"],
  ["the beginning of today", "UTC", "2026-12-01T00:00:00Z", "2026-12-01", "2026-12-02T00:00:00Z"],
  ["tomorrow", "UTC", "2026-12-01T23:00:00Z", "2026-12-02", "2026-12-03T00:00:00Z"],
  ["the short day itself", "Europe/Berlin", "2027-03-27T23:00:00Z", "2027-03-28", "2027-03-28T23:00:00Z"],
  ["the long day itself", "Europe/Berlin", "2027-10-30T22:00:00Z", "2027-10-31", "2027-10-31T23:00:00Z"],
];

describeOnBoth("support access ends", (open) => {
  test.each(ENDS)(
    "SA-02 SA-03 %s in %s, granted %s until %s: open until the last millisecond before %s",
    async (_, timeZone, granted, expiresOn, end) => {
      const world = await openSupportWorld((await open()).database, granted, { timeZone });
      const access = accessIn(await world.grant({ expiresOn }));
      const endsAt = Date.parse(end);
      expect(Date.parse(access.expiresAt)).toBe(endsAt);
      const byTheCalendar = startOfDayAfter(expiresOn, timeZone);
      expect(endsAt).toBe(Math.max(byTheCalendar, Date.parse(granted) + 24 * 3_600_000));
      expect(access.secondsLeft).toBe((endsAt - Date.parse(granted)) / 1000);
      for (const [at, isOpen] of [
        [Date.parse(granted), true],
        [endsAt - 1, true],
        [endsAt, false],
        [endsAt + 1, false],
      ] as const) {
        world.at(at);
        expect(await world.comesIn(AGENT), new Date(at).toISOString()).toBe(isOpen);
        const { organization } = await world.data(
          "root@acme.test",
          "{ organization { supportAccess { isOpen secondsLeft } supportAccesses { nodes: edges { node { isOpen secondsLeft } } } } }",
        );
        const seen = { isOpen, secondsLeft: isOpen ? (endsAt - at) / 1000 : 0 };
        expect(organization.supportAccess).toEqual(isOpen ? seen : null);
        expect(organization.supportAccesses.nodes).toEqual([{ node: seen }]);
      }
    },
  );

  test.each([
    ["later", "2026-12-24", "2026-12-25T00:00:00Z"],
    ["earlier, at once", "2026-12-05", "2026-12-06T00:00:00Z"],
    ["to the end of today", "2026-12-03", "2026-12-04T00:00:00Z"],
    ["nowhere", "2026-12-10", "2026-12-11T00:00:00Z"],
  ])("SA-15 the end is moved %s", async (_, expiresOn, end) => {
    const world = await openSupportWorld((await open()).database, "2026-12-01T12:00:00Z");
    accessIn(await world.grant({ expiresOn: "2026-12-10" }));
    world.at("2026-12-03T18:00:00Z");
    const access = accessIn(await world.move({ expiresOn }));
    expect(access).toMatchObject({ expiresOn, grantedAt: "2026-12-01T12:00:00.000Z", isOpen: true });
    const endsAt = Date.parse(end);
    expect(Date.parse(access.expiresAt)).toBe(endsAt);
    world.at(endsAt - 1);
    expect(await world.comesIn(AGENT)).toBe(true);
    world.at(endsAt);
    expect(await world.comesIn(AGENT)).toBe(false);
  });

  test("SA-15 24 hours are counted from the beginning, and never make it later than it was", async () => {
    const world = await openSupportWorld((await open()).database, "2026-12-01T18:00:00Z");
    accessIn(await world.grant({ expiresOn: "2026-12-01" }));
    world.at("2026-12-01T23:00:00Z");
    expect(accessIn(await world.move({ expiresOn: "2026-12-01" })).expiresAt).toBe(
      "2026-12-02T18:00:00.000Z",
    );
    world.at("2026-12-02T10:00:00Z");
    expect(accessIn(await world.move({ expiresOn: "2026-12-02" })).expiresAt).toBe(
      "2026-12-03T00:00:00.000Z",
    );
    expect(onlyError(await world.move({ expiresOn: "2026-12-01" })).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.expiresOn",
      requirement: "SA-02",
    });
  });

  test("SA-02 a day is over when it is over there, not here", async () => {
    const world = await openSupportWorld((await open()).database, "2026-12-02T10:30:00Z", {
      timeZone: "Pacific/Kiritimati",
    });
    expect(onlyError(await world.grant({ expiresOn: "2026-12-02" })).extensions["code"]).toBe(
      "BAD_USER_INPUT",
    );
    expect(accessIn(await world.grant({ expiresOn: "2026-12-03" })).expiresAt).toBe(
      "2026-12-03T10:30:00.000Z",
    );
  });
});
