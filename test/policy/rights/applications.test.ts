import { describe, expect, test } from "vitest";
import {
  APPLICATION_ACTIONS,
  type Application,
  type ApplicationAction,
  FIRST_APPLICATIONS,
  USUAL_ACTIONS,
  WORKING_STATUSES,
} from "../../../src/policy/model/application.ts";
import { administers, availableApplicationActions } from "../../../src/policy/rights/applications.ts";
import { CATALOGUE, policyOf, userIn } from "../build.ts";
import { tableOf } from "../specification.ts";

/** The table of UA-40 as the specification writes it: by name of an application and status. */
const [, ...TABLE] = tableOf("user-administration", "| application | user PENDING |");
const CELLS = new Map(
  TABLE.flatMap(([names = "", ...cells]) =>
    names
      .split(", ")
      .map((name) => [
        name,
        WORKING_STATUSES.map((_, at) => (cells[at] ?? "").split(", ").map((each) => each.toUpperCase())),
      ]),
  ),
);

const ALL = CATALOGUE.flatMap((application) =>
  WORKING_STATUSES.flatMap((status, at) =>
    [true, false].flatMap((isEnabled) =>
      APPLICATION_ACTIONS.map((action): [string, string, string, ApplicationAction, boolean] => [
        application.name,
        status,
        isEnabled ? "on" : "off",
        action,
        CELLS.get(application.name)?.[at]?.includes(action) === true &&
          action !== (isEnabled ? "ENABLE" : "DISABLE"),
      ]),
    ),
  ),
);

describe("UA-40 what may be done with one person's application", () => {
  test("UA-40 the table speaks of every application that comes with the suite", () => {
    expect([...CELLS.keys()].toSorted()).toEqual(CATALOGUE.map(({ name }) => name).toSorted());
    expect(ALL).toHaveLength(8 * 2 * 2 * 4);
  });

  test.each(ALL)(
    "UA-40 UA-41 %s of a person who is %s, %s: %s is %s",
    (name, status, on, action, expected) => {
      const application = CATALOGUE.find((each) => each.name === name) as Application;
      const available = availableApplicationActions(application, status as "ACTIVE", on === "on");
      expect(available.includes(action)).toBe(expected);
    },
  );

  test.each(CATALOGUE.map(({ key }) => key))(
    "UA-43 %s of whoever was deactivated can be enabled, and of a tombstone nothing",
    (key) => {
      const application = CATALOGUE.find((each) => each.key === key) as Application;
      for (const isEnabled of [true, false]) {
        expect(availableApplicationActions(application, "INACTIVE", isEnabled)).toEqual(["ENABLE"]);
        expect(availableApplicationActions(application, "DELETED", isEnabled)).toEqual([]);
      }
    },
  );

  test("UA-31 UA-40 a ninth application goes by its own row", () => {
    const wiki = { actions: { PENDING: ["UNASSIGN"], ACTIVE: ["EDIT", "DISABLE"] } } as const;
    expect(availableApplicationActions(wiki, "PENDING", true)).toEqual(["UNASSIGN"]);
    expect(availableApplicationActions(wiki, "ACTIVE", true)).toEqual(["EDIT", "DISABLE"]);
    expect(availableApplicationActions(wiki, "ACTIVE", false)).toEqual(["EDIT"]);
    expect(USUAL_ACTIONS).toEqual(FIRST_APPLICATIONS.get("CRM")?.actions);
  });
});

const policy = policyOf({
  roles: { rep: null },
  users: {
    suite: { role: "rep", isAdministrator: true },
    gone: { role: "rep", isAdministrator: true, status: "INACTIVE" },
    desk: "rep",
    left: { role: "rep", status: "INACTIVE" },
    team: { role: "rep", license: "TEAM" },
    boss: { role: "rep", profile: "administrator" },
    agent: { license: "SUPPORT" },
    rep: "rep",
  },
  applications: CATALOGUE.map((each) =>
    each.key === "DESK" ? { ...each, administrators: new Set(["desk", "left", "team"] as never) } : each,
  ),
});

describe("UA-01 who administers an application", () => {
  test.each([
    ["root", ["CRM", "DESK"], "the super administrator administers every one"],
    ["suite", ["CRM", "DESK"], "so does an administrator of the suite"],
    ["desk", ["DESK"], "who is named for one administers that one"],
    ["rep", [], "nobody else administers any"],
    ["boss", [], "the Administrator profile alone is of CRM's records, and names nobody"],
    ["gone", [], "a deactivated administrator administers none any more"],
    ["left", [], "nor does one who was named"],
    ["team", [], "a team user administers nothing"],
    ["agent", [], "nor does the support agent"],
  ])("UA-01 UA-03 TU-12p %s administers %j: %s", (key, expected) => {
    const administered = ["CRM", "DESK"].filter((each) =>
      administers(policy, userIn(policy, key), policy.applicationsByKey.get(each) as Application),
    );
    expect(administered).toEqual(expected);
  });
});
