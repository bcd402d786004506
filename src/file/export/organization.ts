import type { Database, Tx } from "../../database/database.ts";
import { InvalidInput, NotFound } from "../../kernel/fault.ts";
import { asId, type OrgId } from "../../kernel/id.ts";
import { compareText } from "../../kernel/text.ts";
import { CAPABILITIES } from "../../policy/capability.ts";
import { mapConstants, withoutAbsent } from "../../policy/criteria/criteria.ts";
import type { Condition } from "../../policy/model/condition.ts";
import { type Module, type Org, type Party, PERMISSIONS } from "../../policy/model/org.ts";
import { readOrg } from "../../store/core/snapshot/snapshot.ts";
import type {
  FileGroup,
  FileModule,
  FileParty,
  FileProfile,
  FileRole,
  FileRule,
  FileSupportAccess,
  FileUser,
  OrganizationFile,
} from "../organization-file.ts";
import { type RecordKeys, readFileRecords, readFileShares, recordKeys } from "./records.ts";

/** A whole organisation takes its time to read. */
const TIMEOUT_MS = 10 * 60 * 1000;

/**
 * Reads an organisation as the file that would make it (BU-02), in one consistent snapshot.
 *
 * Deleted users stay, as the owners of their records; shares and support grants that are over stay too, since a share
 * that has expired is void without being gone.
 *
 * @throws {NotFound} when there is no such organisation.
 * @throws {InvalidInput} `CONFLICT` naming the sharing rules whose criteria cannot be read.
 */
export function exportOrganization(database: Database, key: string): Promise<OrganizationFile> {
  return database.snapshot((tx) => read(tx, key), { timeoutMs: TIMEOUT_MS });
}

async function read(tx: Tx, key: string): Promise<OrganizationFile> {
  const row = await tx.organization.findUnique({ where: { key } });
  const org = row && (await readOrg(tx, asId(row.id)));
  if (!row || !org) throw new NotFound("organization");
  requireReadable(org);
  const names = namesIn(org);
  const records = await recordKeys(tx, org);
  return {
    organization: {
      key,
      name: org.name,
      timeZone: org.timeZone,
      edition: row.edition,
      seats: { regular: row.regularSeats, team: row.teamSeats },
      superAdmin: names.user(org.superAdminId),
      hierarchy: org.hierarchy,
    },
    roles: new Map(byKey(org.roles).map((role) => [role.key, fileRole(names, role)])),
    profiles: new Map(byKey(org.profiles).flatMap((profile) => fileProfile(names, profile) ?? [])),
    users: new Map(
      [...org.users].sort((a, b) => a.seq - b.seq).flatMap((user) => fileUser(names, user) ?? []),
    ),
    groups: new Map(byKey(org.groups).map((group) => [group.key, fileGroup(names, group)])),
    modules: new Map(org.modules.map((module) => [module.key, fileModule(names, module)])),
    sharingRules: new Map(byKey(org.rules).map((rule) => [rule.key, fileRule(names, records, org, rule)])),
    records: await readFileRecords(tx, org, names, records),
    shares: await readFileShares(tx, org, names, records),
    supportAccess: await fileSupportAccess(tx, org.id),
    expect: null,
  };
}

/**
 * The format has no word for a rule whose criteria cannot be read (SH-32): a file without it would not say so, and one
 * with what is stored would not be one.
 */
function requireReadable({ rules }: Org): void {
  const broken = byKey(rules.filter((rule) => rule.criteria === "UNREADABLE")).map((rule) => rule.key);
  if (broken.length === 0) return;
  throw new InvalidInput(
    "sharingRules",
    `The criteria of these sharing rules do not fit the fields of their modules any more: ${broken.join(", ")}. Write them again, or delete the rules, and then export.`,
    { code: "CONFLICT", requirement: "SH-32" },
  );
}

/** The keys of an organisation's rows, by id. */
export type Names = {
  readonly user: (id: string) => string;
  readonly role: (id: string) => string;
  readonly group: (id: string) => string;
  readonly module: (id: string) => string;
  readonly profile: (id: string) => string;
  readonly party: (party: Party) => FileParty;
};

function namesIn(org: Org): Names {
  const nameOf = (rows: readonly { readonly id: string; readonly key: string }[]) => {
    const keys = new Map<string, string>(rows.map((row) => [row.id, row.key]));
    return (id: string) => keys.get(id) ?? id;
  };
  const [role, group, module, profile] = [org.roles, org.groups, org.modules, org.profiles].map(nameOf) as [
    Names["role"],
    Names["group"],
    Names["module"],
    Names["profile"],
  ];
  const user = nameOf(org.users.map(({ id, email }) => ({ id, key: email ?? id })));
  return { user, role, group, module, profile, party: (party) => fileParty({ user, role, group }, party) };
}

function fileParty(names: Pick<Names, "user" | "role" | "group">, party: Party): FileParty {
  switch (party.kind) {
    case "USER":
      return { kind: party.kind, email: names.user(party.userId) };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return { kind: party.kind, role: names.role(party.roleId) };
    case "GROUP":
      return { kind: party.kind, group: names.group(party.groupId) };
    case "EVERYONE":
      return { kind: party.kind };
  }
}

function fileRole(names: Names, role: Org["roles"][number]): FileRole {
  return {
    name: role.name,
    parent: role.parentId === null ? null : names.role(role.parentId),
    shareDataWithPeers: role.shareDataWithPeers,
    forecastManager: role.forecastManagerId === null ? null : names.user(role.forecastManagerId),
  };
}

/** Custom profiles, and *Standard* where it is adjusted; the other system profiles say nothing. */
function fileProfile(
  names: Names,
  profile: Org["profiles"][number],
): readonly [string, FileProfile][] | null {
  const { kind, key, name, capabilities, permissions } = profile;
  const isAdjusted = capabilities !== null || permissions.size > 0;
  if (kind !== "CUSTOM" && !(kind === "STANDARD" && isAdjusted)) return null;
  const modules = [...permissions].map(
    ([moduleId, held]) =>
      [names.module(moduleId), PERMISSIONS.filter((permission) => held.has(permission))] as const,
  );
  const held =
    capabilities === null ? null : CAPABILITIES.filter((capability) => capabilities.includes(capability));
  const sorted = modules.sort(([a], [b]) => compareText(a, b));
  return [[key, { kind, name, permissions: new Map(sorted), capabilities: held }]];
}

function fileUser(names: Names, user: Org["users"][number]): readonly [string, FileUser][] | null {
  if (user.license === "SUPPORT" || user.email === null) return null;
  const entry: FileUser = {
    name: user.name,
    role: user.roleId === null ? null : names.role(user.roleId),
    profile: user.profileId === null ? "standard" : names.profile(user.profileId),
    license: user.license,
    status: user.status,
    reportsTo: user.reportsToId === null ? null : names.user(user.reportsToId),
    isAdministrator: user.isAdministrator,
    applications: [...user.applications].sort(compareText),
    teamRoles: new Map(
      [...user.teamRoles]
        .map(([id, role]) => [names.module(id), role] as const)
        .sort(([a], [b]) => compareText(a, b)),
    ),
  };
  return [[user.email, entry]];
}

function fileGroup(names: Names, group: Org["groups"][number]): FileGroup {
  return { name: group.name, members: group.members.map(names.party) };
}

function fileModule(names: Names, module: Module): FileModule {
  return {
    label: module.label,
    kind: module.kind,
    defaultAccess: module.defaultAccess,
    isOpenToTeam: module.isOpenToTeam,
    fields: new Map(
      module.fields.map((field) => [
        field.key,
        {
          label: field.label,
          type: field.type,
          isRequired: field.isRequired,
          options: field.options,
          lookupModule: field.lookupModuleId === null ? null : names.module(field.lookupModuleId),
        },
      ]),
    ),
  };
}

function fileRule(names: Names, records: RecordKeys, org: Org, rule: Org["rules"][number]): FileRule {
  if (rule.criteria === "UNREADABLE") throw new Error("a rule that cannot be read was to be exported");
  return {
    name: rule.name,
    module: names.module(rule.moduleId),
    source: rule.source === null ? null : names.party(rule.source),
    criteria: rule.criteria === null ? null : withKeys(names, records, org, rule.moduleId, rule.criteria),
    target: names.party(rule.target),
    level: rule.level,
    includeSuperiors: rule.includeSuperiors,
    isActive: rule.status !== "INACTIVE",
    expiresAt: rule.expiresAt,
  };
}

function withKeys(
  names: Names,
  records: RecordKeys,
  org: Org,
  moduleId: string,
  criteria: Condition,
): Condition {
  const fields = org.modules.find((module) => module.id === moduleId)?.fields ?? [];
  const typeOf = (key: string) => fields.find((field) => field.key === key)?.type;
  // A file names records by their keys; one that was deleted has none, and equals nothing.
  const named = withoutAbsent(
    criteria,
    (constant, key) => typeOf(key) === "LOOKUP" && !records.has(String(constant)),
  );
  return mapConstants(named, (constant, key) => {
    const type = typeOf(key);
    if (type === "USER") return names.user(String(constant));
    return type === "LOOKUP" ? (records.get(String(constant))?.key ?? constant) : constant;
  });
}

/** The grant that began last and was not revoked. */
async function fileSupportAccess(tx: Tx, orgId: OrgId): Promise<FileSupportAccess | null> {
  const grant = await tx.supportGrant.findFirst({
    where: { orgId, revokedAt: null },
    orderBy: [{ grantedAt: "desc" }, { id: "desc" }],
    include: { agent: true },
  });
  if (!grant || grant.agent.email === null) return null;
  const denied = Array.isArray(grant.extraDenials) ? grant.extraDenials : [];
  return {
    agent: grant.agent.email,
    grantedAt: grant.grantedAt.getTime(),
    expiresOn: grant.expiresOn,
    extraDenials: CAPABILITIES.filter((capability) => denied.includes(capability)),
  };
}

function byKey<Row extends { readonly key: string }>(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => compareText(a.key, b.key));
}
