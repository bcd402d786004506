import { jsonOrNull } from "../../database/json.ts";
import type { Id } from "../../kernel/id.ts";
import type { FileProfile } from "../organization-file.ts";
import { type ImportRun, idOfKey, isSameRow, newId } from "./run.ts";

const SYSTEM_PROFILES = [
  ["administrator", { kind: "ADMINISTRATOR", name: "Administrator" }],
  ["standard", { kind: "STANDARD", name: "Standard" }],
  ["team-user", { kind: "TEAM_USER", name: "Team User" }],
] as const;

/** Profiles, the three of the system included; only *Standard* and custom ones carry anything of their own. */
export async function importProfiles(
  run: ImportRun,
  wanted: ReadonlyMap<string, FileProfile>,
): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.profile.findMany({ where: { orgId }, include: { modules: true } });
  const found = new Map(rows.map((row) => [row.key, row]));
  const all = new Map<
    string,
    { kind: FileProfile["kind"] | "ADMINISTRATOR" | "TEAM_USER"; name: string; file: FileProfile | null }
  >([
    ...SYSTEM_PROFILES.map(([key, profile]) => [key, { ...profile, file: wanted.get(key) ?? null }] as const),
    ...[...wanted].map(([key, file]) => [key, { kind: file.kind, name: file.name, file }] as const),
  ]);

  for (const [key, { kind, name, file }] of all) {
    const columns = { kind, name };
    const capabilities = file?.capabilities ?? null;
    const permissions = [...(file?.permissions ?? [])].map(([module, list]) => ({
      moduleId: idOfKey(run.modules, module),
      permissions: [...list],
    }));
    const known = found.get(key);
    const id = (known?.id as Id<"Profile"> | undefined) ?? newId<"Profile">(run.now);
    run.profiles.set(key, id);
    if (known && isSameRow({ ...columns, capabilities }, known) && isSameList(permissions, known.modules))
      continue;
    if (known) {
      await tx.profile.update({
        where: { orgId_id: { orgId, id } },
        data: { ...columns, capabilities: jsonOrNull(capabilities) },
      });
      await tx.profileModule.deleteMany({ where: { orgId, profileId: id } });
      tallies.profiles.changed += 1;
    } else {
      await tx.profile.create({
        data: { orgId, id, key, ...columns, capabilities: jsonOrNull(capabilities) },
      });
      tallies.profiles.added += 1;
    }
    if (permissions.length > 0) {
      await tx.profileModule.createMany({
        data: permissions.map((each) => ({ orgId, profileId: id, ...each })),
      });
    }
  }
}

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
