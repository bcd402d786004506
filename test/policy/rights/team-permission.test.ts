import { describe, expect, test } from "vitest";
import { type Action, TEAM_ROLES, type TeamRole } from "../../../src/policy/model/org.ts";
import { holds } from "../../../src/policy/rights/holding.ts";
import { type TeamCell, teamCell } from "../../../src/policy/rights/team-permission.ts";
import { allows, NOW, policyOf, recordOf, userIn } from "../build.ts";
import { tableOf } from "../specification.ts";

/** The table of TU-21 as the specification writes it. */
const [HEAD = [], ...TABLE] = tableOf("team-users", "| | ADMIN |");
const ROWS = new Map(
  TABLE.map(([title = "", ...cells]) => [
    title,
    new Map(HEAD.slice(1).map((role, at) => [role, cells[at] ?? ""])),
  ]),
);

/** action | the row that speaks of it */
const ACTION_ROWS: readonly [Action, string][] = [
  ["READ", "read"],
  ["UPDATE", "update"],
  ["DELETE", "delete, mass update, mass delete"],
  ["SHARE", "change owner, share"],
  ["CHANGE_OWNER", "change owner, share"],
];
const CELLS: { readonly [cell: string]: TeamCell } = { all: "ALL", own: "OWN", no: "NO" };

const CASES = ACTION_ROWS.flatMap(([action, row]) =>
  TEAM_ROLES.map((role): [TeamRole, Action, string] => [role, action, ROWS.get(row)?.get(role) ?? "missing"]),
);

const policy = policyOf({
  roles: { rep: null },
  users: {
    other: "rep",
    ...Object.fromEntries(
      TEAM_ROLES.map((role) => [role, { role: "rep", license: "TEAM" as const, team: { tickets: role } }]),
    ),
  },
  modules: { tickets: "TEAM" },
});

describe("TU-21 the team roles", () => {
  test("TU-21 are those of the table", () => {
    expect(HEAD.slice(1)).toEqual([...TEAM_ROLES]);
  });

  test.each(CASES)("TU-21 %s may %s: %s", (role, action, cell) => {
    expect(teamCell(role, action)).toBe(CELLS[cell]);
    expect(allows(policy, role, action, recordOf(policy, "other", "tickets"))).toBe(cell === "all");
    expect(allows(policy, role, action, recordOf(policy, role, "tickets"))).toBe(cell !== "no");
  });

  test.each(
    TEAM_ROLES.map((role): [TeamRole, string] => [
      role,
      ROWS.get("email single / mass / delete, mail merge")?.get(role) ?? "missing",
    ]),
  )("TU-21 %s sends email: %s", (role, cell) => {
    const user = userIn(policy, role);
    expect(holds(policy, user, "SEND_EMAIL", NOW)).toBe(cell !== "no");
    expect(holds(policy, user, "MASS_EMAIL", NOW)).toBe(cell === "yes");
    expect(holds(policy, user, "MAIL_MERGE", NOW)).toBe(cell === "yes");
  });
  test.each(
    TEAM_ROLES.map((role): [TeamRole, string] => [role, ROWS.get("import, export")?.get(role) ?? "missing"]),
  )("TU-21 %s exports: %s", (role, cell) => {
    expect(holds(policy, userIn(policy, role), "EXPORT_DATA", NOW)).toBe(cell === "yes");
  });
});
