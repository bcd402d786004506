import { expect, test } from "vitest";
import { EDITIONS, USER_STATUSES } from "../../../src/policy/model/org.ts";
import { hasTeamUsers, isWorking } from "../../../src/policy/rights/seats.ts";

test("TU-04 every edition has team users but FREE and ONE_ALL_EMPLOYEE", () => {
  expect(EDITIONS.filter((edition) => !hasTeamUsers(edition))).toEqual(["FREE", "ONE_ALL_EMPLOYEE"]);
});

test("UA-13 who is pending or active works, who is inactive or deleted does not", () => {
  expect(USER_STATUSES.filter((status) => isWorking({ status }))).toEqual(["PENDING", "ACTIVE"]);
});
