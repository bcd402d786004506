import { z } from "zod";
import { isTimeZone } from "../kernel/calendar.ts";
import { isStorable } from "../kernel/text.ts";
import {
  DEFAULT_ACCESSES,
  EDITIONS,
  RULE_LEVELS,
  SHARE_LEVELS,
  TEAM_ROLES,
  USER_STATUSES,
} from "../policy/model/org.ts";
import type { FileGroup, FileRole, FileUser } from "./organization-file.ts";
import {
  capability,
  closed,
  day,
  email,
  instant,
  key,
  member,
  NOT_ENFORCED,
  permission,
  refused,
  source,
  target,
  text,
  unique,
} from "./terms.ts";

/**
 * The shape of an organisation file, entry by entry. The JSON Schema is generated from these (BU-05); what one entry
 * says about another is checked in `check/`.
 */

export const organization = closed({
  key,
  name: text,
  timeZone: z
    .string()
    .refine(isTimeZone, { error: "a time zone of the IANA database, such as Europe/Berlin" }),
  edition: z.enum(EDITIONS),
  seats: closed({ regular: z.int().min(0), team: z.int().min(0) }),
  superAdmin: email,
  hierarchy: z.enum(["ROLE", "REPORTING"]).default("ROLE"),
});

export const role = closed({
  name: text,
  parent: key.optional(),
  shareDataWithPeers: z.boolean().default(false),
  forecastManager: email.optional(),
}).transform(
  ({ name, parent, shareDataWithPeers, forecastManager }): FileRole => ({
    name,
    parent: parent ?? null,
    shareDataWithPeers,
    forecastManager: forecastManager ?? null,
  }),
);

const permissions = z.record(key, unique(permission));

/** A custom profile has exactly what it lists. */
export const customProfile = closed({
  name: text,
  modules: permissions.default({}),
  capabilities: unique(capability).default([]),
  fields: refused(NOT_ENFORCED),
});

/** What is listed replaces what *Standard* gives there (CA-02). */
export const standardProfile = closed({
  name: z.literal("Standard").optional(),
  modules: permissions.default({}),
  capabilities: unique(capability).optional(),
  fields: refused(NOT_ENFORCED),
});

/** `administrator` and `team-user` take `fields` only. */
export const fixedProfile = closed({ fields: refused(NOT_ENFORCED) });

const APPLICATIONS = ["CRM", "DESK", "CAMPAIGNS", "SURVEY", "PROJECTS", "SALESIQ", "SOCIAL", "ANALYTICS"];
const application = z.literal("CRM", {
  error: ({ input }) =>
    APPLICATIONS.includes(String(input)) ? `CRM; the others are ${NOT_ENFORCED}` : "CRM",
});

export const user = closed({
  name: text,
  role: key.optional(),
  profile: key.optional(),
  license: z.enum(["REGULAR", "TEAM"]).default("REGULAR"),
  status: z.enum(USER_STATUSES).default("ACTIVE"),
  reportsTo: email.optional(),
  administrator: z.boolean().default(false),
  teamModules: z.record(key, z.enum(TEAM_ROLES)).default({}),
  applications: unique(application).default(["CRM"]),
}).transform(
  (written): FileUser => ({
    name: written.name,
    role: written.role ?? null,
    profile: written.profile ?? (written.license === "TEAM" ? "team-user" : "standard"),
    license: written.license,
    status: written.status,
    reportsTo: written.reportsTo ?? null,
    isAdministrator: written.administrator,
    applications: written.applications,
    teamRoles: new Map(Object.entries(written.teamModules)),
  }),
);

export const group = closed({ name: text, members: z.array(member) }).transform(
  (written): FileGroup => written,
);

const COMMON = { label: text.optional(), required: z.boolean().default(false) };
const OPTIONS = { ...COMMON, options: unique(text).min(1, { error: "at least one option" }) };

export const field = z.discriminatedUnion("type", [
  closed({ type: z.enum(["TEXT", "NUMBER", "BOOLEAN", "DATE", "DATETIME", "EMAIL", "USER"]), ...COMMON }),
  closed({ type: z.enum(["PICKLIST", "MULTI_PICKLIST"]), ...OPTIONS }),
  closed({ type: z.literal("LOOKUP"), ...COMMON, module: key }),
]);

const MODULE = {
  kind: z.enum(["ORGANIZATION", "TEAM"]).default("ORGANIZATION"),
  default: z.enum(DEFAULT_ACCESSES).default("PRIVATE"),
  fields: z.record(key, field).default({}),
};
export const module = closed({ label: text, ...MODULE });

/** The built-in module has a label already (SH-09). */
export const forecasts = closed({ label: text.default("Forecasts"), ...MODULE });

/** Criteria are read by `policy/criteria/check.ts`, which knows the module's fields; the JSON Schema has their shape. */
const criteria = z.unknown().meta({ $ref: "#/definitions/condition" });

export const sharingRule = closed({
  name: text.optional(),
  module: key,
  from: source.optional(),
  criteria: criteria.optional(),
  to: target,
  access: z.enum(RULE_LEVELS),
  includeSuperiors: z.boolean().default(false),
  active: z.boolean().default(true),
  expiresAt: instant.optional(),
});

const value = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);

export const record = closed({
  owner: email,
  name: text,
  values: z.record(z.string(), value).default({}),
  createdAt: instant.refine((at) => at >= 0, { error: "no earlier than 1970" }).optional(),
});

const reference = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, {
    error: "module/record, such as leads/lead-1",
  })
  .transform((written) => {
    const [moduleKey = "", recordKey = ""] = written.split("/");
    return { module: moduleKey, key: recordKey };
  });

export const share = closed({
  record: reference,
  to: member,
  access: z.enum(SHARE_LEVELS),
  expiresAt: instant.optional(),
  includeRelated: z
    .literal(false, { error: ({ input }) => (input === true ? `false; true is ${NOT_ENFORCED}` : undefined) })
    .default(false),
}).transform(({ record: shared, to, access, expiresAt }) => ({
  record: shared,
  target: to,
  level: access,
  expiresAt: expiresAt ?? null,
}));

export const supportAccess = closed({
  agent: email,
  grantedAt: instant.optional(),
  expiresOn: day,
  extraDenials: unique(capability).default([]),
});

const records = unique(key).optional();
export const expectedAccess = closed({
  user: email,
  module: key,
  read: records,
  update: records,
  delete: records,
  share: records,
  changeOwner: records,
});

export const expectedCapabilities = closed({
  user: email,
  allowed: unique(capability).default([]),
  denied: unique(capability).default([]),
});

const expectations = closed({
  at: instant.optional(),
  access: z.array(expectedAccess).default([]),
  capabilities: z.array(expectedCapabilities).default([]),
});
/** The block with its rows unread. */
export const expectShape = closed({
  at: instant.optional(),
  access: z.unknown().optional(),
  capabilities: z.unknown().optional(),
});

/** The whole file, for its top-level keys and the JSON Schema; the parser reads it entry by entry. */
export const organizationFile = closed({
  sightline: z.literal(1, { error: "1, the version of this format" }),
  organization,
  roles: z.record(key, role),
  profiles: z
    .looseObject({
      administrator: fixedProfile.optional(),
      standard: standardProfile.optional(),
      "team-user": fixedProfile.optional(),
    })
    .catchall(customProfile)
    .optional(),
  users: z.record(z.string().refine(isStorable), user),
  groups: z.record(key, group).optional(),
  modules: z.looseObject({ forecasts: forecasts.optional() }).catchall(module).optional(),
  teamUserModules: unique(key).optional(),
  sharingRules: z.record(key, sharingRule).optional(),
  records: z.record(key, z.record(key, record)).optional(),
  shares: z.array(share).optional(),
  supportAccess: supportAccess.optional(),
  expect: expectations.optional(),
});
