import type { FileModule } from "../../../src/file/sections/modules/index.ts";
import type { OrganizationFile } from "../../../src/file/sections/section.ts";
import type { FileUser } from "../../../src/file/sections/users/index.ts";
import { FIRST_APPLICATIONS } from "../../../src/policy/model/application.ts";
import type { DataSet } from "./data-set.ts";
import { named } from "./party.ts";
import { FIELDS, MODULES, moduleKey, OTHER_FIELDS } from "./values.ts";

/** The key of the organisation. */
export const ORGANIZATION = "bench";

/** The organisation of the data set, without records and shares, as its file would be read. */
export function fileOf({ staff, rules, size }: DataSet): OrganizationFile {
  return {
    organization: {
      key: ORGANIZATION,
      name: "Bench",
      timeZone: "UTC",
      edition: "ULTIMATE",
      seats: { regular: size.users, team: 0 },
      superAdmin: staff.users[staff.viewers.administrator]?.email ?? "",
      hierarchy: "ROLE",
      language: "EN",
      longestSupportDays: null,
    },
    roles: new Map(
      staff.roles.map(({ key, parent }) => [
        key,
        {
          name: key,
          parent: parent === null ? null : (staff.roles[parent]?.key ?? null),
          shareDataWithPeers: false,
          forecastManager: null,
        },
      ]),
    ),
    profiles: new Map(),
    users: new Map(
      staff.users.map(({ email, name, role }, at): [string, FileUser] => [
        email,
        {
          name,
          role: staff.roles[role]?.key ?? null,
          profile: at === staff.viewers.administrator ? "administrator" : "standard",
          license: "REGULAR",
          status: "ACTIVE",
          accepted: null,
          reportsTo: null,
          isAdministrator: false,
          formerly: null,
          applications: new Map([["CRM", { isEnabled: true, values: {} }]]),
          teamRoles: new Map(),
        },
      ]),
    ),
    applications: new Map(
      [...FIRST_APPLICATIONS].map(([key, settings]) => [key, { ...settings, administrators: [] }]),
    ),
    groups: new Map(
      staff.groups.map(({ key, members }) => [
        key,
        { name: key, members: members.map((party) => named(staff, party)) },
      ]),
    ),
    modules: new Map([...MODULES.map((module) => [moduleKey(module), moduleOf(module)] as const), FORECASTS]),
    sharingRules: new Map(
      rules.map(({ key, module, source, target, ...rule }) => [
        key,
        {
          ...rule,
          name: key,
          module: moduleKey(module),
          source: source === null ? null : named(staff, source),
          target: named(staff, target),
          isActive: true,
          expiresAt: null,
        },
      ]),
    ),
    records: null,
    shares: null,
    supportAccess: null,
    pastSupportAccess: [],
    expect: null,
  };
}

/** Built in; a file always has it. */
const FORECASTS: readonly [string, FileModule] = [
  "forecasts",
  {
    label: "Forecasts",
    kind: "ORGANIZATION",
    defaultAccess: "PRIVATE",
    isOpenToTeam: false,
    fields: new Map(),
  },
];

function moduleOf(module: number): FileModule {
  return {
    label: moduleKey(module),
    kind: "ORGANIZATION",
    defaultAccess: "PRIVATE",
    isOpenToTeam: false,
    fields: new Map((module === 0 ? FIELDS : OTHER_FIELDS).map(({ key, ...field }) => [key, field])),
  };
}
