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
} from "../../oracle/file.ts";

/** Takes one thing out of the file (or turns it the other way) and says whether it was there. */
export type Edit = (file: OrganizationFile) => boolean;

/** Something a random organisation may have; `bare` first takes away what would hide it. */
export type Feature = { title: string; without: Edit; bare?: Edit };

export const users = (file: OrganizationFile): UserEntry[] => Object.values(file.users);

/** Applies the change to every item that the test picks; says whether there was one. */
export function each<T>(items: Iterable<T>, test: (item: T) => boolean, change: (item: T) => void): boolean {
  const found = [...items].filter(test);
  found.forEach(change);
  return found.length > 0;
}

export function withoutRules(file: OrganizationFile, test: (rule: RuleEntry) => boolean): boolean {
  const entries = Object.entries(file.sharingRules ?? {});
  file.sharingRules = Object.fromEntries(entries.filter(([, rule]) => !test(rule)));
  return entries.some(([, rule]) => test(rule));
}

export function withoutShares(file: OrganizationFile, test: (share: ShareEntry) => boolean): boolean {
  const shares = file.shares ?? [];
  file.shares = shares.filter((share) => !test(share));
  return shares.some(test);
}

/** Nothing but ownership, defaults, administrators and hierarchy is left. */
export const bare: Edit = (file) => {
  const [rules, shares] = [withoutRules(file, () => true), withoutShares(file, () => true)];
  return rules || shares;
};

export function kindOf(party: RuleTarget | undefined): string {
  if (party === undefined) return "none";
  return party === "everyone" ? "everyone" : (Object.keys(party)[0] ?? "");
}

export function comparisons(criteria: Criteria | undefined): Comparison[] {
  if (criteria === undefined) return [];
  if ("all" in criteria) return criteria.all.flatMap(comparisons);
  if ("any" in criteria) return criteria.any.flatMap(comparisons);
  return [criteria];
}

export function compares(file: OrganizationFile, rule: RuleEntry, type: FieldType, op: Operator): boolean {
  const fields = file.modules?.[rule.module]?.fields ?? {};
  return comparisons(rule.criteria).some((leaf) => leaf.op === op && fields[leaf.field]?.type === type);
}

/** Members of this kind leave every group. */
export function withoutMembers(file: OrganizationFile, kind: string): boolean {
  return each(
    Object.values(file.groups ?? {}),
    (group) => group.members.some((member) => kindOf(member) === kind),
    (group) => {
      group.members = group.members.filter((member: Member) => kindOf(member) !== kind);
    },
  );
}

export function status(entry: UserEntry): string {
  return entry.status ?? "ACTIVE";
}

export const reporting = (file: OrganizationFile): boolean => file.organization.hierarchy === "REPORTING";

export function endsJustAfter(file: OrganizationFile, expiresAt: string | undefined): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) === Date.parse(file.expect?.at ?? "") + 1;
}

export function supportIs(file: OrganizationFile, test: (begin: number, at: number) => boolean): boolean {
  const begin = file.supportAccess?.grantedAt;
  return begin !== undefined && test(Date.parse(begin), Date.parse(file.expect?.at ?? ""));
}
