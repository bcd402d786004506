import { describe, expect, test } from "vitest";
import type { Criteria, FieldEntry, Member, OrganizationFile, RuleTarget, Value } from "../oracle/file.ts";
import { at, findPerson, isAncestorRole } from "../oracle/people.ts";
import { dateIn } from "../oracle/support.ts";
import { randomOrganization } from "./organization.ts";
import { partyKey } from "./people.ts";
import { OPERATORS } from "./values.ts";

const KEY = /^[A-Za-z0-9._][A-Za-z0-9._-]{0,63}$/;

/** What the specification asks of a file, one sentence each; gives what is wrong. */
const SENTENCES: [title: string, faults: (file: OrganizationFile) => string[]][] = [
  ["BU keys are letters, digits and three signs", (file) => everyKey(file).filter((key) => !KEY.test(key))],
  [
    "BU the super administrator is an active, regular user",
    (file) => {
      const root = findPerson(file, file.organization.superAdmin)?.entry;
      return root !== undefined && root.license === undefined && root.status === undefined
        ? []
        : ["superAdmin"];
    },
  ],
  ["UA-22 no address twice", (file) => twins(Object.keys(file.users).map((email) => email.toLowerCase()))],
  [
    "UA-10 seats for all",
    (file) =>
      Object.keys(file.users).length <=
      Math.min(file.organization.seats.regular, file.organization.seats.team)
        ? []
        : ["seats"],
  ],
  [
    "BU roles, profiles and modules that users name exist",
    (file) =>
      Object.entries(file.users)
        .filter(
          ([, user]) =>
            at(file.roles, user.role) === undefined ||
            !["standard", "administrator", ...Object.keys(file.profiles ?? {})].includes(
              user.profile ?? "standard",
            ) ||
            Object.keys(user.teamModules ?? {}).some((module) => at(file.modules, module)?.kind !== "TEAM"),
        )
        .map(([email]) => email),
  ],
  [
    "TU-07 a team user has no profile and administers nothing",
    (file) =>
      Object.entries(file.users)
        .filter(([, user]) => user.license === "TEAM" && (user.profile ?? user.administrator) !== undefined)
        .map(([email]) => email),
  ],
  [
    "UA-51 only active users are administrators",
    (file) =>
      Object.entries(file.users)
        .filter(([, user]) => user.administrator === true && (user.status ?? "ACTIVE") !== "ACTIVE")
        .map(([email]) => email),
  ],
  [
    "UA-61 a tombstone has no applications and memberships, and nobody reports to it",
    (file) =>
      Object.entries(file.users)
        .filter(
          ([, user]) =>
            (user.status === "DELETED" && (user.teamModules ?? user.applications) !== undefined) ||
            (user.reportsTo !== undefined && findPerson(file, user.reportsTo)?.entry.status === "DELETED"),
        )
        .map(([email]) => email),
  ],
  [
    "SH-25 a manager's role is an ancestor of the user's role",
    (file) =>
      Object.entries(file.users)
        .filter(
          ([, user]) =>
            user.reportsTo !== undefined &&
            !isAncestorRole(file, findPerson(file, user.reportsTo)?.entry.role ?? "", user.role),
        )
        .map(([email]) => email),
  ],
  [
    "SH-20 no role is under itself",
    (file) => Object.keys(file.roles).filter((role) => isAncestorRole(file, role, role)),
  ],
  [
    "SH-22 a forecast manager holds the role",
    (file) =>
      Object.entries(file.roles)
        .filter(
          ([key, role]) =>
            role.forecastManager !== undefined && findPerson(file, role.forecastManager)?.entry.role !== key,
        )
        .map(([key]) => key),
  ],
  [
    "SH-40 groups name what exists and never themselves",
    (file) =>
      Object.entries(file.groups ?? {})
        .filter(
          ([key, group]) =>
            group.members.some((member) => !isKnown(file, member)) || isNestedIn(file, key, key),
        )
        .map(([key]) => key),
  ],
  [
    "TU-10 at most ten opened modules, of organisation modules",
    (file) => {
      const opened = file.teamUserModules ?? [];
      return opened.length > 10
        ? ["too many"]
        : [...twins(opened), ...opened.filter((module) => at(file.modules, module)?.kind === "TEAM")];
    },
  ],
  [
    "SH-09 no default, rule or share on forecasts",
    (file) => [
      ...Object.values(file.sharingRules ?? {})
        .map((rule) => rule.module)
        .filter((module) => module === "forecasts"),
      ...(file.shares ?? []).map((share) => share.record).filter((record) => record.startsWith("forecasts/")),
      ...(at(file.modules, "forecasts")?.default === undefined ? [] : ["default"]),
    ],
  ],
  [
    "SH-30 a rule has a source or criteria, and parties that exist",
    (file) =>
      Object.entries(file.sharingRules ?? {})
        .filter(
          ([, rule]) =>
            (rule.from ?? rule.criteria) === undefined ||
            !isKnown(file, rule.to) ||
            !isKnown(file, rule.from ?? "everyone"),
        )
        .map(([key]) => key),
  ],
  [
    "SH-30 a rule's name is unique in its module",
    (file) =>
      twins(
        Object.entries(file.sharingRules ?? {}).map(([key, rule]) => `${rule.module} ${rule.name ?? key}`),
      ),
  ],
  [
    "SH-32 criteria that may be written",
    (file) =>
      Object.entries(file.sharingRules ?? {}).flatMap(([key, rule]) =>
        rule.criteria !== undefined && !isWritable(file, rule.module, rule.criteria) ? [key] : [],
      ),
  ],
  [
    "SH-38 no rule has a twin",
    (file) =>
      twins(
        Object.values(file.sharingRules ?? {}).map((rule) =>
          JSON.stringify([rule.module, rule.from, rule.criteria, rule.to, rule.access]),
        ),
      ),
  ],
  [
    "SH-41 a record that exists is shared once with a party",
    (file) => [
      ...twins((file.shares ?? []).map((share) => `${share.record} ${partyKey(share.to)}`)),
      ...(file.shares ?? [])
        .filter((share) => !isKnown(file, share.to) || !isRecord(file, ...halves(share.record)))
        .map((share) => share.record),
    ],
  ],
  [
    "TU-22 no team user owns a record of an organisation module",
    (file) =>
      Object.entries(file.records ?? {})
        .filter(([module, records]) =>
          Object.values(records).some((record) => {
            const owner = findPerson(file, record.owner);
            return (
              owner === undefined ||
              (owner.entry.license === "TEAM" && at(file.modules, module)?.kind !== "TEAM")
            );
          }),
        )
        .map(([module]) => module),
  ],
  [
    "BU values fit their fields, and required ones are there",
    (file) =>
      Object.entries(file.records ?? {}).flatMap(([module, records]) =>
        Object.entries(records)
          .filter(([, record]) => {
            const fields = at(file.modules, module)?.fields ?? {};
            const isMissing = Object.entries(fields).some(
              ([key, field]) => field.required === true && (at(record.values, key) ?? null) === null,
            );
            return (
              isMissing ||
              Object.entries(record.values ?? {}).some(
                ([key, value]) => value !== null && !fits(file, at(fields, key), value),
              )
            );
          })
          .map(([key]) => `${module}/${key}`),
      ),
  ],
  [
    "SA-02 the support grant ends no day before it begins; the agent is no member",
    (file) => {
      const grant = file.supportAccess;
      if (grant === undefined) return [];
      const begun = dateIn(file.organization.timeZone, Date.parse(grant.grantedAt ?? file.expect?.at ?? ""));
      return findPerson(file, grant.agent) === undefined && grant.expiresOn >= begun ? [] : [grant.expiresOn];
    },
  ],
];

describe("BU-01 a random organisation is valid", () => {
  const worlds = Array.from({ length: 300 }, (_, seed) => randomOrganization(seed));

  test.each(SENTENCES)("%s", (_title, faults) => {
    for (const [seed, world] of worlds.entries()) expect(faults(world), `seed ${seed}`).toEqual([]);
  });
});

function everyKey(file: OrganizationFile): string[] {
  const named = [file.roles, file.profiles, file.groups, file.modules, file.sharingRules, file.records];
  const fields = Object.values(file.modules ?? {}).map((module) => module.fields);
  return [...named, ...fields, ...Object.values(file.records ?? {})].flatMap((entries) =>
    Object.keys(entries ?? {}),
  );
}

function twins(items: string[]): string[] {
  return items.filter((item, index) => items.indexOf(item) !== index);
}

function isKnown(file: OrganizationFile, party: RuleTarget): boolean {
  if (party === "everyone") return true;
  if ("user" in party)
    return (
      (findPerson(file, party.user)?.entry.status ?? "ACTIVE") !== "DELETED" &&
      findPerson(file, party.user) !== undefined
    );
  if ("role" in party) return at(file.roles, party.role) !== undefined;
  if ("roleAndSubordinates" in party) return at(file.roles, party.roleAndSubordinates) !== undefined;
  return at(file.groups, party.group) !== undefined;
}

function isNestedIn(file: OrganizationFile, inner: string, outer: string): boolean {
  const groups = (at(file.groups, outer)?.members ?? []).flatMap((member: Member) =>
    "group" in member ? [member.group] : [],
  );
  return groups.some((group) => group === inner || isNestedIn(file, inner, group));
}

function halves(record: string): [string, string] {
  return [record.slice(0, record.indexOf("/")), record.slice(record.indexOf("/") + 1)];
}

function isRecord(file: OrganizationFile, module: string, key: string): boolean {
  return at(at(file.records, module), key) !== undefined;
}

function isWritable(file: OrganizationFile, module: string, criteria: Criteria): boolean {
  if ("all" in criteria || "any" in criteria) {
    const children = "all" in criteria ? criteria.all : criteria.any;
    return children.length > 0 && children.every((child) => isWritable(file, module, child));
  }
  const field = at(at(file.modules, module)?.fields, criteria.field);
  if (field === undefined || !OPERATORS[field.type].includes(criteria.op)) return false;
  if (criteria.op === "IS_NULL" || criteria.op === "IS_NOT_NULL") return criteria.value === undefined;
  if (criteria.op === "IN" || criteria.op === "NOT_IN") {
    return (
      Array.isArray(criteria.value) &&
      criteria.value.length > 0 &&
      criteria.value.every((item) => fits(file, field, item))
    );
  }
  if (criteria.op === "CONTAINS" || criteria.op === "STARTS_WITH")
    return typeof criteria.value === "string" && criteria.value.isWellFormed();
  return (
    criteria.value !== undefined &&
    fits(file, field, criteria.value) &&
    JSON.stringify(criteria.value) !== "[]"
  );
}

function fits(file: OrganizationFile, field: FieldEntry | undefined, value: Value): boolean {
  switch (field?.type) {
    case undefined:
      return false;
    case "TEXT":
      return typeof value === "string" && value.isWellFormed() && !value.includes("\0");
    case "EMAIL":
      return typeof value === "string" && /^[^@\s]+@[^@\s]+$/.test(value);
    case "NUMBER":
      return Number.isFinite(value);
    case "BOOLEAN":
      return typeof value === "boolean";
    case "DATE":
      return typeof value === "string" && new Date(value).toISOString().startsWith(`${value}T`);
    case "DATETIME":
      return typeof value === "string" && value.endsWith("Z") && !Number.isNaN(Date.parse(value));
    case "PICKLIST":
      return typeof value === "string" && (field.options ?? []).includes(value);
    case "MULTI_PICKLIST":
      return (
        Array.isArray(value) &&
        twins(value.map(String)).length === 0 &&
        value.every((item) => (field.options ?? []).includes(String(item)))
      );
    case "LOOKUP":
      return typeof value === "string" && isRecord(file, field.module ?? "", value);
    case "USER":
      return typeof value === "string" && isKnown(file, { user: value });
  }
}
