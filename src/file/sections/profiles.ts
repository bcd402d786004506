import { z } from "zod";
import { jsonOrNull } from "../../database/json.ts";
import { inParts, oneOf, rowsOf } from "../../database/parts.ts";
import type { Id } from "../../kernel/id.ts";
import { compareText } from "../../kernel/text.ts";
import { CAPABILITIES, type Capability } from "../../policy/capability.ts";
import {
  isSystemProfile,
  type Org,
  PERMISSIONS,
  type Permission,
  type ProfileKind,
  SYSTEM_PROFILES,
} from "../../policy/model/org.ts";
import { type Faults, shown } from "../reading/faults.ts";
import { readEntries } from "../terms/entries.ts";
import { byKey, type Names } from "../terms/export-run.ts";
import { type ImportRun, idOfKey, isSameRow, newId } from "../terms/import-run.ts";
import { block, type PrintedMap, sorted, unlessEmpty } from "../terms/lines.ts";
import { hasModule, moduleKind } from "../terms/references.ts";
import {
  capability,
  closed,
  inOrder,
  key,
  NOT_ENFORCED,
  name,
  permission,
  refused,
  unique,
} from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";

export type FileProfile = {
  readonly kind: "STANDARD" | "CUSTOM";
  readonly name: string;
  /** By module key, in the order of `PERMISSIONS`; replaces what the profile's kind gives there. */
  readonly permissions: ReadonlyMap<string, readonly Permission[]>;
  /** In the order of the catalogue; null leaves what the kind gives, which a custom profile never does. */
  readonly capabilities: readonly Capability[] | null;
};

const permissions = z
  .record(key, unique(permission))
  .default({})
  .describe("By module: what may be done with records there.");

/** A custom profile has exactly what it lists. */
const customProfile = closed({
  name: name.describe("What people call it."),
  modules: permissions,
  capabilities: unique(capability).default([]).describe("Powers that are not about one record."),
  fields: refused(NOT_ENFORCED),
}).transform(
  ({ name, modules, capabilities }): FileProfile => ({
    kind: "CUSTOM",
    name,
    permissions: byModule(modules),
    capabilities: inOrder(CAPABILITIES, capabilities),
  }),
);

/** What is listed replaces what *Standard* gives there (CA-02); without an adjustment it says nothing. */
const standardProfile = closed({
  name: z.literal("Standard").optional().describe("It is called so; saying so changes nothing."),
  modules: permissions.describe("By module: what replaces the permissions that it gives there."),
  capabilities: unique(capability).optional().describe("What replaces the capabilities that it gives."),
  fields: refused(NOT_ENFORCED),
}).transform(({ modules, capabilities = null }): FileProfile | null => {
  if (Object.keys(modules).length === 0 && capabilities === null) return null;
  return {
    kind: "STANDARD",
    name: SYSTEM_PROFILES.standard.name,
    permissions: byModule(modules),
    capabilities: capabilities && inOrder(CAPABILITIES, capabilities),
  };
});

/** `administrator` and `team-user` take `fields` only. */
const fixedProfile = closed({ fields: refused(NOT_ENFORCED) }).transform(() => null);

const systemProfiles = {
  administrator: fixedProfile
    .optional()
    .describe("May everything everywhere; nothing of it can be adjusted."),
  standard: standardProfile
    .optional()
    .describe("What people have unless said; each list replaces what it gives."),
  "team-user": fixedProfile
    .optional()
    .describe("Of everybody with the licence `TEAM`; nothing of it can be adjusted."),
};

export const profiles: Section<"profiles"> = {
  shapes: {
    profiles: z
      .looseObject(systemProfiles)
      .catchall(customProfile)
      .optional()
      .describe(
        "What people may do at all, by module and by capability. `administrator`, `standard` and `team-user` are there " +
          "already; what is listed under `standard` replaces what it gives; a profile of your own has exactly what it lists.",
      ),
  },
  read: (reading) =>
    readEntries<FileProfile>(reading, "profiles", (key) =>
      isSystemProfile(key) ? systemProfiles[key].unwrap() : customProfile,
    ),
  check,
  complete: (draft) => draft.profiles.entries,
  *print(file) {
    if (file.profiles.size === 0) return;
    yield "profiles:";
    for (const [key, each] of sorted(file.profiles)) yield* block(1, key, printed(each), ["modules"]);
  },
  rows: { people: importProfiles, prune },
  export: ({ org, names }) => new Map(byKey(org.profiles).flatMap((profile) => exported(names, profile))),
};

/** Permissions are about organisation modules: a team module is opened by membership, whatever the profile (TU-21). */
function check(draft: Draft, faults: Faults): void {
  for (const [key, { permissions }] of draft.profiles.entries) {
    for (const module of permissions.keys()) {
      const path = ["profiles", key, "modules", module];
      if (!hasModule(draft, faults, path, module) || moduleKind(draft, module) !== "TEAM") continue;
      faults.add(path, {
        message: `${shown(module)} is a team module, where membership decides and no profile`,
        expected: "an organisation module",
        part: "KEY",
        requirement: "TU-21",
      });
    }
  }
}

function printed({ kind, name, permissions, capabilities }: FileProfile): PrintedMap {
  const isDefault = kind === "STANDARD" ? capabilities === null : capabilities?.length === 0;
  return {
    name: kind === "STANDARD" ? undefined : name,
    modules: unlessEmpty(Object.fromEntries(sorted(permissions))),
    capabilities: isDefault ? undefined : (capabilities ?? []),
  };
}

/** Profiles, the three of the system included; only *Standard* and custom ones carry anything of their own. */
async function importProfiles(run: ImportRun, { profiles }: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.profile.findMany({ where: { orgId } });
  const moduleRows = await tx.profileModule.findMany({ where: { orgId } });
  const modulesOf = Map.groupBy(moduleRows, (each) => each.profileId);
  const found = new Map(rows.map((row) => [row.key, row]));
  const all = new Map<string, { readonly kind: ProfileKind; readonly name: string }>([
    ...Object.entries(SYSTEM_PROFILES),
    ...profiles,
  ]);

  const created: NewProfile[] = [];
  const held: HeldInModule[] = [];
  for (const [key, { kind, name }] of all) {
    const columns = { kind, name };
    const wanted = profiles.get(key);
    const capabilities = wanted?.capabilities ?? null;
    const permissions = [...(wanted?.permissions ?? [])].map(([module, list]) => ({
      moduleId: idOfKey(run.modules, module),
      permissions: [...list],
    }));
    const known = found.get(key);
    const id = (known?.id as Id<"Profile"> | undefined) ?? newId<"Profile">(run.now);
    run.profiles.set(key, id);
    if (
      known &&
      isSameRow({ ...columns, capabilities }, known) &&
      isSameList(permissions, modulesOf.get(id) ?? [])
    )
      continue;
    if (known) {
      await tx.profile.update({
        where: { orgId_id: { orgId, id } },
        data: { ...columns, capabilities: jsonOrNull(capabilities) },
      });
      await tx.profileModule.deleteMany({ where: { orgId, profileId: id } });
      tallies.profiles.changed += 1;
    } else {
      created.push({ orgId, id, key, ...columns, capabilities: jsonOrNull(capabilities) });
    }
    held.push(...permissions.map((each) => ({ orgId, profileId: id, ...each })));
  }
  for (const part of inParts(created)) await tx.profile.createMany({ data: rowsOf(part) });
  for (const part of inParts(held)) await tx.profileModule.createMany({ data: rowsOf(part) });
  tallies.profiles.added += created.length;
}

type NewProfile = {
  readonly orgId: string;
  readonly id: string;
  readonly key: string;
  readonly kind: ProfileKind;
  readonly name: string;
  readonly capabilities: ReturnType<typeof jsonOrNull>;
};

type HeldInModule = {
  readonly orgId: string;
  readonly profileId: string;
  readonly moduleId: string;
  readonly permissions: string[];
};

function isSameList(
  wanted: readonly { moduleId: string; permissions: readonly string[] }[],
  found: readonly { moduleId: string; permissions: unknown }[],
): boolean {
  const byModule = new Map(found.map((each) => [each.moduleId, each]));
  return (
    wanted.length === found.length &&
    wanted.every((each) => isSameRow(each, byModule.get(each.moduleId) ?? {}))
  );
}

async function prune(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.profile.findMany({
    where: { orgId, kind: "CUSTOM" },
    select: { id: true, key: true },
  });
  const missing = rows.filter((row) => !file.profiles.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  for (const part of inParts(missing)) {
    const them = oneOf(part);
    await tx.user.updateMany({ where: { orgId, profileId: them }, data: { profileId: null } });
    await tx.profile.deleteMany({ where: { orgId, id: them } });
  }
  tallies.profiles.removed += missing.length;
}

/** Custom profiles, and *Standard* where it is adjusted; the other system profiles say nothing. */
function exported(
  names: Names,
  profile: Org["profiles"][number],
): readonly (readonly [string, FileProfile])[] {
  const { kind, key, name, capabilities, permissions } = profile;
  const isAdjusted = capabilities !== null || permissions.size > 0;
  if (kind !== "CUSTOM" && !(kind === "STANDARD" && isAdjusted)) return [];
  const modules = [...permissions].map(
    ([moduleId, held]) => [names.module(moduleId), inOrder(PERMISSIONS, [...held])] as const,
  );
  const held = capabilities && inOrder(CAPABILITIES, capabilities);
  modules.sort(([a], [b]) => compareText(a, b));
  return [[key, { kind, name, permissions: new Map(modules), capabilities: held }]];
}

function byModule(listed: Readonly<Record<string, readonly Permission[]>>): FileProfile["permissions"] {
  return new Map(Object.entries(listed).map(([module, each]) => [module, inOrder(PERMISSIONS, each)]));
}
