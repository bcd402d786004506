import type {
  Comparison,
  Criteria,
  FieldType,
  Member,
  Operator,
  OrganizationFile,
  RuleEntry,
  RuleTarget,
  ShareEntry,
  UserEntry,
} from "../oracle/file.ts";
import { sameEmail } from "../oracle/people.ts";
import { OPERATORS } from "./values.ts";

/** Takes one thing out of the file (or turns it the other way) and says whether it was there. */
export type Edit = (file: OrganizationFile) => boolean;

/** Something a random organisation may have; `bare` first takes away what would hide it. */
export type Feature = { title: string; without: Edit; bare?: Edit };

const users = (file: OrganizationFile): UserEntry[] => Object.values(file.users);

/** Applies the change to every item that the test picks; says whether there was one. */
function each<T>(items: Iterable<T>, test: (item: T) => boolean, change: (item: T) => void): boolean {
  const found = [...items].filter(test);
  found.forEach(change);
  return found.length > 0;
}

function withoutRules(file: OrganizationFile, test: (rule: RuleEntry) => boolean): boolean {
  const entries = Object.entries(file.sharingRules ?? {});
  file.sharingRules = Object.fromEntries(entries.filter(([, rule]) => !test(rule)));
  return entries.some(([, rule]) => test(rule));
}

function withoutShares(file: OrganizationFile, test: (share: ShareEntry) => boolean): boolean {
  const shares = file.shares ?? [];
  file.shares = shares.filter((share) => !test(share));
  return shares.some(test);
}

/** Nothing but ownership, defaults, administrators and hierarchy is left. */
const bare: Edit = (file) => withoutRules(file, () => true) || withoutShares(file, () => true);

function kindOf(party: RuleTarget | undefined): string {
  if (party === undefined) return "none";
  return party === "everyone" ? "everyone" : (Object.keys(party)[0] ?? "");
}

function comparisons(criteria: Criteria | undefined): Comparison[] {
  if (criteria === undefined) return [];
  if ("all" in criteria) return criteria.all.flatMap(comparisons);
  if ("any" in criteria) return criteria.any.flatMap(comparisons);
  return [criteria];
}

function compares(file: OrganizationFile, rule: RuleEntry, type: FieldType, op: Operator): boolean {
  const fields = file.modules?.[rule.module]?.fields ?? {};
  return comparisons(rule.criteria).some((leaf) => leaf.op === op && fields[leaf.field]?.type === type);
}

/** Members of this kind leave every group. */
function withoutMembers(file: OrganizationFile, kind: string): boolean {
  return each(
    Object.values(file.groups ?? {}),
    (group) => group.members.some((member) => kindOf(member) === kind),
    (group) => {
      group.members = group.members.filter((member: Member) => kindOf(member) !== kind);
    },
  );
}

function status(entry: UserEntry): string {
  return entry.status ?? "ACTIVE";
}

const reporting = (file: OrganizationFile): boolean => file.organization.hierarchy === "REPORTING";

const people: Feature[] = [
  ...(["PENDING", "INACTIVE", "DELETED"] as const).map((gone) => ({
    title: `UA-50 the status ${gone} refuses`,
    without: (file: OrganizationFile) =>
      each(users(file), (user) => user.status === gone, (user) => delete user.status),
  })),
  { title: "UA-04 no CRM application refuses", without: (file) => each(users(file), (user) => user.applications?.includes("CRM") === false, (user) => delete user.applications) },
  { title: "UA-03 a suite administrator (whom no record knows)", without: (file) => each(users(file), (user) => user.administrator === true, (user) => delete user.administrator) },
  { title: "TU-12 the team licence refuses", without: (file) => each(users(file), (user) => user.license === "TEAM", (user) => delete user.license) },
  { title: "TU-10 modules opened to team users", without: (file) => each([file], () => (file.teamUserModules ?? []).length > 0, () => (file.teamUserModules = [])) },
  { title: "SH-60 the super administrator", without: (file) => each(Object.keys(file.users), (email) => email === "user-0@acme.test", (email) => (file.organization.superAdmin = email)) },
  ...["administrator", "auditor", "powerful", "ordinary", "narrow"].map((profile) => ({
    title: `BU the profile ${profile}`,
    without: (file: OrganizationFile) => each(users(file), (user) => user.profile === profile, (user) => delete user.profile),
  })),
  { title: "BU standard adjusted in its modules", without: (file) => each([file.profiles?.["standard"]], (profile) => profile?.modules !== undefined, (profile) => delete profile?.modules) },
  { title: "CA-02 standard adjusted in its capabilities", without: (file) => each([file.profiles?.["standard"]], (profile) => profile?.capabilities !== undefined, (profile) => delete profile?.capabilities) },
  { title: "BU permissions without VIEW count for nothing", without: (file) => each(Object.values(file.profiles ?? {}).flatMap((profile) => Object.values(profile.modules ?? {})), (listed) => listed.includes("EDIT") && !listed.includes("VIEW"), (listed) => listed.push("VIEW")) },
  ...["VIEW_ALL_DATA", "MODIFY_ALL_DATA"].map((capability) => ({
    title: `SH-60 ${capability} in a profile`,
    without: (file: OrganizationFile) =>
      each(Object.values(file.profiles ?? {}), (profile) => profile.capabilities?.includes(capability) === true, (profile) => {
        profile.capabilities = (profile.capabilities ?? []).filter((name) => name !== capability);
      }),
  })),
  ...(["ADMIN", "MANAGER", "MEMBER", "PARTICIPANT", "REQUESTER"] as const).map((role) => ({
    title: `TU-21 the team role ${role}`,
    without: (file: OrganizationFile) =>
      each(users(file), (user) => Object.values(user.teamModules ?? {}).includes(role), (user) => {
        user.teamModules = Object.fromEntries(Object.entries(user.teamModules ?? {}).filter(([, held]) => held !== role));
      }),
  })),
];

const hierarchy: Feature[] = [
  ...(["PUBLIC_READ_ONLY", "PUBLIC_READ_WRITE", "PUBLIC_READ_WRITE_DELETE"] as const).map((access) => ({
    title: `SH-02 the default ${access}`,
    without: (file: OrganizationFile) =>
      each(Object.values(file.modules ?? {}), (module) => module.default === access, (module) => (module.default = "PRIVATE")),
  })),
  { title: "SH-03 the default PRIVATE", without: (file) => each(Object.values(file.modules ?? {}), (module) => module.kind !== "TEAM" && (module.default ?? "PRIVATE") === "PRIVATE", (module) => (module.default = "PUBLIC_READ_ONLY")) },
  { title: "SH-04 the hierarchy adds nothing in a public module", without: (file) => each(Object.values(file.modules ?? {}), (module) => module.default === "PUBLIC_READ_ONLY", (module) => delete module.default), bare },
  { title: "SH-20 the role tree", bare, without: (file) => !reporting(file) && each(Object.values(file.roles), (role) => role.parent !== undefined, (role) => delete role.parent) },
  { title: "SH-25 reports to", bare, without: (file) => reporting(file) && each(users(file), (user) => user.reportsTo !== undefined, (user) => delete user.reportsTo) },
  { title: "SH-25 an inactive manager passes it on", bare, without: (file) => reporting(file) && each(users(file), (user) => status(user) === "INACTIVE", (user) => delete user.reportsTo) },
  { title: "SH-25 the setting REPORTING", bare, without: (file) => each([file.organization], () => reporting(file), (organization) => delete organization.hierarchy) },
  { title: "UA-61 a deleted owner keeps its superiors", bare, without: (file) => reporting(file) && each(users(file), (user) => user.status === "DELETED" && user.reportsTo !== undefined, (user) => delete user.reportsTo) },
  { title: "SH-21 peers", bare, without: (file) => each(Object.values(file.roles), (role) => role.shareDataWithPeers === true, (role) => delete role.shareDataWithPeers) },
  { title: "SH-22 the forecast manager", bare, without: (file) => each(Object.values(file.roles), (role) => role.forecastManager !== undefined, (role) => delete role.forecastManager) },
  { title: "SH-03 ownership", bare, without: (file) => each(Object.values(file.records ?? {}).flatMap((records) => Object.values(records)), (record) => sameEmail(record.owner, "user-1@acme.test"), (record) => (record.owner = "root@acme.test")) },
];

const rules: Feature[] = [
  ...["everyone", "role", "roleAndSubordinates", "group", "none"].map((kind) => ({
    title: `SH-31 a rule whose source is ${kind}`,
    without: (file: OrganizationFile) => withoutRules(file, (rule) => kindOf(rule.from) === kind),
  })),
  { title: "SH-32 a rule with a source and criteria", without: (file) => withoutRules(file, (rule) => rule.from !== undefined && rule.criteria !== undefined) },
  ...["everyone", "role", "roleAndSubordinates", "group", "user"].map((kind) => ({
    title: `SH-33 a rule whose target is ${kind}`,
    without: (file: OrganizationFile) => withoutRules(file, (rule) => kindOf(rule.to) === kind),
  })),
  ...["READ_ONLY", "READ_WRITE", "READ_WRITE_DELETE"].map((level) => ({
    title: `SH-34 a rule of the level ${level}`,
    without: (file: OrganizationFile) => withoutRules(file, (rule) => rule.access === level),
  })),
  ...["role", "roleAndSubordinates", "group", "user"].flatMap((kind) =>
    [true, false].map((byReports) => ({
      title: `SH-35 includeSuperiors of ${kind} under ${byReports ? "REPORTING" : "ROLE"}`,
      without: (file: OrganizationFile) =>
        reporting(file) === byReports &&
        each(Object.values(file.sharingRules ?? {}), (rule) => rule.includeSuperiors === true && kindOf(rule.to) === kind, (rule) => delete rule.includeSuperiors),
    })),
  ),
  { title: "SH-37 a deactivated rule", without: (file) => each(Object.values(file.sharingRules ?? {}), (rule) => rule.active === false, (rule) => delete rule.active) },
  { title: "EN-08 a rule that ends at the very instant", without: (file) => each(Object.values(file.sharingRules ?? {}), (rule) => rule.expiresAt === file.expect?.at, (rule) => delete rule.expiresAt) },
  { title: "EN-08 a rule that ends a millisecond later", without: (file) => withoutRules(file, (rule) => endsJustAfter(file, rule.expiresAt)) },
  { title: "SH-31 rules in a team module", without: (file) => withoutRules(file, (rule) => file.modules?.[rule.module]?.kind === "TEAM") },
  ...Object.entries(OPERATORS).flatMap(([type, operators]) =>
    operators.map((op) => ({
      title: `SH-32 criteria ${type} ${op}`,
      without: (file: OrganizationFile) => withoutRules(file, (rule) => compares(file, rule, type as FieldType, op)),
    })),
  ),
  { title: "SH-32 criteria with all", without: (file) => withoutRules(file, (rule) => JSON.stringify(rule.criteria ?? null).includes('{"all":')) },
  { title: "SH-32 criteria with any", without: (file) => withoutRules(file, (rule) => JSON.stringify(rule.criteria ?? null).includes('{"any":')) },
];

const shares: Feature[] = [
  ...["role", "roleAndSubordinates", "group", "user"].map((kind) => ({
    title: `SH-41 a share with ${kind}`,
    without: (file: OrganizationFile) => withoutShares(file, (share) => kindOf(share.to) === kind),
  })),
  ...["READ_ONLY", "READ_WRITE", "FULL"].map((level) => ({
    title: `SH-41 a share of the level ${level}`,
    without: (file: OrganizationFile) => withoutShares(file, (share) => share.access === level),
  })),
  { title: "SH-41 a share that ends at the very instant", without: (file) => each(file.shares ?? [], (share) => share.expiresAt === file.expect?.at, (share) => delete share.expiresAt) },
  { title: "SH-41 a share that ends a millisecond later", without: (file) => withoutShares(file, (share) => endsJustAfter(file, share.expiresAt)) },
  { title: "SH-41 shares in a team module", without: (file) => withoutShares(file, (share) => file.modules?.[share.record.split("/")[0] ?? ""]?.kind === "TEAM") },
  ...["user", "role", "roleAndSubordinates", "group"].map((kind) => ({
    title: `SH-40 group members of the kind ${kind}`,
    without: (file: OrganizationFile) => withoutMembers(file, kind),
  })),
];

const support: Feature[] = [
  { title: "SA-07 a live support grant", without: (file) => each([file], () => supportIs(file, (begin, at) => begin <= at), () => delete file.supportAccess) },
  { title: "SA-02 a support grant that has not begun", without: (file) => each([file], () => supportIs(file, (begin, at) => at < begin), () => delete file.supportAccess?.grantedAt) },
  { title: "SA-03 a support grant that is over", without: (file) => each([file], () => file.supportAccess !== undefined, () => ((file.supportAccess as { expiresOn: string }).expiresOn = "2030-01-01")) },
  { title: "SA-02 the 24 hours of a grant", without: (file) => each([file], () => supportIs(file, (begin, at) => at - begin < 24 * 60 * 60 * 1000 && begin < at), () => ((file.supportAccess as { grantedAt: string }).grantedAt = "2020-01-01T00:00:00Z")) },
  { title: "SA-02 the organisation's time zone", without: (file) => each([file.organization], ({ timeZone }) => timeZone !== "UTC", (organization) => (organization.timeZone = "UTC")) },
  ...["RECORD_DELETE", "VIEW_ALL_DATA", "MODIFY_ALL_DATA"].map((denial) => ({
    title: `SA-08 the extra denial ${denial}`,
    without: (file: OrganizationFile) =>
      each([file.supportAccess], (grant) => grant?.extraDenials?.includes(denial) === true, (grant) => {
        if (grant !== undefined) grant.extraDenials = (grant.extraDenials ?? []).filter((name) => name !== denial);
      }),
  })),
];

/** Everything a random organisation may have, each with a way to take it out. */
export const FEATURES: readonly Feature[] = [...people, ...hierarchy, ...rules, ...shares, ...support];

function endsJustAfter(file: OrganizationFile, expiresAt: string | undefined): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) === Date.parse(file.expect?.at ?? "") + 1;
}

function supportIs(file: OrganizationFile, test: (begin: number, at: number) => boolean): boolean {
  const begin = file.supportAccess?.grantedAt;
  return begin !== undefined && test(Date.parse(begin), Date.parse(file.expect?.at ?? ""));
}
