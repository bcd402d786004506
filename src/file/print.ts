import { formatInstant } from "../kernel/calendar.ts";
import type { Instant } from "../kernel/instant.ts";
import { compareText } from "../kernel/text.ts";
import { type Action, FORECASTS } from "../policy/model/org.ts";
import type {
  ExpectedAccess,
  FileModule,
  FileParty,
  FileProfile,
  FileRecord,
  FileRole,
  FileRule,
  FileShare,
  FileUser,
  FileValue,
  OrganizationFile,
} from "./organization-file.ts";
import { block, entry, list, type Printed } from "./yaml-lines.ts";

/**
 * The file as canonical YAML: defaults omitted, maps by key in code point order, modules, fields, options and members in
 * their own order. Reading it gives the same file, and printing that the same bytes (BU-02).
 */
export function printOrganizationFile(file: OrganizationFile): string {
  return [...organizationFileLines(file)].map((line) => `${line}\n`).join("");
}

/** The lines of `printOrganizationFile`, one at a time: records need not be in memory as text together (BU-06). */
export function* organizationFileLines(file: OrganizationFile): Iterable<string> {
  const { organization, modules, records, shares, supportAccess, expect } = file;
  yield "sightline: 1";
  const { hierarchy, ...facts } = organization;
  yield* block(0, "organization", { ...facts, ...(hierarchy === "ROLE" ? {} : { hierarchy }) });
  yield* section("roles", file.roles, role);
  if (file.profiles.size > 0) {
    yield "profiles:";
    for (const [key, each] of sorted(file.profiles)) yield* block(1, key, profile(each), ["modules"]);
  }
  yield* section("users", file.users, user);
  if (file.groups.size > 0)
    yield* section("groups", file.groups, (group) => ({
      name: group.name,
      members: group.members.map(party),
    }));
  yield* modulesLines(modules);
  const open = [...modules].filter(([, { isOpenToTeam }]) => isOpenToTeam).map(([key]) => key);
  if (open.length > 0) yield entry(0, "teamUserModules", open);
  if (file.sharingRules.size > 0) yield* section("sharingRules", file.sharingRules, rule);
  if (records !== null) yield* recordsLines(modules, records);
  if (shares !== null) yield* list(0, "shares", shares.map(share));
  if (supportAccess !== null) {
    const { agent, grantedAt, expiresOn, extraDenials } = supportAccess;
    yield entry(0, "supportAccess", {
      agent,
      ...(grantedAt === null ? {} : { grantedAt: instant(grantedAt) }),
      expiresOn,
      ...(extraDenials.length === 0 ? {} : { extraDenials: [...extraDenials] }),
    });
  }
  if (expect !== null) yield* expectLines(expect);
}

function* section<Entry>(
  name: string,
  entries: ReadonlyMap<string, Entry>,
  print: (each: Entry, key: string) => Printed,
): Iterable<string> {
  if (entries.size === 0) {
    yield entry(0, name, {});
    return;
  }
  yield `${name}:`;
  for (const [key, each] of sorted(entries)) yield entry(1, key, print(each, key));
}

function* modulesLines(modules: OrganizationFile["modules"]): Iterable<string> {
  const all = [...modules];
  const last = all.at(-1);
  const written = last !== undefined && isBuiltIn(...last) ? all.slice(0, -1) : all;
  if (written.length === 0) return;
  yield "modules:";
  for (const [key, each] of written) yield* block(1, key, module(each), ["fields"]);
}

/** What reading adds at the end by itself. */
function isBuiltIn(key: string, { label, fields }: FileModule): boolean {
  return key === FORECASTS && label === "Forecasts" && fields.size === 0;
}

function* recordsLines(
  modules: OrganizationFile["modules"],
  records: NonNullable<OrganizationFile["records"]>,
): Iterable<string> {
  if (records.size === 0) {
    yield entry(0, "records", {});
    return;
  }
  yield "records:";
  for (const [module, entries] of sorted(records)) {
    const fields = [...(modules.get(module)?.fields.keys() ?? [])];
    if (entries.size === 0) yield entry(1, module, {});
    else yield `  ${module}:`;
    for (const [key, each] of sorted(entries)) yield entry(2, key, record(each, fields));
  }
}

function* expectLines({
  at,
  access,
  capabilities,
}: NonNullable<OrganizationFile["expect"]>): Iterable<string> {
  if (at === null && access.length === 0 && capabilities.length === 0) {
    yield entry(0, "expect", {});
    return;
  }
  yield "expect:";
  if (at !== null) yield entry(1, "at", instant(at));
  if (access.length > 0) yield* list(1, "access", access.map(expectedAccess));
  if (capabilities.length > 0) {
    yield* list(
      1,
      "capabilities",
      capabilities.map(({ user: email, allowed, denied }) => ({
        user: email,
        ...(allowed.length === 0 ? {} : { allowed: [...allowed] }),
        ...(denied.length === 0 ? {} : { denied: [...denied] }),
      })),
    );
  }
}

function role({ name, parent, shareDataWithPeers, forecastManager }: FileRole): Printed {
  return {
    name,
    ...(parent === null ? {} : { parent }),
    ...(shareDataWithPeers ? { shareDataWithPeers } : {}),
    ...(forecastManager === null ? {} : { forecastManager }),
  };
}

function profile({ kind, name, permissions, capabilities }: FileProfile): {
  readonly [key: string]: Printed;
} {
  const isDefault = kind === "STANDARD" ? capabilities === null : capabilities?.length === 0;
  return {
    ...(kind === "STANDARD" ? {} : { name }),
    ...(permissions.size === 0
      ? {}
      : { modules: Object.fromEntries(sorted(permissions).map(([key, each]) => [key, [...each]])) }),
    ...(isDefault ? {} : { capabilities: [...(capabilities ?? [])] }),
  };
}

function user(each: FileUser): Printed {
  return {
    name: each.name,
    ...(each.role === null ? {} : { role: each.role }),
    ...(each.profile === (each.license === "TEAM" ? "team-user" : "standard")
      ? {}
      : { profile: each.profile }),
    ...(each.license === "REGULAR" ? {} : { license: each.license }),
    ...(each.status === "ACTIVE" ? {} : { status: each.status }),
    ...(each.reportsTo === null ? {} : { reportsTo: each.reportsTo }),
    ...(each.isAdministrator ? { administrator: true } : {}),
    ...(each.teamRoles.size === 0 ? {} : { teamModules: Object.fromEntries(sorted(each.teamRoles)) }),
    ...(each.applications.length === 1 && each.applications[0] === "CRM"
      ? {}
      : { applications: [...each.applications] }),
  };
}

function party(each: FileParty): Printed {
  switch (each.kind) {
    case "USER":
      return { user: each.email };
    case "ROLE":
      return { role: each.role };
    case "ROLE_AND_SUBORDINATES":
      return { roleAndSubordinates: each.role };
    case "GROUP":
      return { group: each.group };
    case "EVERYONE":
      return "everyone";
  }
}

function module({ label, kind, defaultAccess, fields }: FileModule): { readonly [key: string]: Printed } {
  const printed = [...fields].map(([key, each]): [string, Printed] => [
    key,
    {
      type: each.type,
      ...(each.label === null ? {} : { label: each.label }),
      ...(each.options.length === 0 ? {} : { options: [...each.options] }),
      ...(each.lookupModule === null ? {} : { module: each.lookupModule }),
      ...(each.isRequired ? { required: true } : {}),
    },
  ]);
  return {
    label,
    ...(kind === "ORGANIZATION" ? {} : { kind }),
    ...(defaultAccess === "PRIVATE" ? {} : { default: defaultAccess }),
    ...(printed.length === 0 ? {} : { fields: Object.fromEntries(printed) }),
  };
}

function rule(each: FileRule, key: string): Printed {
  return {
    ...(each.name === key ? {} : { name: each.name }),
    module: each.module,
    ...(each.source === null ? {} : { from: party(each.source) }),
    ...(each.criteria === null ? {} : { criteria: each.criteria }),
    to: party(each.target),
    access: each.level,
    ...(each.includeSuperiors ? { includeSuperiors: true } : {}),
    ...(each.isActive ? {} : { active: false }),
    ...(each.expiresAt === null ? {} : { expiresAt: instant(each.expiresAt) }),
  };
}

function record({ owner, name, values, createdAt }: FileRecord, fields: readonly string[]): Printed {
  const printed = fields.flatMap((key): [string, Printed][] => {
    const value = values.get(key);
    return value === undefined ? [] : [[key, printedValue(value)]];
  });
  return {
    owner,
    name,
    ...(printed.length === 0 ? {} : { values: Object.fromEntries(printed) }),
    ...(createdAt === null ? {} : { createdAt: instant(createdAt) }),
  };
}

function printedValue(value: FileValue): Printed {
  if (typeof value !== "object") return value;
  if (!("kind" in value)) return [...value];
  return value.kind === "RECORD" ? value.key : value.email;
}

function share({ record: { module: moduleKey, key }, target, level, expiresAt }: FileShare): Printed {
  return {
    record: `${moduleKey}/${key}`,
    to: party(target),
    access: level,
    ...(expiresAt === null ? {} : { expiresAt: instant(expiresAt) }),
  };
}

const ACTION_KEYS: readonly (readonly [Action, string])[] = [
  ["READ", "read"],
  ["UPDATE", "update"],
  ["DELETE", "delete"],
  ["SHARE", "share"],
  ["CHANGE_OWNER", "changeOwner"],
];

function expectedAccess({ user: email, module: moduleKey, records }: ExpectedAccess): Printed {
  const lists = ACTION_KEYS.flatMap(([action, key]): [string, Printed][] => {
    const keys = records.get(action);
    return keys === undefined ? [] : [[key, [...keys]]];
  });
  return { user: email, module: moduleKey, ...Object.fromEntries(lists) };
}

/** Milliseconds are written only when there are any. */
function instant(at: Instant): string {
  return formatInstant(at).replace(".000Z", "Z");
}

function sorted<Entry>(entries: ReadonlyMap<string, Entry>): (readonly [string, Entry])[] {
  return [...entries].sort(([a], [b]) => compareText(a, b));
}
