import { z } from "zod";
import { inParts, oneOf, rowsOf } from "../../database/parts.ts";
import type { Id } from "../../kernel/id.ts";
import type { Org } from "../../policy/model/org.ts";
import type { Faults } from "../reading/faults.ts";
import { refuseLeftCircles } from "../terms/conflict.ts";
import { cyclesOf, cycleText } from "../terms/cycles.ts";
import { readEntries } from "../terms/entries.ts";
import { byKey, type Names } from "../terms/export-run.ts";
import {
  type ImportRun,
  idOfKey,
  isSameRow,
  newId,
  parentsFirst,
  removeShares,
} from "../terms/import-run.ts";
import { section, unless } from "../terms/lines.ts";
import { hasPresentUser, hasRole } from "../terms/references.ts";
import { closed, email, key, name, orNull } from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";

const shape = closed({
  name: name.describe("What people call it."),
  parent: orNull(key).describe("The role right above it; without one it is the top of a tree."),
  shareDataWithPeers: z
    .boolean()
    .default(false)
    .describe("Whether people of the role see each other's records in private modules."),
  forecastManager: orNull(email).describe(
    "One of `users`, who sees the forecasts of the role and of those below it.",
  ),
});

export type FileRole = Readonly<z.output<typeof shape>>;

export const roles: Section<"roles"> = {
  shapes: {
    roles: z.record(key, shape).describe("The forest of roles: who stands above whom in private modules."),
  },
  read: (reading) => readEntries(reading, "roles", () => shape),
  check,
  complete: (draft) => draft.roles.entries,
  print: (file) =>
    section("roles", file.roles, ({ name, parent, shareDataWithPeers, forecastManager }) => ({
      name,
      parent: unless(null, parent),
      shareDataWithPeers: unless(false, shareDataWithPeers),
      forecastManager: unless(null, forecastManager),
    })),
  rows: { structure: importRoles, namingPeople: importForecastManagers, prune },
  export: ({ org, names }) => new Map(byKey(org.roles).map((role) => [role.key, exported(names, role)])),
};

/** Parents and forecast managers exist; roles form a forest (SH-20). */
function check(draft: Draft, faults: Faults): void {
  for (const [key, { parent, forecastManager }] of draft.roles.entries) {
    if (parent !== null) hasRole(draft, faults, ["roles", key, "parent"], parent);
    if (forecastManager !== null)
      hasPresentUser(draft, faults, ["roles", key, "forecastManager"], forecastManager, forecastManager);
  }
  const parents = (key: string) => {
    const parent = draft.roles.entries.get(key)?.parent ?? null;
    return parent === null ? [] : [parent];
  };
  for (const cycle of cyclesOf(draft.roles.entries.keys(), parents)) {
    faults.add(["roles", cycle.at(-1) ?? "", "parent"], {
      message: `a role under itself: ${cycleText(cycle)}`,
      expected: "a parent that is not below the role",
      requirement: "SH-20",
    });
  }
}

/** Roles, parents first. Who manages their forecasts is set once people exist. */
async function importRoles(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const found = new Map(
    (await tx.role.findMany({ where: { orgId, isRemoved: false } })).map((row) => [row.key, row]),
  );
  for (const [key, row] of found) run.roles.set(key, row.id as Id<"Role">);

  const created: NewRole[] = [];
  const changed: [id: string, data: Omit<NewRole, "orgId" | "id" | "key">][] = [];
  for (const [key, role] of parentsFirst(file.roles, (role) => role.parent)) {
    const columns = {
      name: role.name,
      parentId: role.parent === null ? null : idOfKey(run.roles, role.parent),
      shareDataWithPeers: role.shareDataWithPeers,
    };
    const known = found.get(key);
    if (!known) {
      const id = newId<"Role">(run.now);
      created.push({ orgId, id, key, ...columns });
      run.roles.set(key, id);
    } else if (!isSameRow(columns, known)) {
      changed.push([known.id, columns]);
    }
  }
  if (!run.prune) refuseCircles(file, found);
  for (const part of inParts(created)) await tx.role.createMany({ data: rowsOf(part) });
  for (const [id, data] of changed) await tx.role.update({ where: { orgId_id: { orgId, id } }, data });
  tallies.roles.added += created.length;
  tallies.roles.changed += changed.length;
}

/** Roles that the file does not name stay as they are: none of them may be above itself. */
function refuseCircles({ roles }: OrganizationFile, found: ReadonlyMap<string, LeftRole>): void {
  const keyOf = new Map([...found].map(([key, { id }]) => [id, key]));
  const left = [...found.keys()].filter((key) => !roles.has(key));
  const above = (key: string) => {
    const parentId = found.get(key)?.parentId ?? null;
    return parentId === null ? [] : [keyOf.get(parentId) ?? ""];
  };
  refuseLeftCircles("roles", cyclesOf(left, above));
}

type LeftRole = { readonly id: string; readonly parentId: string | null };

type NewRole = {
  readonly orgId: string;
  readonly id: Id<"Role">;
  readonly key: string;
  readonly name: string;
  readonly parentId: Id<"Role"> | null;
  readonly shareDataWithPeers: boolean;
};

/** Sets each role's forecast manager (SH-22). */
async function importForecastManagers(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const found = new Map(
    (await tx.role.findMany({ where: { orgId, isRemoved: false } })).map((row) => [row.key, row]),
  );
  for (const [key, role] of file.roles) {
    const known = found.get(key);
    const forecastManagerId =
      role.forecastManager === null ? null : idOfKey(run.users, role.forecastManager).id;
    if (!known || known.forecastManagerId === forecastManagerId) continue;
    await tx.role.update({ where: { orgId_id: { orgId, id: known.id } }, data: { forecastManagerId } });
    tallies.roles.changed += 1;
  }
}

async function prune(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.role.findMany({
    where: { orgId, isRemoved: false },
    select: { id: true, key: true },
  });
  const missing = rows.filter((row) => !file.roles.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  for (const part of inParts(missing)) {
    const them = oneOf(part);
    const held = { orgId, roleId: them };
    await removeShares(run, held);
    await tx.groupMember.deleteMany({ where: held });
    await tx.user.updateMany({ where: held, data: { roleId: null, isPathBehind: true } });
    await tx.role.updateMany({
      where: { orgId, id: them },
      data: { parentId: null, forecastManagerId: null },
    });
  }
  for (const part of inParts(missing)) await tx.role.deleteMany({ where: { orgId, id: oneOf(part) } });
  tallies.roles.removed += missing.length;
}

function exported(names: Names, role: Org["roles"][number]): FileRole {
  return {
    name: role.name,
    parent: role.parentId === null ? null : names.role(role.parentId),
    shareDataWithPeers: role.shareDataWithPeers,
    forecastManager: role.forecastManagerId === null ? null : names.user(role.forecastManagerId),
  };
}
