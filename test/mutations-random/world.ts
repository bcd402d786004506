import type { FieldEntry, OrganizationFile, Permission, UserEntry, Value } from "../oracle/file.ts";
import { type Dice, diceOf } from "../random/dice.ts";
import { setForecastManagers, setGroups, setManagers } from "../random/people.ts";
import { setRules, setShares } from "../random/sharing.ts";
import { presentValue, type Targets } from "../random/values.ts";
import { AGENT, ORG } from "./instance.ts";

/** The instant of the first step, in milliseconds since 1970. */
export const BEGIN = Date.parse("2026-12-01T12:00:00Z");

/**
 * A small organisation out of a seed, for one long sequence of mutations: 14 people of every kind, four modules, one of
 * them a team module, two dozen records, and rules, groups and shares.
 */
export function smallOrganization(seed: number, hierarchy: "ROLE" | "REPORTING"): OrganizationFile {
  const dice = diceOf(seed);
  const roles = randomRoles(dice);
  const file: OrganizationFile = {
    sightline: 1,
    organization: {
      key: ORG,
      name: "Acme",
      timeZone: "Europe/Berlin",
      edition: "ENTERPRISE",
      seats: { regular: 40, team: 20 },
      superAdmin: "root@acme.test",
      hierarchy,
    },
    roles,
    profiles: PROFILES,
    users: randomUsers(dice, Object.keys(roles)),
    modules: {
      leads: { label: "Leads", fields: LEAD_FIELDS },
      accounts: {
        label: "Accounts",
        default: dice.pick(["PRIVATE", "PUBLIC_READ_ONLY", "PUBLIC_READ_WRITE"]),
        fields: { city: { type: "TEXT" }, parent: { type: "LOOKUP", module: "accounts" } },
      },
      tickets: {
        label: "Tickets",
        kind: "TEAM",
        fields: { stage: LEAD_FIELDS["stage"] as FieldEntry, lead: { type: "LOOKUP", module: "leads" } },
      },
      forecasts: { label: "Forecasts" },
    },
    teamUserModules: ["leads"],
    applications: {
      DESK: { administrators: ["ada@acme.test"] },
      SURVEY: { administrators: ["ada@acme.test"] },
      CRM: { administrators: ["ada@acme.test"] },
    },
    supportAccess: {
      agent: AGENT,
      grantedAt: "2026-12-01T00:00:00Z",
      expiresOn: "2026-12-01",
      extraDenials: ["RECORD_DELETE"],
    },
  };
  setManagers(dice, file);
  setForecastManagers(dice, file);
  setGroups(dice, file);
  const targets = setRecords(dice, file);
  setRules(dice, file, BEGIN, targets);
  setShares(dice, file, BEGIN);
  return file;
}

const LEAD_FIELDS: Record<string, FieldEntry> = {
  stage: { type: "PICKLIST", options: ["new", "won", "lost"], required: true },
  amount: { type: "NUMBER" },
  remark: { type: "TEXT" },
  account: { type: "LOOKUP", module: "accounts" },
  contact: { type: "USER" },
  tags: { type: "MULTI_PICKLIST", options: ["hot", "cold", "old"] },
  isUrgent: { type: "BOOLEAN" },
  due: { type: "DATE" },
  metAt: { type: "DATETIME" },
  address: { type: "EMAIL" },
};

const ALL: Permission[] = [
  ...(["VIEW", "CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER"] as const),
  ...(["IMPORT", "EXPORT", "MASS_UPDATE", "MASS_DELETE"] as const),
];

const PROFILES: NonNullable<OrganizationFile["profiles"]> = {
  architect: {
    name: "Architect",
    modules: { leads: ALL, accounts: ALL },
    capabilities: [
      ...["MANAGE_DATA_SHARING", "MANAGE_ROLES", "MANAGE_GROUPS", "MANAGE_PROFILES", "MANAGE_MODULES"],
      "MANAGE_USERS",
    ],
  },
  sharer: { name: "Sharer", modules: { leads: ["VIEW", "SHARE"] }, capabilities: ["MANAGE_DATA_SHARING"] },
  reader: { name: "Reader", modules: { leads: ["VIEW"], accounts: ALL }, capabilities: ["VIEW_ALL_DATA"] },
  powerful: {
    name: "Powerful",
    modules: { leads: ALL, accounts: ["VIEW", "EDIT"], forecasts: ALL },
    capabilities: ["MODIFY_ALL_DATA"],
  },
  narrow: { name: "Narrow", modules: { leads: ["VIEW", "CREATE", "EDIT"] }, capabilities: [] },
};

/** With what an application asks answered, which the oracle has no use for. */
const WITH_SURVEY = {
  CRM: {},
  SURVEY: { values: { department: "General", departmentRole: "Viewer" } },
} as unknown as string[];

/** Seven roles, one or two of them roots. */
function randomRoles(dice: Dice): OrganizationFile["roles"] {
  const roles: OrganizationFile["roles"] = {};
  for (let index = 0; index < 7; index++) {
    const parent = index === 0 || (index === 1 && dice.chance(0.3)) ? null : dice.between(0, index - 1);
    roles[`role-${index}`] = {
      name: `Role ${index}`,
      ...(parent === null ? {} : { parent: `role-${parent}` }),
      ...(dice.chance(0.3) ? { shareDataWithPeers: true } : {}),
    };
  }
  return roles;
}

function randomUsers(dice: Dice, roles: string[]): Record<string, UserEntry> {
  const role = () => dice.pick(roles);
  const users: [string, Omit<UserEntry, "name" | "role"> & { role?: string }][] = [
    ["root", { profile: "administrator" }],
    ["ada", { profile: "architect", teamModules: { tickets: "ADMIN" } }],
    ["sam", { profile: "sharer", role: "role-0" }],
    ["rod", { profile: "reader" }],
    ["pat", { profile: "powerful" }],
    ["ned", { profile: "narrow" }],
    ["meg", { teamModules: { tickets: "MANAGER" } }],
    ["ray", { teamModules: { tickets: "MEMBER" } }],
    ["ian", { status: "INACTIVE" }],
    ["pam", { status: "PENDING", applications: WITH_SURVEY }],
    ["tia", { license: "TEAM", teamModules: { tickets: "MEMBER" } }],
    ["tom", { license: "TEAM", teamModules: { tickets: dice.pick(["PARTICIPANT", "REQUESTER"]) } }],
    ["pam", { status: "PENDING" }],
    ["pip", { status: "PENDING", profile: "narrow" }],
    ["peg", { status: "PENDING", license: "TEAM", teamModules: { tickets: "MEMBER" } }],
  ];
  return Object.fromEntries(
    users.map(([name, rest]) => [`${name}@acme.test`, { name, role: role(), ...rest }]),
  );
}

const COUNTS: readonly (readonly [module: string, records: number])[] = [
  ["leads", 10],
  ["accounts", 5],
  ["tickets", 6],
  ["forecasts", 3],
];

function setRecords(dice: Dice, file: OrganizationFile): Targets {
  const regular = Object.keys(file.users).filter((email) => file.users[email]?.license !== "TEAM");
  const keys = (module: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${module}-${index}`);
  const targets: Targets = {
    recordKeys: Object.fromEntries(COUNTS.map(([module, count]) => [module, keys(module, count)])),
    users: regular.filter((email) => (file.users[email]?.status ?? "ACTIVE") === "ACTIVE"),
  };
  file.records = {};
  for (const [module] of COUNTS) {
    const owners = module === "tickets" ? Object.keys(file.users) : regular;
    const fields = file.modules?.[module]?.fields ?? {};
    file.records[module] = Object.fromEntries(
      (targets.recordKeys[module] ?? []).map((key) => {
        const values: Record<string, Value> = {};
        for (const [field, entry] of Object.entries(fields)) {
          const value = presentValue(dice, entry, targets);
          if (value !== undefined && (entry.required === true || dice.chance(0.6))) values[field] = value;
        }
        return [key, { owner: dice.pick(owners), name: key, values }];
      }),
    );
  }
  return targets;
}
