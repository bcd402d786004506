import { compareText } from "../kernel/text.ts";
import { CAPABILITIES, type Capability } from "../policy/capability.ts";
import { type Action, FORECASTS, PERMISSIONS, type Permission } from "../policy/model/org.ts";
import { partyText } from "./check/references.ts";
import { readCriteria } from "./criteria.ts";
import type { Draft, DraftExpectations, DraftModule, DraftProfile, DraftRule } from "./draft.ts";
import { fieldOf } from "./fields.ts";
import type {
  ExpectedAccess,
  FileExpectations,
  FileModule,
  FileOrganization,
  FileProfile,
  FileRecord,
  FileRule,
  FileShare,
  OrganizationFile,
} from "./organization-file.ts";
import { readValues } from "./values.ts";

/** A draft in which nothing is wrong, with every default filled in. */
export function complete(draft: Draft, organization: FileOrganization): OrganizationFile {
  return {
    organization,
    roles: draft.roles.entries,
    profiles: mapped(draft.profiles.entries, profileOf),
    users: draft.users.entries,
    groups: mapped(draft.groups.entries, ({ name, members }) => ({
      name,
      members: lastOfEach(members, partyText),
    })),
    modules: modulesOf(draft),
    sharingRules: mapped(draft.rules.entries, (rule, key) => ruleOf(draft, key, rule)),
    records: draft.records === null ? null : recordsOf(draft, draft.records),
    shares: draft.shares === null ? null : sharesOf(draft.shares.map(({ entry }) => entry)),
    supportAccess:
      draft.supportAccess === null
        ? null
        : {
            agent: draft.supportAccess.agent,
            grantedAt: draft.supportAccess.grantedAt ?? null,
            expiresOn: draft.supportAccess.expiresOn,
            extraDenials: inCatalogueOrder(draft.supportAccess.extraDenials),
          },
    expect: draft.expect === null ? null : expectationsOf(draft.expect),
  };
}

/** Null for `standard` that is listed without an adjustment. */
function profileOf(profile: DraftProfile): FileProfile | null {
  const { kind, entry } = profile;
  const permissions = new Map(
    Object.entries(entry.modules).map(([module, listed]) => [module, inPermissionOrder(listed)]),
  );
  if (kind === "CUSTOM") {
    return { kind, name: entry.name, permissions, capabilities: inCatalogueOrder(entry.capabilities) };
  }
  if (permissions.size === 0 && entry.capabilities === undefined) return null;
  const capabilities = entry.capabilities === undefined ? null : inCatalogueOrder(entry.capabilities);
  return { kind, name: "Standard", permissions, capabilities };
}

function modulesOf(draft: Draft): Map<string, FileModule> {
  const open = new Set(draft.teamUserModules.map(({ entry }) => entry));
  const written = new Map<string, DraftModule>(draft.modules.entries);
  if (!written.has(FORECASTS))
    written.set(FORECASTS, { label: "Forecasts", kind: "ORGANIZATION", default: "PRIVATE", fields: {} });
  return mapped(written, (module, key) => ({
    label: module.label,
    kind: module.kind,
    defaultAccess: module.default,
    isOpenToTeam: open.has(key),
    fields: new Map(Object.entries(module.fields).map(([fieldKey, field]) => [fieldKey, fieldOf(field)])),
  }));
}

function ruleOf(draft: Draft, key: string, rule: DraftRule): FileRule {
  const read = readCriteria(draft, rule);
  return {
    name: rule.name ?? key,
    module: rule.module,
    source: rule.from ?? null,
    criteria: read?.kind === "CONDITION" ? read.condition : null,
    target: rule.to,
    level: rule.access,
    includeSuperiors: rule.includeSuperiors,
    isActive: rule.active,
    expiresAt: rule.expiresAt ?? null,
  };
}

function recordsOf(
  draft: Draft,
  sections: NonNullable<Draft["records"]>,
): Map<string, ReadonlyMap<string, FileRecord>> {
  return mapped(sections, ({ entries }, module) =>
    entries.mapped((record) => ({
      owner: record.owner,
      name: record.name,
      values: readValues(draft, module, record).values,
      createdAt: record.createdAt ?? null,
    })),
  );
}

function expectationsOf({ at, access, capabilities }: DraftExpectations): FileExpectations {
  return {
    at,
    access: access.map(({ entry }): ExpectedAccess => {
      const { user, module, read, update, delete: deleted, share, changeOwner } = entry;
      const lists: [Action, string[] | undefined][] = [
        ["READ", read],
        ["UPDATE", update],
        ["DELETE", deleted],
        ["SHARE", share],
        ["CHANGE_OWNER", changeOwner],
      ];
      return {
        user,
        module,
        records: new Map(lists.flatMap(([action, keys]) => (keys === undefined ? [] : [[action, keys]]))),
      };
    }),
    capabilities: capabilities.map(({ entry }) => entry),
  };
}

/**
 * A second share to the same party replaces the first (SH-41). Shares have no order of their own; the file comes back
 * by record and party.
 */
function sharesOf(shares: readonly FileShare[]): FileShare[] {
  const place = ({ record, target }: FileShare) => `${record.module}/${record.key} ${partyText(target)}`;
  return lastOfEach(shares, place).sort((a, b) => compareText(place(a), place(b)));
}

/** The entries without those that a later one of the same key replaces. */
function lastOfEach<Entry>(entries: readonly Entry[], keyOf: (entry: Entry) => string): Entry[] {
  return [...new Map(entries.map((entry) => [keyOf(entry), entry])).values()];
}

function mapped<In, Out>(
  entries: ReadonlyMap<string, In>,
  change: (entry: In, key: string) => Out | null,
): Map<string, Out> {
  const result = new Map<string, Out>();
  for (const [key, entry] of entries) {
    const changed = change(entry, key);
    if (changed !== null) result.set(key, changed);
  }
  return result;
}

function inCatalogueOrder(listed: readonly Capability[]): Capability[] {
  return CAPABILITIES.filter((capability) => listed.includes(capability));
}

function inPermissionOrder(listed: readonly Permission[]): Permission[] {
  return PERMISSIONS.filter((permission) => listed.includes(permission));
}
