import { describe, expect, test } from "vitest";
import { EDITIONS, USER_STATUSES } from "../../../src/policy/model/org.ts";
import {
  hasTeamUsers,
  isRestricted,
  isWorking,
  restrictedUsers,
  seatOf,
  seatsTaken,
} from "../../../src/policy/rights/seats.ts";
import { CATALOGUE, policyOf, type UserRow, userIn } from "../build.ts";

test("TU-04 every edition has team users but FREE and ONE_ALL_EMPLOYEE", () => {
  expect(EDITIONS.filter((edition) => !hasTeamUsers(edition))).toEqual(["FREE", "ONE_ALL_EMPLOYEE"]);
});

test("UA-13 who is pending or active works, who is inactive or deleted does not", () => {
  expect(USER_STATUSES.filter((status) => isWorking({ status }))).toEqual(["PENDING", "ACTIVE"]);
});

const on = (...applications: string[]) => ({ applications: new Set(applications) });
const light = (...applications: string[]) => ({ seatlessApplications: new Set(applications) });

/** whose | what they are | the seat that they hold | whether they are restricted */
const PEOPLE: readonly [string, UserRow, "REGULAR" | "TEAM" | null, boolean][] = [
  ["one application", on("CRM"), "REGULAR", false],
  ["every application, one seat", on(...CATALOGUE.map(({ key }) => key)), "REGULAR", false],
  ["a pending person", { status: "PENDING", ...on("CRM") }, "REGULAR", false],
  ["a team user", { license: "TEAM", ...on("CRM") }, "TEAM", false],
  ["somebody inactive", { status: "INACTIVE", ...on("CRM") }, null, false],
  ["a tombstone", { status: "DELETED", ...on() }, null, false],
  ["the support agent", { license: "SUPPORT", ...on("CRM") }, null, false],
  ["no application", on(), null, false],
  ["Projects", on("PROJECTS"), null, true],
  ["Desk as an agent", on("DESK"), "REGULAR", false],
  ["Desk as a light agent", { ...on("DESK"), ...light("DESK") }, null, true],
  ["Projects, and Desk as a light agent", { ...on("DESK", "PROJECTS"), ...light("DESK") }, null, true],
  ["a light agent who has Survey too", { ...on("DESK", "SURVEY"), ...light("DESK") }, "REGULAR", false],
  ["Projects and Analytics", on("PROJECTS", "ANALYTICS"), "REGULAR", false],
  ["an application that no row describes", on("NOWHERE"), "REGULAR", false],
  ["a team user of Projects", { license: "TEAM", ...on("PROJECTS") }, null, true],
];

describe("UA-11 a seat is a person", () => {
  const policy = policyOf({
    users: Object.fromEntries(PEOPLE.map(([, row], at) => [`u${at}`, row])),
  });

  test.each(PEOPLE.map(([title, , seat, restricted], at) => [title, `u${at}`, seat, restricted] as const))(
    "UA-10 UA-11 UA-12 UA-13 %s (%s): %s, restricted: %s",
    (_, key, seat, restricted) => {
      const user = userIn(policy, key);
      expect(seatOf(policy.applicationsByKey, user)).toBe(seat);
      expect(isRestricted(policy.applicationsByKey, user)).toBe(restricted);
    },
  );

  test("UA-10 UA-13 the seats taken are as many as there are people who hold one", () => {
    const held = (kind: string) => PEOPLE.filter(([, , seat]) => seat === kind).length;
    // The super administrator holds one, too.
    expect(seatsTaken(policy)).toEqual({ REGULAR: held("REGULAR") + 1, TEAM: held("TEAM") });
    expect(restrictedUsers(policy)).toBe(PEOPLE.filter(([, , , restricted]) => restricted).length);
  });
});
