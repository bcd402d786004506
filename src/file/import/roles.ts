import type { Id } from "../../kernel/id.ts";
import type { FileRole } from "../organization-file.ts";
import { type ImportRun, idOfKey, isSameRow, newId, parentsFirst } from "./run.ts";

/**
 * Roles, parents first. Who manages their forecasts is set by `importForecastManagers`, once people exist.
 */
export async function importRoles(run: ImportRun, wanted: ReadonlyMap<string, FileRole>): Promise<void> {
  const { tx, orgId, tallies } = run;
  const found = new Map((await tx.role.findMany({ where: { orgId } })).map((row) => [row.key, row]));
  for (const [key, row] of found) run.roles.set(key, row.id as Id<"Role">);

  for (const [key, role] of parentsFirst(wanted, (role) => role.parent)) {
    const columns = {
      name: role.name,
      parentId: role.parent === null ? null : idOfKey(run.roles, role.parent),
      shareDataWithPeers: role.shareDataWithPeers,
    };
    const known = found.get(key);
    if (!known) {
      const id = newId<"Role">(run.now);
      await tx.role.create({ data: { orgId, id, key, ...columns } });
      run.roles.set(key, id);
      tallies.roles.added += 1;
    } else if (!isSameRow(columns, known)) {
      await tx.role.update({ where: { orgId_id: { orgId, id: known.id } }, data: columns });
      tallies.roles.changed += 1;
    }
  }
}

/** Sets each role's forecast manager (SH-22). */
export async function importForecastManagers(
  run: ImportRun,
  wanted: ReadonlyMap<string, FileRole>,
): Promise<void> {
  const { tx, orgId, tallies } = run;
  const found = new Map((await tx.role.findMany({ where: { orgId } })).map((row) => [row.key, row]));
  for (const [key, role] of wanted) {
    const known = found.get(key);
    const forecastManagerId =
      role.forecastManager === null ? null : idOfKey(run.users, role.forecastManager).id;
    if (!known || known.forecastManagerId === forecastManagerId) continue;
    await tx.role.update({ where: { orgId_id: { orgId, id: known.id } }, data: { forecastManagerId } });
    tallies.roles.changed += 1;
  }
}
