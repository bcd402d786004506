import { expect, test } from "vitest";
import { CAPABILITIES, type Capability, capabilityRow } from "../../../src/policy/capability.ts";
import { PERMISSIONS } from "../../../src/policy/model/org.ts";
import { capabilitiesOfProfile, permissionsOfProfile } from "../../../src/policy/rights/profile.ts";
import { orgOf, type Rows } from "../build.ts";

const ROWS: Rows = {
  profiles: {
    adjusted: { kind: "STANDARD", capabilities: ["RUN_MACRO", "MANAGE_ROLES"], modules: { leads: ["VIEW"] } },
    emptied: { kind: "STANDARD", capabilities: [] },
    mine: { capabilities: ["VIEW_ALL_DATA"], modules: { plans: ["EDIT", "VIEW"] } },
    none: {},
  },
  modules: { leads: "PRIVATE", plans: { isOpenToTeam: true }, tickets: "TEAM" },
};
const org = orgOf(ROWS);
const profileIn = (key: string) => {
  const profile = org.profiles.find((each) => each.key === key);
  if (!profile) throw new Error(`no profile ${key}`);
  return profile;
};
const where = (holds: (row: ReturnType<typeof capabilityRow>) => boolean) =>
  CAPABILITIES.filter((each) => holds(capabilityRow(each)));

test.each<readonly [string, string, readonly Capability[]]>([
  ["everything", "administrator", CAPABILITIES],
  ["the column of the catalogue", "standard", where(({ standard }) => standard === true)],
  ["its list alone, in the order of the catalogue", "adjusted", ["MANAGE_ROLES", "RUN_MACRO"]],
  ["nothing by an empty list", "emptied", []],
  ["what every team user has", "team-user", where(({ team }) => team === "ALWAYS")],
  ["what it lists", "mine", ["VIEW_ALL_DATA"]],
  ["nothing that is not listed", "none", []],
])("CA-02 gives %s: the profile %s", (_, key, expected) => {
  expect(capabilitiesOfProfile(profileIn(key))).toEqual(expected);
});

test.each<readonly [string, readonly (readonly [string, readonly string[]])[]]>([
  [
    "administrator",
    [
      ["leads", PERMISSIONS],
      ["plans", PERMISSIONS],
    ],
  ],
  [
    "standard",
    [
      ["leads", PERMISSIONS],
      ["plans", PERMISSIONS],
    ],
  ],
  [
    "adjusted",
    [
      ["leads", ["VIEW"]],
      ["plans", PERMISSIONS],
    ],
  ],
  [
    "team-user",
    [
      ["leads", []],
      ["plans", ["VIEW"]],
    ],
  ],
  [
    "mine",
    [
      ["leads", []],
      ["plans", ["VIEW", "EDIT"]],
    ],
  ],
  [
    "none",
    [
      ["leads", []],
      ["plans", []],
    ],
  ],
])("CA-02 TU-21 the profile %s opens, in organisation modules alone", (key, expected) => {
  const opened = permissionsOfProfile(org, profileIn(key));
  expect(opened.map(({ module, permissions }) => [module.key, permissions])).toEqual(expected);
});
