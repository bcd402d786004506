import type {
  Criteria,
  FieldEntry,
  GroupEntry,
  Member,
  ModuleEntry,
  OrganizationFile,
  Permission,
  ProfileEntry,
  RecordEntry,
  RuleEntry,
  RuleTarget,
  ShareEntry,
  SupportEntry,
  UserEntry,
  Value,
} from "../oracle/file.ts";
import {
  addressOf,
  type FieldRow,
  type ModuleRow,
  type Rows,
  type RuleRow,
  rowOf,
  type UserRow,
} from "./facts.ts";

/** The tables as the organisation file that would make them: what the oracle computes everything from. */
export function fileOf(rows: Rows): OrganizationFile {
  const { organization, roles, profiles, users, groups, modules, records, rules } = rows;
  const support = supportOf(rows);
  return {
    sightline: 1,
    organization: {
      key: organization.key,
      name: organization.name,
      timeZone: organization.timeZone,
      edition: organization.edition,
      seats: { regular: organization.regularSeats, team: organization.teamSeats },
      superAdmin: addressOf(rowOf(users, organization.superAdminId)),
      hierarchy: organization.hierarchy,
      language: organization.language,
    },
    roles: Object.fromEntries(roles.map((role) => [role.key, roleOf(rows, role)])),
    profiles: Object.fromEntries(profiles.map((profile) => [profile.key, profileOf(rows, profile)])),
    users: Object.fromEntries(
      users
        .filter(({ license }) => license !== "SUPPORT")
        .map((user) => [addressOf(user), userOf(rows, user)]),
    ),
    groups: Object.fromEntries(groups.map((group) => [group.key, groupOf(rows, group)])),
    modules: Object.fromEntries(modules.map((module) => [module.key, moduleOf(rows, module)])),
    teamUserModules: modules.filter(({ isOpenToTeam }) => isOpenToTeam).map(({ key }) => key),
    sharingRules: Object.fromEntries(rules.filter(isInForce).map((rule) => [rule.key, ruleOf(rows, rule)])),
    records: Object.fromEntries(
      modules.map((module) => [
        module.key,
        Object.fromEntries(
          records
            .filter(({ moduleId }) => moduleId === module.id)
            .map((record) => [record.key, recordOf(rows, module, record)]),
        ),
      ]),
    ),
    shares: rows.shares.map((share) => shareOf(rows, share)),
    ...(support === null ? {} : { supportAccess: support }),
  };
}

/** SH-32, SH-36, SH-37: neither broken, nor being applied, nor deactivated. Expiry is the oracle's to judge. */
function isInForce({ status, isBroken }: RuleRow): boolean {
  return status === "ACTIVE" && !isBroken;
}

function roleOf({ roles, users }: Rows, role: Rows["roles"][number]): OrganizationFile["roles"][string] {
  return {
    name: role.name,
    shareDataWithPeers: role.shareDataWithPeers,
    ...(role.parentId === null ? {} : { parent: rowOf(roles, role.parentId).key }),
    ...(role.forecastManagerId === null
      ? {}
      : { forecastManager: addressOf(rowOf(users, role.forecastManagerId)) }),
  };
}

function profileOf({ modules }: Rows, profile: Rows["profiles"][number]): ProfileEntry {
  return {
    name: profile.name,
    modules: Object.fromEntries(
      profile.modules.map((each) => [rowOf(modules, each.moduleId).key, each.permissions as Permission[]]),
    ),
    ...(profile.capabilities === null ? {} : { capabilities: profile.capabilities as string[] }),
  };
}

function userOf({ roles, profiles, users, modules }: Rows, user: UserRow): UserEntry {
  const memberships = user.teamMemberships.map(
    ({ moduleId, role }) => [rowOf(modules, moduleId).key, role] as const,
  );
  return {
    name: user.name,
    role: user.roleId === null ? "" : rowOf(roles, user.roleId).key,
    profile: user.profileId === null ? "" : rowOf(profiles, user.profileId).key,
    license: user.license === "TEAM" ? "TEAM" : "REGULAR",
    status: user.status,
    administrator: user.isAdministrator,
    applications: user.applications
      .filter(({ isEnabled }) => isEnabled)
      .map(({ application }) => application)
      .sort(),
    teamModules: Object.fromEntries(memberships),
    ...(user.reportsToId === null ? {} : { reportsTo: addressOf(rowOf(users, user.reportsToId)) }),
  };
}

function groupOf(rows: Rows, { id, name }: Rows["groups"][number]): GroupEntry {
  const members = rows.members.filter(({ groupId }) => groupId === id);
  return {
    name,
    members: members.map((member) => partyOf(rows, { ...member, groupId: member.memberGroupId }) as Member),
  };
}

type PartyColumns = {
  readonly kind: "USER" | "ROLE" | "ROLE_AND_SUBORDINATES" | "GROUP" | "EVERYONE";
  readonly userId: string | null;
  readonly roleId: string | null;
  readonly groupId: string | null;
};

/** A party as the file names it. */
export function partyOf({ users, roles, groups }: Rows, party: PartyColumns): RuleTarget {
  switch (party.kind) {
    case "USER":
      return { user: addressOf(rowOf(users, party.userId)) };
    case "ROLE":
      return { role: rowOf(roles, party.roleId).key };
    case "ROLE_AND_SUBORDINATES":
      return { roleAndSubordinates: rowOf(roles, party.roleId).key };
    case "GROUP":
      return { group: rowOf(groups, party.groupId).key };
    case "EVERYONE":
      return "everyone";
  }
}

function moduleOf({ modules }: Rows, { label, kind, defaultAccess, fields }: ModuleRow): ModuleEntry {
  return {
    label,
    kind,
    default: defaultAccess,
    fields: Object.fromEntries(
      fields.map((field): [string, FieldEntry] => [
        field.key,
        {
          type: field.type,
          required: field.isRequired,
          ...(field.options === null ? {} : { options: field.options as string[] }),
          ...(field.lookupModuleId === null ? {} : { module: rowOf(modules, field.lookupModuleId).key }),
        },
      ]),
    ),
  };
}

/** The target of a rule as the file names it. */
export function targetOf(rows: Rows, rule: RuleRow): RuleTarget {
  const { targetKind: kind, targetUserId: userId, targetRoleId: roleId, targetGroupId: groupId } = rule;
  return partyOf(rows, { kind, userId, roleId, groupId });
}

/** A rule as the file writes it. */
export function ruleOf(rows: Rows, rule: RuleRow): RuleEntry {
  const { sourceKind: kind, sourceRoleId: roleId, sourceGroupId: groupId } = rule;
  const from = kind === null ? null : partyOf(rows, { kind, userId: null, roleId, groupId });
  return {
    module: rowOf(rows.modules, rule.moduleId).key,
    name: rule.name,
    to: targetOf(rows, rule),
    access: rule.level,
    includeSuperiors: rule.includeSuperiors,
    ...(from === null ? {} : { from: from as NonNullable<RuleEntry["from"]> }),
    ...(rule.criteria === null ? {} : { criteria: criteriaOf(rows, rule) }),
    ...(rule.expiresAt === null ? {} : { expiresAt: rule.expiresAt.toISOString() }),
  };
}

/** What stands before the id of a record that criteria name and that there is not. */
export const GONE = "gone ";

/** Stored criteria name records and users by id; the file names them by key and by address. */
function criteriaOf(rows: Rows, { moduleId, criteria }: RuleRow): Criteria {
  const { fields } = rowOf(rows.modules, moduleId);
  const convert = (node: Criteria): Criteria => {
    if ("all" in node) return { all: node.all.map(convert) };
    if ("any" in node) return { any: node.any.map(convert) };
    const field = fields.find(({ key }) => key === node.field);
    if (node.value === undefined || (field?.type !== "LOOKUP" && field?.type !== "USER")) return node;
    const named = (id: unknown) =>
      (field.type === "USER" ? userNamed(rows, id) : recordNamed(rows, field, id)) ?? `${GONE}${id}`;
    return { ...node, value: Array.isArray(node.value) ? node.value.map(named) : named(node.value) };
  };
  return convert(criteria as Criteria);
}

function userNamed({ users }: Rows, id: unknown): string | null {
  const user = users.find((each) => each.id === id);
  return user === undefined ? null : addressOf(user);
}

/** SH-53: what points to a deleted record points to nothing, and so does what points to one of another module. */
function recordNamed({ records }: Rows, { lookupModuleId }: FieldRow, id: unknown): string | null {
  return records.find((each) => each.id === id && each.moduleId === lookupModuleId)?.key ?? null;
}

function recordOf(rows: Rows, { fields }: ModuleRow, record: Rows["records"][number]): RecordEntry {
  const stored = record.values as Record<string, Value>;
  const values = fields.map((field): [string, Value] => {
    const { key, type } = field;
    const value = Object.hasOwn(stored, key) ? (stored[key] ?? null) : null;
    if (value === null) return [key, null];
    if (type === "LOOKUP") return [key, recordNamed(rows, field, value)];
    return [key, type === "USER" ? userNamed(rows, value) : value];
  });
  return {
    owner: addressOf(rowOf(rows.users, record.ownerId)),
    name: record.name,
    values: Object.fromEntries(values),
  };
}

function shareOf(rows: Rows, share: Rows["shares"][number]): ShareEntry {
  const record = rowOf(rows.records, share.recordId);
  return {
    record: `${rowOf(rows.modules, record.moduleId).key}/${record.key}`,
    to: partyOf(rows, { ...share, kind: share.partyKind }) as Member,
    access: share.level,
    ...(share.expiresAt === null ? {} : { expiresAt: share.expiresAt.toISOString() }),
  };
}

function supportOf({ supportGrants }: Rows): SupportEntry | null {
  const [grant] = [...supportGrants].sort((a, b) => b.grantedAt.getTime() - a.grantedAt.getTime());
  if (grant === undefined) return null;
  return {
    agent: addressOf(grant.agent),
    grantedAt: grant.grantedAt.toISOString(),
    expiresOn: grant.expiresOn,
    ...(grant.revokedAt === null ? {} : { revokedAt: grant.revokedAt.toISOString() }),
    extraDenials: grant.extraDenials as string[],
  };
}
